import type { ReasonCode } from '../../src-preload/contract/reasons.ts'
import type { Transaction } from '../database/open.ts'
import type { MoneyReading } from '../providers/mobile-money.ts'

/** What a piece of evidence wants of a row. */
export interface Claimed<State, Source> {
  readonly to: State
  readonly source: Source
  readonly reason: ReasonCode | null
  /** The words or codes it came with, for the record. */
  readonly detail: string | null
  /** The network's code of the money, where it is told. */
  readonly receiptCode?: string | null
  /** Who decided, where a person did. */
  readonly staffId?: string | null
}

/** Rows that only evidence moves, and the evidence that is kept of them. */
export interface MoneyRows<Row, State, Source> {
  note(tx: Transaction, row: Row, claim: Claimed<State, Source>, applied: boolean): void
  update(tx: Transaction, id: string, set: Partial<Row>): void
}

/**
 * Keeps a piece of evidence, and changes the row by it where it may.
 * @param set what changes with the move
 * @returns whether it was moved
 */
export function transition<Row extends { readonly id: string }, State, Source>(
  store: MoneyRows<NoInfer<Row>, NoInfer<State>, NoInfer<Source>>,
  tx: Transaction,
  row: Row,
  claim: Claimed<State, Source>,
  applied: boolean,
  set: Partial<NoInfer<Row>>,
): boolean {
  store.note(tx, row, claim, applied)
  if (applied) store.update(tx, row.id, set)
  return applied
}

/** Words of evidence that are kept beside its claim; null where a reading has none. */
export function detailOf(reading: MoneyReading): string | null {
  return 'detail' in reading ? reading.detail : null
}
