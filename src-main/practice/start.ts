import type { SeedAccount } from '../accounts/service.ts'
import type { Clock, Randomness } from '../ports.ts'
import { createSimulatorHost } from '../simulator/host.ts'
import { createVirtualPrinter } from '../simulator/paper-tape.ts'
import type { PracticePrinter, PracticeWorld } from './service.ts'

/** A simulated world with its addresses, wherever it runs. */
export interface StartedPractice {
  readonly simulatorUrl: string
  /** The address that providers are given to call back; only the simulated world resolves it. */
  readonly publicAddress: string
  readonly accounts: readonly SeedAccount[]
  readonly printerAddress: { readonly host: string; readonly port: number }
  /** The key an integrator of this world already holds; null: each start makes one. */
  readonly apiKey: string | null
  /** Null when the world runs in another process: then nobody here shows or steers it. */
  readonly room: { readonly world: PracticeWorld; readonly printer: PracticePrinter } | null
  /** Tells the world where this run's callback listener is. */
  callbacksAt(loopbackUrl: string, pathOf: (provider: string) => string | null): void
  close(): Promise<void>
}

/** Whose accounts practice begins with, so that a vendor added later does not take their place by its name. */
const begunWith: readonly string[] = ['africas-talking', 'green-api', 'mpesa-kenya']

/** The accounts of the simulated world in the order in which they are made: of two that can the same, the first is used. */
export function inPracticeOrder<Seed extends { readonly provider: string }>(seeds: readonly Seed[]): Seed[] {
  const isFirst = ({ provider }: Seed) => begunWith.includes(provider)
  return [...seeds.filter(isFirst), ...seeds.filter((seed) => !isFirst(seed))]
}

const practicePublicAddress = 'https://kaunta.practice.example'

/** Starts the built-in world: providers on one loopback port, a printer on another. */
export async function startPractice(deps: {
  readonly clock: Clock
  readonly random: Randomness
  /** How much faster than life providers are. */
  readonly timeScale: number
}): Promise<StartedPractice> {
  const host = await createSimulatorHost(deps)
  const printer = await createVirtualPrinter({ clock: deps.clock })
  return {
    simulatorUrl: host.url,
    publicAddress: practicePublicAddress,
    accounts: inPracticeOrder(host.accounts()),
    printerAddress: { host: printer.host, port: printer.port },
    apiKey: null,
    room: { world: host, printer },
    callbacksAt(loopbackUrl, pathOf) {
      host.mapAddress(practicePublicAddress, loopbackUrl)
      for (const { provider } of host.accounts()) {
        const path = pathOf(provider)
        host.setReportUrl(provider, path === null ? null : practicePublicAddress + path)
      }
    },
    async close() {
      await Promise.all([host.close(), printer.close()])
    },
  }
}
