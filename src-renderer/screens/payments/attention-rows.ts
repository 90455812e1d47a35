import type { Notice, Payment, UnreadReport } from '../../../src-preload/contract/payments.ts'
import type { Transfer } from '../../../src-preload/contract/transfers.ts'

/** One thing for a manager to end, whatever it is. */
export type AttentionRow =
  | { readonly kind: 'unknown'; readonly id: string; readonly payment: Payment }
  | { readonly kind: 'transfer'; readonly id: string; readonly transfer: Transfer }
  | { readonly kind: 'overpaid'; readonly id: string; readonly payment: Payment }
  | { readonly kind: 'notice'; readonly id: string; readonly notice: Notice }
  | { readonly kind: 'report'; readonly id: string; readonly report: UnreadReport }

interface Attention {
  readonly unknown: readonly Payment[]
  readonly overpaid: readonly Payment[]
  readonly notices: readonly Notice[]
  readonly transfers: readonly Transfer[]
  readonly unread: readonly UnreadReport[]
}

/** What is most likely to cost money comes first; within each kind, as main orders it (oldest first). */
export function attentionRows({
  unknown,
  overpaid,
  notices,
  transfers,
  unread,
}: Attention): readonly AttentionRow[] {
  return [
    ...unknown.map((payment) => ({ kind: 'unknown', id: `unknown ${payment.id}`, payment }) as const),
    ...transfers.map((transfer) => ({ kind: 'transfer', id: `transfer ${transfer.id}`, transfer }) as const),
    ...overpaid.map((payment) => ({ kind: 'overpaid', id: `overpaid ${payment.id}`, payment }) as const),
    ...unread.map((report) => ({ kind: 'report', id: `report ${report.id}`, report }) as const),
    ...notices.map((notice) => ({ kind: 'notice', id: `notice ${notice.id}`, notice }) as const),
  ]
}

export const outcomeLetters = {
  P: 'paid',
  N: 'notPaid',
  D: 'done',
  U: 'notDone',
  S: 'settled',
  M: 'match',
  X: 'setAside',
} as const
export type OutcomeLetter = keyof typeof outcomeLetters
export type Outcome = (typeof outcomeLetters)[OutcomeLetter]

const lettersOfKind = {
  unknown: ['P', 'N'],
  transfer: ['D', 'U'],
  overpaid: ['S'],
  notice: ['M', 'X'],
  report: ['M', 'X'],
} as const satisfies Record<AttentionRow['kind'], readonly OutcomeLetter[]>

export interface Selection {
  /** Index of the row; 0 for the first. */
  readonly row: number
  readonly outcome: Outcome | null
}

const down = new Set(['ArrowDown', 'j'])
const up = new Set(['ArrowUp', 'k'])

function outcomeOf(letter: string, kind: AttentionRow['kind']): Outcome | null {
  const found = lettersOfKind[kind].find((one) => one === letter.toUpperCase())
  return found === undefined ? null : outcomeLetters[found]
}

/**
 * What a key does to the manager's list: a figure or an arrow chooses the row, a letter its outcome. Null for a key that
 * means nothing here.
 */
export function attentionKey(
  key: string,
  selection: Selection,
  rows: readonly Pick<AttentionRow, 'kind'>[],
): Selection | null {
  const to = (row: number): Selection | null => (rows[row] === undefined ? null : { row, outcome: null })
  if (down.has(key)) return to(Math.min(selection.row + 1, rows.length - 1))
  if (up.has(key)) return to(Math.max(selection.row - 1, 0))
  if (/^[1-9]$/.test(key)) return to(Number(key) - 1)
  const kind = rows[selection.row]?.kind
  const outcome = kind === undefined ? null : outcomeOf(key, kind)
  return outcome === null ? null : { row: selection.row, outcome }
}
