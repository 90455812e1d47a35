import type { LedgerEntry } from '../providers/simulation.ts'

/** Everything that really happened, in order, never shortened: losses and duplicates are counted from it. */
export interface Ledger {
  readonly add: (entry: LedgerEntry) => void
  readonly entries: () => readonly LedgerEntry[]
}

export function createLedger(): Ledger {
  const entries: LedgerEntry[] = []
  return {
    add: (entry) => {
      entries.push(entry)
    },
    entries: () => entries,
  }
}
