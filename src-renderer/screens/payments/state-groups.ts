import type { Currency } from '../../../src-preload/contract/money.ts'
import type { PaymentState } from '../../../src-preload/contract/payments.ts'
import type { Tone } from '../../components/status.ts'

/** Nine states are too many for a glance: five groups, each a filter and a sum. */
export const stateGroups = {
  paid: { states: ['completed'], shape: '●', tone: 'accent' },
  open: { states: ['pending', 'prompted', 'processing'], shape: '◔', tone: 'accent' },
  unknown: { states: ['unknown'], shape: '?', tone: 'amber' },
  notPaid: { states: ['failed', 'cancelled', 'expired'], shape: '✕', tone: 'grey' },
  reversed: { states: ['reversed'], shape: '↺', tone: 'grey' },
} as const satisfies Record<string, { states: readonly PaymentState[]; shape: string; tone: Tone }>

export type StateGroup = keyof typeof stateGroups

export const groupNames = [
  'paid',
  'open',
  'unknown',
  'notPaid',
  'reversed',
] as const satisfies readonly StateGroup[]

interface StateTotal {
  readonly state: PaymentState
  readonly currency: Currency
  readonly count: number
  readonly sumMinor: number
}

export interface GroupTotal {
  readonly count: number
  readonly sums: readonly { readonly currency: Currency; readonly sumMinor: number }[]
}

/** Totals by state gathered into the groups; sums in minor units, one for each currency. */
export function groupTotals(totals: readonly StateTotal[]): Readonly<Record<StateGroup, GroupTotal>> {
  const of = (group: StateGroup): GroupTotal => {
    const states: readonly PaymentState[] = stateGroups[group].states
    const own = totals.filter(({ state }) => states.includes(state))
    const currencies = [...new Set(own.map(({ currency }) => currency))]
    return {
      count: own.reduce((sum, { count }) => sum + count, 0),
      sums: currencies.map((currency) => ({
        currency,
        sumMinor: own.reduce((sum, total) => sum + (total.currency === currency ? total.sumMinor : 0), 0),
      })),
    }
  }
  return {
    paid: of('paid'),
    open: of('open'),
    unknown: of('unknown'),
    notPaid: of('notPaid'),
    reversed: of('reversed'),
  }
}
