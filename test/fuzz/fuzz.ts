import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import Engine from 'better-sqlite3'
import { z } from 'zod'
import type { Client } from '../e2e/control.ts'
import { createChance } from '../fixtures/chance.ts'
import { letIn, openScreenSocket } from '../fixtures/let-in.ts'
import { type RunningServer, startServer } from '../fixtures/server.ts'
import { attempt } from './attempt.ts'
import { converse, type Doors } from './conversations.ts'

export interface FuzzResult {
  readonly tries: number
  readonly seconds: number
  readonly byDoor: Readonly<Record<string, number>>
  /** What went wrong, in words; empty when the doors held. */
  readonly findings: readonly string[]
}

/** Connections at once. */
const crowd = 48
/** Between two looks at whether the program lives. */
const lookEvery = 500

/**
 * Cuts, resets and misframes connections at every door of the built product, the same for the same seed, and then asks
 * whether it lives, answers, and lets a second page in.
 * @param nodeArguments for the product's Node, such as `--import` of a planted fault
 */
export async function fuzzDoors(options: {
  readonly folder: string
  readonly tries: number
  readonly seed: number
  readonly nodeArguments?: readonly string[]
  readonly onProgress?: (done: number) => void
}): Promise<FuzzResult> {
  const started = performance.now()
  const callbackPort = await freePort()
  const server = await startServer(
    { dataFolder: options.folder, nodeArguments: options.nodeArguments ?? [] },
    '--callback-port',
    String(callbackPort),
  )
  const byDoor: Record<string, number> = {}
  const findings: string[] = []
  let done = 0
  try {
    const doors = await openDoors(server, options.folder, callbackPort)
    const chance = createChance(options.seed)
    const alive = () => server.process.exitCode === null && server.process.signalCode === null
    const worker = async () => {
      while (done < options.tries && alive() && findings.length === 0) {
        done += 1
        if (done % lookEvery === 0) {
          options.onProgress?.(done)
          findings.push(...(await faultsIn(options.folder)))
        }
        const said = converse(doors, chance)
        byDoor[said.door] = (byDoor[said.door] ?? 0) + 1
        await attempt(said, chance)
      }
    }
    await Promise.all(Array.from({ length: crowd }, worker))
    if (!alive()) findings.push(`the program ended after ${done} tries: ${server.errors()}`)
    else findings.push(...(await lookAround(server, doors)))
    if (server.errors() !== '') findings.push(`standard error: ${server.errors().slice(0, 500)}`)
    findings.push(...(await faultsIn(options.folder)))
  } finally {
    await server.stop('SIGKILL')
  }
  return {
    tries: done,
    seconds: (performance.now() - started) / 1_000,
    byDoor,
    findings: [...new Set(findings)],
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => probe.once('listening', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function openDoors(server: RunningServer, folder: string, callbacks: number): Promise<Doors> {
  const held = await letIn(server.url)
  const socket = await openScreenSocket(server.origin, held)
  const client: Client = createORPCClient(new RPCLink({ websocket: socket }))
  const { id: saleId } = await client.sales.current()
  await client.sales.saveDraft({
    id: saleId,
    lines: [{ name: 'Sukari', quantityMilli: 1000, unitPriceMinor: 10_000 }],
  })
  const payment = await client.payments.raise({ saleId, phone: '0712345678' })
  socket.close()
  const file = new Engine(join(folder, 'practice', 'kaunta.db'), { readonly: true })
  const row = file.prepare('SELECT id, callback_secret AS secret FROM account LIMIT 1').get()
  file.close()
  const { id, secret } = z.object({ id: z.string(), secret: z.string() }).parse(row)
  return {
    page: Number(new URL(server.origin).port),
    callbacks,
    simulator: Number(new URL(server.simulatorUrl).port),
    printer: server.printer.port,
    held,
    apiKey: server.apiKey,
    paymentId: payment.id,
    callbackPath: `/callbacks/${id}/${secret}`,
  }
}

/** What a person would notice afterwards: the page, a second screen, the integrators' door, the others. */
async function lookAround(server: RunningServer, doors: Doors): Promise<string[]> {
  const findings: string[] = []
  const see = async (what: string, look: () => Promise<unknown>, wanted: unknown) => {
    const found = await Promise.race([
      look().catch((error: unknown) => String(error)),
      new Promise((resolve) => setTimeout(resolve, 20_000, 'no answer')),
    ])
    if (JSON.stringify(found) !== JSON.stringify(wanted))
      findings.push(`${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`)
  }
  const status = (url: string, headers: Record<string, string> = {}) =>
    fetch(url, { headers }).then((one) => one.status)
  await see('the page', () => status(server.origin, { cookie: doors.held.cookie }), 200)
  const key = { authorization: `Bearer ${doors.apiKey}` }
  await see('REST', () => status(`${server.apiUrl}/outbox`, key), 200)
  await see('the callbacks', () => status(`http://127.0.0.1:${doors.callbacks}/x`), 404)
  await see('the simulated world', () => status(`${server.simulatorUrl}/_practice/ledger`), 200)
  await see('a second screen, and that no fault was met', async () => {
    const socket = await openScreenSocket(server.origin, doors.held)
    const client: Client = createORPCClient(new RPCLink({ websocket: socket }))
    const { mode, warnings } = await client.live.status()
    socket.close()
    return [mode, warnings.map(({ en }) => en)]
  }, ['practice', []])
  return findings
}

/** Faults that the program wrote to its log. */
async function faultsIn(folder: string): Promise<string[]> {
  const text = readFileSync(join(folder, 'logs', 'kaunta.log'), 'utf8')
  return text
    .split('\n')
    .filter((line) => line.includes('"level":"error"'))
    .map((line) => line.slice(0, 1_500))
}
