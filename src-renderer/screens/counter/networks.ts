import type { Currency } from '../../../src-preload/contract/money.ts'
import type { MoneyNetwork } from '../../../src-preload/contract/payments.ts'
import type { PhoneInfo } from '../../../src-preload/contract/phone.ts'

/** The accounts that take the money of the sale, in the order of settings. */
export function networksFor(networks: readonly MoneyNetwork[], currency: Currency): readonly MoneyNetwork[] {
  return networks.filter(({ currencies }) => currencies.includes(currency))
}

export interface Proposal {
  readonly network: MoneyNetwork
  /** True when the number's prefix suggests it: numbers are ported, so it stays a guess. */
  readonly guessed: boolean
}

/** The network to ask first: the one that the prefix suggests, else one of the number's country, else the first. */
export function proposeNetwork(
  networks: readonly MoneyNetwork[],
  info: Pick<PhoneInfo, 'country' | 'networkGuess'> | null,
): Proposal | null {
  const near =
    info === null ? [] : networks.filter(({ countries }) => countries.some((one) => one === info.country))
  const guess = info?.networkGuess ?? null
  const suggested = guess === null ? undefined : near.find(({ networks: served }) => served.includes(guess))
  if (suggested !== undefined) return { network: suggested, guessed: true }
  const network = near[0] ?? networks[0]
  return network === undefined ? null : { network, guessed: false }
}

export interface NetworkChoice {
  /** Null for the one that the number suggests. */
  readonly accountId: string | null
  /** So many networks to the right of it (left: negative), around the ends. */
  readonly steps: number
}

/**
 * The network that is meant. Steps are counted from what the number suggests, also while main still judges the number:
 * keys that were struck before its answer mean the same after it.
 */
export function chosenNetwork(
  networks: readonly MoneyNetwork[],
  info: Parameters<typeof proposeNetwork>[1],
  { accountId, steps }: NetworkChoice,
): Proposal | null {
  const proposal = proposeNetwork(networks, info)
  if (proposal === null) return null
  const from = networks.findIndex((one) => one.accountId === (accountId ?? proposal.network.accountId))
  const network = networks.at((from + steps) % networks.length) ?? proposal.network
  return { network, guessed: proposal.guessed && accountId === null && network === proposal.network }
}

const minorInWhole = 100

export type LimitTrouble = 'below' | 'above' | 'cents'

/**
 * Which limit of the network an amount breaks, or null.
 * @param amountMinor minor units
 */
export function limitTrouble(
  network: Pick<MoneyNetwork, 'minMinor' | 'maxMinor' | 'wholeUnits'>,
  amountMinor: number,
): LimitTrouble | null {
  if (network.wholeUnits && amountMinor % minorInWhole !== 0) return 'cents'
  if (amountMinor < network.minMinor) return 'below'
  return amountMinor > network.maxMinor ? 'above' : null
}
