import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import { v7 as uuid } from 'uuid'
import { createHttpClient, type HttpClient } from '../../http/client.ts'
import type { Clock, Randomness } from '../../ports.ts'
import { createSimulatorHost, type SimulatorHost, type SimulatorHostOptions } from '../../simulator/host.ts'
import { type ConnectedAccount, connectProvider } from '../call.ts'
import type { Abilities } from '../provider.ts'
import { registry } from '../registry.ts'

/** The machine's own clock and randomness, for tests that talk over real sockets. */
export const realClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
}

export const realRandom: Randomness = {
  id: () => uuid(),
  fraction: () => Math.random(),
  secret: (bytes) => randomBytes(bytes).toString('base64url'),
}

export type TestedAbilities = Abilities & { readonly calls: { readonly left: boolean }[] }

/** A simulated world and the way into it, for one test file. */
export interface Stand {
  readonly host: SimulatorHost
  readonly http: HttpClient
  readonly provider: string
  account(): ConnectedAccount
  /** Connects the provider's adapter to its simulator, or to what `change` says. */
  connect(change?: Partial<ConnectedAccount>, timeoutMs?: number): TestedAbilities
  /** Puts everything right again. */
  heal(): Promise<void>
  close(): Promise<void>
}

/** Real seconds shrink by this: 20 s become 0.1 s. */
export const timeScale = 200

/** Long enough for a loaded machine, short enough for a test that waits for it. */
const testTimeoutMs = 20_000

export async function createStand(
  provider: string,
  options: Partial<SimulatorHostOptions> = {},
): Promise<Stand> {
  const host = await createSimulatorHost({ clock: realClock, random: realRandom, timeScale, ...options })
  const http = createHttpClient()
  const declaration = registry.find((entry) => entry.declaration.id === provider)?.declaration
  if (declaration === undefined) throw new Error(`${provider} is not registered`)
  const account = () => {
    const own = host.accounts().find((known) => known.provider === provider)
    if (own === undefined) throw new Error(`${provider} has no practice account`)
    return own
  }
  return {
    host,
    http,
    provider,
    account,
    connect(change = {}, timeoutMs = testTimeoutMs) {
      const calls: { readonly left: boolean }[] = []
      const abilities = connectProvider(
        declaration,
        { ...account(), ...change },
        { http, clock: realClock, timeoutMs, timeScale, onResult: (seen) => calls.push(seen) },
      )
      return { ...abilities, calls }
    },
    heal: () => host.setFaults({ line: 'on', providers: {}, callback: 'now' }),
    async close() {
      await http.close()
      await host.close()
    },
  }
}

/** Asks for codes until the shop's handset caught one: in a hurried world a code lives for a tenth of a second. */
export async function scan(host: SimulatorHost, askForCode: () => Promise<unknown>): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    await askForCode()
    if (host.snapshot().canScan && host.scanCode()) return
    await new Promise((done) => setTimeout(done, 10))
  }
  throw new Error('no code could be scanned')
}

/** A loopback port where nothing listens. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise((done) => server.close(done))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
