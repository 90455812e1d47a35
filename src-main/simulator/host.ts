import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Faults, Practice } from '../../src-preload/contract/practice.ts'
import { createHttpClient } from '../http/client.ts'
import type { Clock, Randomness, Stop } from '../ports.ts'
import { registry } from '../providers/registry.ts'
import type { LedgerEntry, PromptAnswer, Simulator } from '../providers/simulation.ts'
import { answerRequest } from './exchange.ts'
import { noFaults } from './faults.ts'
import { createListener } from './listener.ts'
import { showHandset } from './phone.ts'
import { type AutoAnswer, createWorld, type OwnedWorld } from './world.ts'

export interface SimulatorHostOptions {
  readonly clock: Clock
  readonly random: Randomness
  /** 0 or absent: a free one. */
  readonly port?: number
  /** Divides every habit of the providers that takes time; 1 is the real world. */
  readonly timeScale?: number
  /** Public-looking addresses and the loopback address behind each. */
  readonly publicAddresses?: Readonly<Record<string, string>>
  /** Where providers whose web page holds the report address send reports: `<callbackBase>/<provider id>`. */
  readonly callbackBase?: string
  readonly autoAnswer?: AutoAnswer
  /** Milliseconds that a payment prompt stands, in place of the network's own time. */
  readonly promptWaitMs?: number
}

export interface PracticeAccount {
  readonly provider: string
  readonly baseUrl: string
  readonly settings: Readonly<Record<string, string | number>>
  readonly secrets: Readonly<Record<string, string>>
}

/** What the simulated world shows; the paper tape is the printer's own part of the practice screen. */
export type WorldSnapshot = Omit<Practice, 'paper' | 'paperColumns'>

/** Faults to change; those left out, or undefined, stay as they are. */
export type FaultChange = { readonly [Name in keyof Faults]?: Faults[Name] | undefined }

export interface SimulatorHost {
  /** http://127.0.0.1:port, without a slash at the end. */
  readonly url: string
  /** One ready account for each provider. */
  accounts(): readonly PracticeAccount[]
  snapshot(): WorldSnapshot
  /** Called after every change of what `snapshot` shows. */
  subscribe(fn: () => void): Stop
  showPhone(phone: string): void
  /** False when that prompt no longer stands. */
  answerPrompt(phone: string, promptId: string, answer: PromptAnswer): boolean
  setBalance(phone: string, balanceMinor: number): void
  /** A customer pays the shop from the network's own menu; null when the wallet is short or the provider has none. */
  payByHand(
    provider: string,
    payment: { readonly phone: string; readonly amountMinor: number; readonly account: string },
  ): { readonly code: string } | null
  /** False when no code is on offer. */
  scanCode(): boolean
  /** Settles when the line is really cut or back. */
  setFaults(change: FaultChange): Promise<void>
  ledger(): readonly LedgerEntry[]
  mapAddress(publicBase: string, loopbackUrl: string): void
  /** What the shop would type into the provider's web page as the address for reports; null takes it out. */
  setReportUrl(provider: string, url: string | null): void
  close(): Promise<void>
}

interface Mount {
  readonly provider: string
  readonly simulator: Simulator
}

/**
 * Starts the simulated world on loopback with every registered provider at `/<provider id>`. Connections are made to
 * this machine only. `GET /_practice/ledger` answers all that happened, as JSON.
 * @throws what the operating system says when the port is taken.
 */
export async function createSimulatorHost(options: SimulatorHostOptions): Promise<SimulatorHost> {
  const { clock, random } = options
  const http = createHttpClient()
  const reports = new Map<string, string | null>()
  let faults: Faults = noFaults
  const owned = createWorld({
    clock,
    random,
    http,
    timeScale: options.timeScale ?? 1,
    autoAnswer: options.autoAnswer ?? 'none',
    promptWaitMs: options.promptWaitMs ?? null,
    publicAddresses: options.publicAddresses ?? {},
    faults: () => faults,
    reportUrl: (provider) =>
      reports.get(provider) ??
      (options.callbackBase === undefined || reports.has(provider)
        ? null
        : `${options.callbackBase}/${provider}`),
  })
  const mounts = await mountAll(owned)
  const listener = await createListener(
    serve(owned, mounts, () => faults),
    options.port ?? 0,
    clock,
  )
  const url = `http://127.0.0.1:${listener.port}`
  // Cutting and joining the line take turns.
  let line: Promise<void> = Promise.resolve()

  return {
    url,
    accounts: () =>
      mounts.map(({ provider, simulator }) => ({
        provider,
        baseUrl: `${url}/${provider}`,
        ...simulator.practiceAccount,
      })),
    snapshot: () => ({
      phones: owned.phones.all().map(showHandset),
      shown: owned.shown(),
      faults,
      canScan: owned.canScan(),
    }),
    subscribe: owned.subscribe,
    showPhone: owned.show,
    answerPrompt: owned.answer,
    setBalance: owned.setBalance,
    payByHand: (provider, payment) =>
      mounts.find((mount) => mount.provider === provider)?.simulator.customerPays?.(payment) ?? null,
    scanCode: owned.scan,
    setFaults(change) {
      faults = {
        line: change.line ?? faults.line,
        providers: change.providers ?? faults.providers,
        callback: change.callback ?? faults.callback,
        printer: change.printer ?? faults.printer,
      }
      owned.changed()
      line = line.then(() => (faults.line === 'off' ? listener.shut() : listener.open()))
      return line
    },
    ledger: owned.ledger.entries,
    mapAddress: owned.callbacks.map,
    setReportUrl: (provider, address) => {
      reports.set(provider, address)
    },
    async close() {
      await line
      owned.close()
      await http.close()
      await listener.shut()
    },
  }
}

function mountAll(owned: OwnedWorld): Promise<Mount[]> {
  return Promise.all(
    registry.map(async ({ declaration, simulator }) => {
      const create = await simulator()
      return { provider: declaration.id, simulator: create(owned.world) }
    }),
  )
}

function serve(owned: OwnedWorld, mounts: readonly Mount[], faults: () => Faults) {
  const byName = new Map(mounts.map((mount) => [mount.provider, mount]))
  return (incoming: IncomingMessage, response: ServerResponse) => {
    response.on('error', () => undefined)
    const path = incoming.url ?? '/'
    if (path === '/_practice/ledger') {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(owned.ledger.entries()))
      return
    }
    const mount = byName.get(path.split(/[/?]/)[1] ?? '')
    if (mount === undefined) {
      response.writeHead(404).end()
      return
    }
    answerRequest({ world: owned.world, faults }, mount, incoming, response).catch(() => response.destroy())
  }
}
