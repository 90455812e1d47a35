import type { Clock } from '../ports.ts'
import type { MobileMoney, MoneyReading } from '../providers/mobile-money.ts'
import type { Found, OurPayment } from './compare.ts'

export interface AskedPayment extends OurPayment {
  readonly ownReference: string | null
  readonly providerReference: string | null
}

/** What asking about every payment brought. */
export interface Told {
  readonly matched: number
  readonly matchedMinor: number
  readonly differences: readonly Found[]
}

export interface AskOptions {
  readonly clock: Clock
  readonly perSecond: number
  /** The network says paid where we did not know: true when the payment took that. */
  readonly heal: (
    paymentId: string,
    record: { readonly code: string | null; readonly amountMinor: number | null },
  ) => boolean
}

/** Where there is no statement, each payment is asked about, no faster than the network bears. */
export async function askEach(
  rows: readonly AskedPayment[],
  money: MobileMoney | null,
  { clock, perSecond, heal }: AskOptions,
): Promise<Told> {
  let matched = 0
  let matchedMinor = 0
  const differences: Found[] = []
  for (const row of rows) {
    const named = row.ownReference !== null || row.providerReference !== null
    const reading = named ? await ask(row, money) : null
    const kind = judge(row, reading)
    const healed =
      kind === 'differentState' &&
      reading?.state === 'completed' &&
      heal(row.id, { code: reading.receiptCode, amountMinor: reading.amountMinor })
    if (healed || (kind === null && isPaid(row))) {
      matched += 1
      matchedMinor += row.amountMinor
    } else if (kind !== null) differences.push(differenceOf(kind, row, reading))
    await new Promise<void>((resolve) => clock.after(1_000 / perSecond, resolve))
  }
  return { matched, matchedMinor, differences }
}

function isPaid(row: AskedPayment): boolean {
  return row.state === 'completed' || row.state === 'reversed'
}

async function ask(row: AskedPayment, money: MobileMoney | null): Promise<MoneyReading | null> {
  const answer = await money?.queryPrompt?.({ own: row.ownReference, provider: row.providerReference })
  return answer?.ok === true ? answer.value : null
}

function judge(row: AskedPayment, reading: MoneyReading | null): Found['kind'] | null {
  const paidHere = isPaid(row)
  if (reading === null || reading.state === 'unknown' || reading.state === 'processing') {
    return paidHere || row.state === 'unknown' ? 'unanswered' : null
  }
  if (reading.state === 'completed') {
    if (reading.amountMinor !== null && reading.amountMinor !== row.amountMinor) return 'differentAmount'
    return paidHere ? null : 'differentState'
  }
  return paidHere ? 'missingThere' : null
}

function differenceOf(kind: Found['kind'], row: AskedPayment, reading: MoneyReading | null): Found {
  const paid = reading?.state === 'completed' ? reading : null
  return {
    kind,
    paymentId: row.id,
    code: row.receiptCode ?? row.claimedCode ?? paid?.receiptCode ?? null,
    phone: row.phone,
    hereMinor: row.amountMinor,
    thereMinor: paid === null ? null : (paid.amountMinor ?? row.amountMinor),
    at: row.createdAt,
    detail: row.state,
  }
}
