import type { Chance } from '../fixtures/chance.ts'

/** A mobile-money network as a round of kills uses it. */
export interface CrashNetwork {
  readonly provider: string
  readonly currency: 'KES' | 'TZS'
  /** E.164 up to the last seven digits; none of these numbers has a script in its simulator. */
  readonly prefix: string
  /** The network tells the shop of customers' own payments. */
  readonly tells: boolean
}

/** Airtel serves one country in an account: each round draws one. */
export function drawNetworks(chance: Chance): readonly CrashNetwork[] {
  return [
    { provider: 'mpesa-kenya', currency: 'KES', prefix: '+25472', tells: true },
    { provider: 'mpesa-tanzania', currency: 'TZS', prefix: '+25574', tells: false },
    { provider: 'mixx-by-yas', currency: 'TZS', prefix: '+25571', tells: true },
    chance.hits(0.5)
      ? { provider: 'airtel-money', currency: 'KES', prefix: '+25473', tells: false }
      : { provider: 'airtel-money', currency: 'TZS', prefix: '+25568', tells: false },
  ]
}

/** A number that one flow of money has for itself, so that the world's ledger can be told apart by it. */
export function phoneOf(network: CrashNetwork, serial: number): string {
  return network.prefix + String(serial % 10_000_000).padStart(7, '0')
}
