import type { Language } from '../../src-preload/contract/paging.ts'

const sw = {
  receipt: 'Risiti Na.',
  time: 'Tarehe',
  till: 'Kaunta',
  cashier: 'Mhudumu',
  customer: 'Mteja',
  taxNumber: 'TIN',
  total: 'JUMLA',
  cash: 'Taslimu',
  mobileMoney: 'Pesa kwa simu',
  code: 'Kumbukumbu',
  due: 'Bado kulipwa',
  notFiscal: 'si risiti ya kodi',
  thanks: 'Asante, karibu tena',
  copy: 'NAKALA {n}',
  practice: 'MAZOEZI - SI MAUZO HALISI',
}

export type ReceiptWords = Readonly<typeof sw>

/** The fixed words on a receipt; both languages have every one of them. */
export const receiptWords: Readonly<Record<Language, ReceiptWords>> = {
  sw,
  en: {
    receipt: 'Receipt No.',
    time: 'Date',
    till: 'Till',
    cashier: 'Cashier',
    customer: 'Customer',
    taxNumber: 'Tax No.',
    total: 'TOTAL',
    cash: 'Cash',
    mobileMoney: 'Mobile money',
    code: 'Reference',
    due: 'Still to pay',
    notFiscal: 'not a fiscal receipt',
    thanks: 'Thank you, welcome again',
    copy: 'COPY {n}',
    practice: 'PRACTICE - NOT A REAL SALE',
  },
}

export function fill(sentence: string, n: number): string {
  return sentence.replace('{n}', String(n))
}
