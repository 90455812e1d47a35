import { africasTalking } from './africas-talking/adapter.ts'
import { airtelMoney } from './airtel-money/adapter.ts'
import { greenApi } from './green-api/adapter.ts'
import { mixxByYas } from './mixx-by-yas/adapter.ts'
import { mpesaKenya } from './mpesa-kenya/adapter.ts'
import { mpesaTanzania } from './mpesa-tanzania/adapter.ts'
import type { ProviderDeclaration } from './provider.ts'
import type { CreateSimulator } from './simulation.ts'

export interface ProviderEntry {
  readonly declaration: ProviderDeclaration
  /** Loaded on demand, so that live mode never carries it. */
  readonly simulator: () => Promise<CreateSimulator>
}

/** Every provider Kaunta knows: one line each. */
export const registry: readonly ProviderEntry[] = [
  {
    declaration: africasTalking,
    simulator: async () => (await import('./africas-talking/simulator.ts')).createSimulator,
  },
  {
    declaration: airtelMoney,
    simulator: async () => (await import('./airtel-money/simulator.ts')).createSimulator,
  },
  {
    declaration: greenApi,
    simulator: async () => (await import('./green-api/simulator.ts')).createSimulator,
  },
  {
    declaration: mixxByYas,
    simulator: async () => (await import('./mixx-by-yas/simulator.ts')).createSimulator,
  },
  {
    declaration: mpesaKenya,
    simulator: async () => (await import('./mpesa-kenya/simulator.ts')).createSimulator,
  },
  {
    declaration: mpesaTanzania,
    simulator: async () => (await import('./mpesa-tanzania/simulator.ts')).createSimulator,
  },
]
