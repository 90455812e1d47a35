import type { Currency } from '../../../src-preload/contract/money.ts'
import type { Sale } from '../../../src-preload/contract/receipts.ts'
import { readAmountMinor } from '../../components/money.ts'

/** What the typed cash comes to against what is owed; empty means just the amount. Minor units. */
export type GivenCash =
  | { readonly kind: 'exact' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'short'; readonly givenMinor: number; readonly missingMinor: number }
  | { readonly kind: 'enough'; readonly givenMinor: number; readonly changeMinor: number }

/** @param owedMinor minor units still to pay */
export function readGiven(typed: string, owedMinor: number): GivenCash {
  if (typed.trim() === '') return { kind: 'exact' }
  const givenMinor = readAmountMinor(typed)
  if (givenMinor === null) return { kind: 'unreadable' }
  if (givenMinor < owedMinor) return { kind: 'short', givenMinor, missingMinor: owedMinor - givenMinor }
  return { kind: 'enough', givenMinor, changeMinor: givenMinor - owedMinor }
}

/** Notes and coins that people round up to, minor units. */
const roundings: Readonly<Record<Currency, readonly number[]>> = {
  TZS: [50_000, 100_000, 500_000, 1_000_000],
  KES: [5_000, 10_000, 50_000, 100_000, 500_000],
}
const notesOffered = 3
/** Nobody pays a small sum with a note so many times as large. */
const largestNote = 10

/** What a customer is likely to hand over for this sum, smallest first: the sum rounded up to a note. */
export function likelyCash(owedMinor: number, currency: Currency): number[] {
  if (owedMinor <= 0) return []
  const notes = roundings[currency].filter((note) => note <= owedMinor * largestNote)
  const rounded = notes.map((note) => Math.ceil(owedMinor / note) * note)
  return [...new Set(rounded)].filter((amount) => amount > owedMinor).slice(-notesOffered)
}

/** Cash that was counted, and what went back of it; minor units. */
export interface CountedCash {
  readonly givenMinor: number
  readonly changeMinor: number
}

/** Null where nobody counted the cash, or no cash was taken. */
export function countedCash({ tenders }: Pick<Sale, 'tenders'>): CountedCash | null {
  const last = tenders.findLast(({ kind, givenMinor }) => kind === 'cash' && givenMinor !== null)
  const givenMinor = last?.givenMinor ?? null
  if (last === undefined || givenMinor === null) return null
  return { givenMinor, changeMinor: givenMinor - last.amountMinor }
}

/** The sale that just left the counter: its change is still in somebody's hand, and its paper may still be wanted. */
export interface LastFinished {
  readonly saleId: string
  readonly number: number | null
  readonly currency: Currency
  /** Null once the next sale has begun, and where there was nothing to count. */
  readonly cash: CountedCash | null
}

export function lastFinished(sale: Sale): LastFinished {
  const { id: saleId, number, currency } = sale
  return { saleId, number, currency, cash: countedCash(sale) }
}

/** Where the sale that just left the counter is kept for the next one. */
export const lastFinishedKey = ['lastFinished'] as const
