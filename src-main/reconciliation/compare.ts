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
 * as it is shown, and time.
 */
export function compare(ours: readonly OurPayment[], theirs: readonly StatementLine[]): Comparison {
  const left = new Map(theirs.map((line) => [line.code, line]))
  const matched: { paymentId: string; line: StatementLine }[] = []
  const differences: Found[] = []
  const pairs = new Map<string, StatementLine>()
  const take = (payment: OurPayment, line: StatementLine | undefined) => {
    if (line === undefined) return
    left.delete(line.code)
    pairs.set(payment.id, line)
  }
  for (const payment of ours) {
    const code = payment.receiptCode ?? payment.claimedCode
    if (code !== null) take(payment, left.get(code))
  }
  for (const payment of ours) {
    if (payment.receiptCode === null && !pairs.has(payment.id)) take(payment, alike(payment, left))
  }
  for (const payment of ours) {
    const line = pairs.get(payment.id)
    if (line === undefined) {
      if (paidStates.has(payment.state)) differences.push(found('missingThere', payment, null))
    } else if (line.amountMinor !== payment.amountMinor) {
      differences.push(found('differentAmount', payment, line))
    } else if (paidStates.has(payment.state)) {
      matched.push({ paymentId: payment.id, line })
    } else differences.push(found('differentState', payment, line))
  }
  for (const line of left.values()) differences.push(found('missingHere', null, line))
  return { matched, differences: differences.toSorted((a, b) => a.at - b.at) }
}

function alike(payment: OurPayment, left: ReadonlyMap<string, StatementLine>): StatementLine | undefined {
  const fitting = [...left.values()].filter(
    (line) =>
      line.amountMinor === payment.amountMinor &&
      Math.abs(line.at - payment.createdAt) <= apartMs &&
      samePhone(line.phone, payment.phone),
  )
  // Two that fit alike prove neither.
  return fitting.length === 1 ? fitting[0] : undefined
}

/** As far as both show it: the last digits, masked ones fitting any. */
function samePhone(shown: string | null, phone: string | null): boolean {
  if (shown === null || phone === null) return false
  const tail = shown.slice(-9)
  const ours = phone.slice(-9)
  return [...tail].every((sign, index) => sign === '*' || sign.toLowerCase() === 'x' || sign === ours[index])
}

function found(kind: Difference, payment: OurPayment | null, line: StatementLine | null): Found {
  return {
    kind,
    paymentId: payment?.id ?? null,
    code: line?.code ?? payment?.receiptCode ?? payment?.claimedCode ?? null,
    phone: payment?.phone ?? line?.phone ?? null,
    hereMinor: payment?.amountMinor ?? null,
    thereMinor: line?.amountMinor ?? null,
    at: line?.at ?? payment?.createdAt ?? 0,
    detail: payment === null ? null : payment.state,
  }
}
