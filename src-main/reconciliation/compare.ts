import type { Difference } from '../../src-preload/contract/reconciliation.ts'
import type { StatementLine } from './statement.ts'

/** One of our payments, as far as comparing needs it. */
export interface OurPayment {
  readonly id: string
  readonly state: string
  readonly receiptCode: string | null
  readonly claimedCode: string | null
  /** E.164 */
  readonly phone: string | null
  readonly amountMinor: number
  readonly createdAt: number
}

export interface Found {
  readonly kind: Difference
  readonly paymentId: string | null
  readonly code: string | null
  readonly phone: string | null
  readonly hereMinor: number | null
  readonly thereMinor: number | null
  readonly at: number
  readonly detail: string | null
}

export interface Comparison {
  /** Payments that the network's list bears out, with their lines. */
  readonly matched: readonly { readonly paymentId: string; readonly line: StatementLine }[]
  readonly differences: readonly Found[]
}

/** Without a code, amount, phone and time must fit: so far apart may the two clocks lie. */
const apartMs = 5 * 60_000

/** Money that came in at the shop: what was paid and did not go back is in both lists. */
const paidStates: ReadonlySet<string> = new Set(['completed', 'reversed'])

/**
 * Compares our payments with the network's own list: by code first, then, where we have no code, by amount, phone as far
 * as it is shown, and time. `ours` may reach beyond the list's stretch, for what was begun just before it.
 * @param stretch epoch ms, `to` exclusive: only payments in it can be missing there
 */
export function compare(
  ours: readonly OurPayment[],
  theirs: readonly StatementLine[],
  stretch: { readonly from: number; readonly to: number },
): Comparison {
  const left = new Map(theirs.map((line) => [line.code, line]))
  const pairs = pair(ours, left)
  const matched: { paymentId: string; line: StatementLine }[] = []
  const differences: Found[] = []
  for (const payment of ours) {
    const line = pairs.get(payment.id)
    const kind = judge(payment, line, stretch)
    if (kind !== null) differences.push(differenceOf(kind, payment, line))
    else if (line !== undefined && !(line.reversed && !paidStates.has(payment.state)))
      matched.push({ paymentId: payment.id, line })
  }
  // What came and went back is no money of ours.
  for (const line of left.values()) if (!line.reversed) differences.push(missingHere(line))
  return { matched, differences: differences.toSorted((a, b) => a.at - b.at) }
}

/** Which line is which payment's; what is taken leaves `left`. */
function pair(
  ours: readonly OurPayment[],
  left: Map<string, StatementLine>,
): ReadonlyMap<string, StatementLine> {
  const pairs = new Map<string, StatementLine>()
  const take = (payment: OurPayment, line: StatementLine | undefined) => {
    if (line === undefined) return
    left.delete(line.code)
    pairs.set(payment.id, line)
  }
  for (const payment of ours) take(payment, left.get(payment.receiptCode ?? payment.claimedCode ?? ''))
  for (const payment of ours) {
    if (payment.receiptCode === null && !pairs.has(payment.id)) take(payment, alike(payment, left))
  }
  return pairs
}

function judge(
  payment: OurPayment,
  line: StatementLine | undefined,
  { from, to }: { readonly from: number; readonly to: number },
): Difference | null {
  const paidHere = paidStates.has(payment.state)
  if (line === undefined) {
    return paidHere && payment.createdAt >= from && payment.createdAt < to ? 'missingThere' : null
  }
  if (line.reversed) return payment.state === 'completed' ? 'missingThere' : null
  if (line.amountMinor !== payment.amountMinor) return 'differentAmount'
  return paidHere ? null : 'differentState'
}

function alike(payment: OurPayment, left: ReadonlyMap<string, StatementLine>): StatementLine | undefined {
  const fitting = [...left.values()].filter(
    (line) =>
      !line.reversed &&
      line.amountMinor === payment.amountMinor &&
      Math.abs(line.at - payment.createdAt) <= apartMs &&
      samePhone(line.phone, payment.phone),
  )
  // Two that fit alike prove neither.
  return fitting.length === 1 ? fitting[0] : undefined
}

/** Without what stands before the nine digits of a country's own. */
function local(shown: string): string {
  return shown.replace(/^(?:\+?25[45]|0)/, '')
}

/** As far as both show it: the last digits, masked ones fitting any. */
function samePhone(shown: string | null, phone: string | null): boolean {
  if (shown === null || phone === null) return false
  const ours = phone.slice(-9)
  const [, head = '', tail = ''] = /^(\d*)[x*]+(\d*)$/i.exec(local(shown)) ?? []
  if (head !== '' || tail !== '') return ours.startsWith(head) && ours.endsWith(tail)
  return Array.from(shown.slice(-9)).every(
    (sign, index) => sign === '*' || sign.toLowerCase() === 'x' || sign === ours[index],
  )
}

function differenceOf(kind: Difference, payment: OurPayment, line: StatementLine | undefined): Found {
  const { receiptCode, claimedCode } = payment
  const ours = { paymentId: payment.id, hereMinor: payment.amountMinor, detail: payment.state }
  if (line === undefined) {
    const code = receiptCode ?? claimedCode
    return { ...ours, kind, code, phone: payment.phone, thereMinor: null, at: payment.createdAt }
  }
  const phone = payment.phone ?? line.phone
  const theirs = { kind, code: line.code, phone, at: line.at }
  // The network took it back, and nobody here knows.
  if (line.reversed) return { ...ours, ...theirs, thereMinor: null, detail: 'reversed' }
  return { ...ours, ...theirs, thereMinor: line.amountMinor }
}

function missingHere(line: StatementLine): Found {
  return {
    kind: 'missingHere',
    paymentId: null,
    code: line.code,
    phone: line.phone,
    hereMinor: null,
    thereMinor: line.amountMinor,
    at: line.at,
    detail: null,
  }
}
