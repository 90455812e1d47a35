import type { Language } from '../../../src-preload/contract/paging.ts'

const sw = {
  receipt: 'Risiti Na.',
  posNumber: 'Oda Na.',
  time: 'Tarehe',
  till: 'Kaunta',
  cashier: 'Keshia',
  customer: 'Mteja',
  discount: 'Punguzo',
  subTotal: 'Jumla ndogo',
  total: 'JUMLA',
  itemCount: 'Idadi ya bidhaa',
  net: 'Jumla bila kodi',
  tax: 'Kodi {rate}%',
  taxOf: 'ya {gross}',
  cash: 'Taslimu',
  given: 'Pesa iliyotolewa',
  change: 'Chenji',
  mobileMoney: 'Pesa kwa simu',
  card: 'Kadi',
  other: 'Njia nyingine',
  code: 'Kumbukumbu',
  reversed: 'Imerudishwa',
  paid: 'IMELIPWA',
  paidSoFar: 'Imelipwa hadi sasa',
  due: 'Bado kulipwa',
  overpaid: 'Imelipwa zaidi',
  notFiscal: 'si risiti ya kodi',
  ownNumber: 'Rejea ya duka',
  qrLeftOut: 'QR ya kodi haikuchapishwa: si kamili',
  thanks: 'Asante, karibu tena',
  copy: 'NAKALA {n}',
  practice: 'MAZOEZI - SI MAUZO HALISI',
  ticket: 'ODA',
}

export type ReceiptWords = Readonly<typeof sw>

/** The fixed words on a receipt; both languages have every one of them. */
export const receiptWords: Readonly<Record<Language, ReceiptWords>> = {
  sw,
  en: {
    receipt: 'Receipt No.',
    posNumber: 'Order No.',
    time: 'Date',
    till: 'Till',
    cashier: 'Cashier',
    customer: 'Customer',
    discount: 'Discount',
    subTotal: 'Sub-total',
    total: 'TOTAL',
    itemCount: 'Items',
    net: 'Total without tax',
    tax: 'Tax {rate}%',
    taxOf: 'of {gross}',
    cash: 'Cash',
    given: 'Cash given',
    change: 'Change',
    mobileMoney: 'Mobile money',
    card: 'Card',
    other: 'Paid otherwise',
    code: 'Reference',
    reversed: 'Sent back',
    paid: 'PAID',
    paidSoFar: 'Paid so far',
    due: 'Still to pay',
    overpaid: 'Paid too much',
    notFiscal: 'not a fiscal receipt',
    ownNumber: 'Shop reference',
    qrLeftOut: 'fiscal QR not printed: incomplete',
    thanks: 'Thank you, welcome again',
    copy: 'COPY {n}',
    practice: 'PRACTICE - NOT A REAL SALE',
    ticket: 'ORDER',
  },
}

/** Puts values where the sentence names them in braces. */
export function fill(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place)
}
