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
  const near = info === null ? [] : networks.filter(({ countries }) => countries.includes(info.country))
  const guess = info?.networkGuess ?? null
  const suggested = guess === null ? undefined : near.find(({ networks: served }) => served.includes(guess))
  if (suggested !== undefined) return { network: suggested, guessed: true }
  const network = near[0] ?? networks[0]
  return network === undefined ? null : { network, guessed: false }
}

/** The network a step to the right (1) or left (-1) of this one, around the ends. */
export function neighbour(networks: readonly MoneyNetwork[], accountId: string, step: 1 | -1): string {
  const here = networks.findIndex((network) => network.accountId === accountId)
  return networks[(here + step + networks.length) % networks.length]?.accountId ?? accountId
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
