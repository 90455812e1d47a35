import type { CashUp } from '../../src-preload/contract/cash-up.ts'
import type { Language } from '../../src-preload/contract/paging.ts'
import type { Shop } from '../../src-preload/contract/settings.ts'
import { formatMoney } from '../money.ts'
import type { Block, ReceiptDocument } from '../printing/service.ts'

const words = {
  sw: {
    title: 'KUFUNGA HESABU',
    practice: 'MAZOEZI',
    till: 'Kaunta',
    from: 'Kuanzia',
    to: 'Hadi',
    by: 'Keshia',
    sales: 'Mauzo',
    cash: 'Taslimu',
    counted: 'Imehesabiwa',
    expected: 'Ilitarajiwa',
    difference: 'Tofauti',
    float: 'Fedha za kuanzia',
    left: 'Zimebaki droo',
    open: 'BADO HAIJULIKANI',
    none: 'Hakuna',
    signature: 'Sahihi: ____________________',
    kinds: {
      unknownPayment: 'Malipo',
      unprovedCode: 'Namba ya muamala',
      unmatchedNotice: 'Malipo ya mteja',
      overpaid: 'Imelipwa mara mbili',
      unknownTransfer: 'Uhamisho',
      owedSale: 'Deni',
    },
  },
  en: {
    title: 'CASH-UP',
    practice: 'PRACTICE',
    till: 'Till',
    from: 'From',
    to: 'To',
    by: 'By',
    sales: 'Sales',
    cash: 'Cash',
    counted: 'Counted',
    expected: 'Expected',
    difference: 'Difference',
    float: 'Float at start',
    left: 'Left in drawer',
    open: 'NOT CERTAIN YET',
    none: 'None',
    signature: 'Signed: ____________________',
    kinds: {
      unknownPayment: 'Payment',
      unprovedCode: 'Code',
      unmatchedNotice: 'Customer’s payment',
      overpaid: 'Paid twice',
      unknownTransfer: 'Transfer',
      owedSale: 'Owed',
    },
  },
} as const

export interface CashUpPaper {
  readonly shop: Shop
  readonly cashUp: CashUp
  readonly language: Language
  readonly practice: boolean
}

/** The count on paper: what was counted, what was expected, and by name what was not certain then. */
export function cashUpDocument({ shop, cashUp, language, practice }: CashUpPaper): ReceiptDocument {
  const text = words[language]
  const money = (minor: number, currency = cashUp.currency) => formatMoney(minor, currency, language)
  const at = (ms: number) =>
    new Intl.DateTimeFormat('en-GB', { dateStyle: 'short', timeStyle: 'short', timeZone: shop.zone }).format(
      ms,
    )
  const row = (left: string, right: string, bold = false): Block => ({ kind: 'row', left, right, bold })
  const tenders = cashUp.tenders.flatMap((one) => [
    { kind: 'text', text: one.tender === 'cash' ? text.cash : one.label, bold: true } as const,
    row(`  ${text.counted}`, money(one.countedMinor, one.currency)),
    row(`  ${text.expected}`, money(one.expectedMinor, one.currency)),
    row(`  ${text.difference}`, money(one.differenceMinor, one.currency), one.differenceMinor !== 0),
  ])
  const open = cashUp.openItems.flatMap((one) => [
    row(text.kinds[one.kind], money(one.amountMinor)),
    {
      kind: 'text',
      text: `  ${[at(one.at), one.phone, one.code].filter((part) => part !== null).join(' · ')}`,
    } as const,
  ])
  return {
    blocks: [
      { kind: 'text', text: shop.name, align: 'centre', bold: true },
      { kind: 'text', text: `${text.title} ${cashUp.number}`, align: 'centre', bold: true, size: 'tall' },
      ...(practice ? [{ kind: 'text', text: text.practice, align: 'centre', bold: true } as const] : []),
      { kind: 'rule' },
      row(text.till, cashUp.tillId),
      row(text.from, at(cashUp.since)),
      row(text.to, at(cashUp.until)),
      ...(cashUp.staffName === null ? [] : [row(text.by, cashUp.staffName)]),
      row(text.sales, String(cashUp.sales)),
      { kind: 'rule' },
      row(text.float, money(cashUp.floatMinor)),
      ...tenders,
      row(text.left, money(cashUp.leftMinor)),
      { kind: 'rule' },
      { kind: 'text', text: text.open, bold: true },
      ...(open.length === 0 ? [{ kind: 'text', text: text.none } as const] : open),
      ...(cashUp.note === ''
        ? []
        : [{ kind: 'rule' } as const, { kind: 'text', text: cashUp.note } as const]),
      { kind: 'feed', lines: 2 },
      { kind: 'text', text: text.signature },
      { kind: 'cut' },
    ],
  }
}
