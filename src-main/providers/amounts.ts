import type { Currency } from '../../src-preload/contract/money.ts'
import { formatMoney } from '../money.ts'

/** An amount as evidence brings it. */
export interface SaidAmount {
  /** Minor units; null where there is none, or none that can be read. */
  readonly amountMinor: number | null
  /** As it stands there, where it cannot be read: then nobody may take it for the right one. */
  readonly oddAmount?: string
}

/**
 * Reads the amount that is to confirm ours: digits with at most two decimals and nothing else, above zero. `undefined`:
 * this kind of evidence carries none.
 */
export function saidAmount(value: unknown): SaidAmount {
  if (value === undefined) return { amountMinor: null }
  const text = textOf(value).trim()
  const minor = /^\d{1,10}(?:\.\d{1,2}0*)?$/.test(text) ? Math.round(Number(text) * 100) : 0
  return minor > 0 ? { amountMinor: minor } : { amountMinor: null, oddAmount: text.slice(0, 40) }
}

/**
 * Minor units of money that a customer paid by himself: there is nothing to compare it with, so thousands may be set off
 * (1,000.00) and the currency named. Null for what still cannot be read.
 */
export function readAmount(value: unknown): number | null {
  const text = textOf(value)
    .trim()
    .replace(/^(?:TZS|TSH|KES|KSH|TSHS|KSHS)\.?\s*/i, '')
    .replace(/\s*(?:TZS|TSH|KES|KSH|\/=|\/-)$/i, '')
  const plain = /^\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?$/.test(text) ? text.replaceAll(',', '') : text
  return saidAmount(plain).amountMinor
}

export function carriesAmount({ amountMinor, oddAmount }: SaidAmount): boolean {
  return amountMinor !== null || oddAmount !== undefined
}

/** The amount as it was told, in words for a person; null when it is the one that was asked for, or was not said. */
export function otherAmount(
  { amountMinor, oddAmount }: SaidAmount,
  askedMinor: number,
  currency: Currency,
): string | null {
  if (oddAmount !== undefined) return `“${oddAmount}”`
  return amountMinor === null || amountMinor === askedMinor ? null : formatMoney(amountMinor, currency, 'en')
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  return value === undefined || value === null ? '' : JSON.stringify(value)
}
