import type { WorldPoint } from './world.ts'

/** How often the shop does what: a day at the counter, or money alone. Shares are of all sales, 0 to 1. */
export interface Profile {
  /** Sales asked for in one run of the product. A network takes three prompts a second: more would only wait. */
  readonly salesPerRun: number
  /** Milliseconds that a run of the product works at most, from its first yes; and until a moment aimed at must come. */
  readonly workMs: number
  readonly patienceMs: number
  /** Moments of the world that a kill is aimed at; left out: all. */
  readonly points?: readonly WorldPoint[]
  /** A kill is aimed at one of so many comings of a moment: at 1, at the first. */
  readonly comings: number
  readonly messages: boolean
  /** The receipt comes out on paper. */
  readonly print: number
  readonly prompt: number
  /** The customer pays from his own menu, and the cashier types his code or matches the network's notice. */
  readonly byHand: number
  readonly payout: number
  /** Of all payments. */
  readonly reversal: number
}

const money: Profile = {
  salesPerRun: 7,
  workMs: 400,
  patienceMs: 900,
  comings: 5,
  messages: false,
  print: 0,
  prompt: 0.7,
  byHand: 0.3,
  payout: 0.25,
  reversal: 0.45,
}

export const profiles = {
  shop: {
    salesPerRun: 4,
    workMs: 120,
    patienceMs: 400,
    comings: 1,
    messages: true,
    print: 0.5,
    prompt: 0.6,
    byHand: 0.15,
    payout: 0.1,
    reversal: 0.2,
  },
  money,
  /** Paper, and nothing else. */
  prints: {
    ...money,
    points: ['paper begun', 'paper answered'],
    comings: 6,
    print: 1,
    prompt: 0,
    byHand: 0,
    payout: 0,
    reversal: 0,
  },
  /** Money that leaves, above all. */
  payouts: { ...money, comings: 9, byHand: 0, payout: 1, reversal: 0.8 },
} as const satisfies Record<string, Profile>
