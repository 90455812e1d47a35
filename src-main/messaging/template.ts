import type { Channel } from '../../src-preload/contract/channels.ts'
import type { Language } from '../../src-preload/contract/paging.ts'
import { fill } from '../../src-preload/contract/problem.ts'
import { lineTotalMinor, type Sale, type TenderKind } from '../../src-preload/contract/receipts.ts'
import { formatSaleNumber } from '../../src-preload/contract/sale-number.ts'
import type { Shop } from '../../src-preload/contract/settings.ts'
import { soldAt } from '../../src-preload/contract/sold-at.ts'
import { formatMoney } from '../money.ts'
import { KauntaError } from '../problem.ts'

const mark = /\{\{\s*([a-z]+)\s*\}\}/g

/** The variables a receipt text may use, with an example for the settings screen. */
export const variables = [
  { name: 'shop', example: 'Mama Neema Duka' },
  { name: 'number', example: '000143' },
  { name: 'date', example: '21/11/2026' },
  { name: 'time', example: '14:02' },
  { name: 'total', example: 'TZS 18,500' },
  { name: 'payment', example: 'M-Pesa SGL61H9X2K' },
  { name: 'items', example: 'Sukari 2 x 3,200' },
  { name: 'customer', example: 'Neema' },
  { name: 'cashier', example: 'Asha' },
  { name: 'till', example: 'Till 2' },
  { name: 'footer', example: 'Asante, karibu tena!' },
] as const

const names = new Set<string>(variables.map(({ name }) => name))

export const defaultTexts: Readonly<Record<Channel, Readonly<Record<Language, string>>>> = {
  sms: {
    sw: '{{shop}}: risiti {{number}}, {{date}} {{time}}. Jumla {{total}}. {{payment}}. Asante, karibu tena!',
    en: '{{shop}}: receipt {{number}}, {{date}} {{time}}. Total {{total}}. {{payment}}. Thank you, welcome again!',
  },
  whatsapp: {
    sw: '*{{shop}}*\nRisiti {{number}} · {{date}} {{time}}\n\n{{items}}\n\nJumla: *{{total}}*\n{{payment}}\n\nAsante, karibu tena!',
    en: '*{{shop}}*\nReceipt {{number}} · {{date}} {{time}}\n\n{{items}}\n\nTotal: *{{total}}*\n{{payment}}\n\nThank you, welcome again!',
  },
}

const words: Readonly<Record<Language, Readonly<Record<TenderKind | 'unpaid' | 'due', string>>>> = {
  sw: {
    cash: 'Taslimu',
    mobileMoney: 'Malipo ya simu',
    card: 'Kadi',
    other: 'Njia nyingine',
    unpaid: 'Bado haijalipwa',
    due: 'bado kulipa {amount}',
  },
  en: {
    cash: 'Cash',
    mobileMoney: 'Mobile money',
    card: 'Card',
    other: 'Paid otherwise',
    unpaid: 'Not paid yet',
    due: '{amount} still to pay',
  },
}

/** Values of the variables for one sale; null where it has none. */
export function valuesOf(
  sale: Sale,
  shop: Shop,
  language: Language,
): Readonly<Record<string, string | null>> {
  const at = new Date(soldAt(sale))
  const zoned = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { timeZone: shop.zone, ...options }).format(at)
  return {
    shop: shop.name,
    // A draft is numbered in the transaction that sends; until then its preview shows the width the number will have.
    number: sale.number === null ? '------' : formatSaleNumber(sale),
    date: zoned({ day: '2-digit', month: '2-digit', year: 'numeric' }),
    time: zoned({ hour: '2-digit', minute: '2-digit' }),
    total: formatMoney(sale.totalMinor, sale.currency, language),
    payment: payment(sale, language),
    items: sale.lines.length === 0 ? null : items(sale, language),
    customer: sale.customer.name,
    cashier: sale.staffName,
    till: sale.tillId,
    footer: shop.footer === '' ? null : shop.footer,
  }
}

function payment(sale: Sale, language: Language): string {
  const text = words[language]
  const parts = sale.tenders.map(({ kind, network, receiptCode }) => {
    const way = network ?? text[kind]
    return receiptCode === null ? way : `${way} ${receiptCode}`
  })
  if (parts.length === 0) return text.unpaid
  // What went back to the customer is no debt.
  const dueMinor = sale.totalMinor - sale.tenders.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  if (dueMinor > 0) parts.push(fill(text.due, { amount: formatMoney(dueMinor, sale.currency, language) }))
  return [...new Set(parts)].join(', ')
}

function items(sale: Sale, language: Language): string {
  return sale.lines
    .map((line) => {
      const money = (minor: number) => formatMoney(minor, sale.currency, language)
      const discount = line.discountMinor === 0 ? '' : ` - ${money(line.discountMinor)}`
      const price = `${line.quantityMilli / 1000} x ${money(line.unitPriceMinor)}`
      return `${line.name} ${price}${discount} = ${money(lineTotalMinor(line))}`
    })
    .join('\n')
}

/** Fills `{{name}}` marks; names of variables without a value are listed and stay visible in the text. */
export function render(
  text: string,
  values: Readonly<Record<string, string | null>>,
): { readonly body: string; readonly missing: readonly string[] } {
  const missing: string[] = []
  const body = text.replace(mark, (whole, name: string) => {
    const value = values[name]
    if (value === null || value === undefined) {
      missing.push(name)
      return whole
    }
    return value
  })
  return { body, missing }
}

/** @throws KauntaError TEMPLATE_VARIABLE_UNKNOWN, TEXT_EMPTY */
export function checkTemplate(text: string): void {
  if (text.trim() === '') throw new KauntaError('TEXT_EMPTY', { field: 'text' })
  for (const [, name] of text.matchAll(mark)) {
    if (name !== undefined && !names.has(name)) {
      throw new KauntaError('TEMPLATE_VARIABLE_UNKNOWN', {
        field: 'text',
        variable: name,
        known: [...names].join(', '),
      })
    }
  }
}
