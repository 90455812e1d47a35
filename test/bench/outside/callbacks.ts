import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import Engine from 'better-sqlite3'
import { createSimulatorHost, type SimulatorHost } from '../../../src-main/simulator/host.ts'
import { systemClock, systemRandomness } from '../../../src-main/system-ports.ts'
import { type Figure, figureOf, quantile } from '../figures.ts'
import { addOpenPayments, type LoadedCallback } from './callback-load.ts'
import { writeHostWorld } from './host-world.ts'
import { startProduct } from './product.ts'
import { type Sent, sentSchema } from './sender.ts'

const perSecond = 500
const seconds = 60
/** Callbacks that wait, stored, when the product starts. */
const backlog = 10_000
const patienceMs = 180_000
/** The whole-file check begins a second after the start, and is over by then. */
const settledMs = 3_000

/**
 * 500 callbacks a second for a minute from another process, each about a payment of its own, with a kill -9 in the
 * middle: how fast they are answered, and whether any that was answered is missing or unread afterwards.
 */
export async function measureCallbacks(folder: string): Promise<readonly Figure[]> {
  const data = join(folder, 'callbacks')
  mkdirSync(data, { recursive: true })
  const host = await createSimulatorHost({ clock: systemClock(), random: systemRandomness() })
  try {
    const worldFile = writeHostWorld(data, host)
    const first = startProduct(data, worldFile)
    await first.ready
    await first.end()
    const file = join(data, 'practice/kaunta.db')
    const load = addOpenPayments(file, host, perSecond * seconds, 'load')
    const { sent, downMs } = await sendThroughKill({ data, worldFile, file, load })
    const answered = sent.filter(({ status }) => status >= 200 && status < 300)
    const times = answered.map(({ ms }) => ms)
    const lost = countLost(file, answered)
    const drained = await measureDrain({ data, worldFile, file, host })
    return [
      figureOf('callbacks.rate', '1/s', [answered.length / (seconds - downMs / 1_000)]),
      { ...figureOf('callbacks.answer.p99.ms', 'ms', [quantile(times, 0.99)]), runs: times.length },
      { ...figureOf('callbacks.answer.p50.ms', 'ms', [quantile(times, 0.5)]), runs: times.length },
      { ...figureOf('callbacks.answer.max.ms', 'ms', [quantile(times, 1)]), runs: times.length },
      figureOf('callbacks.lost', '', [lost]),
      figureOf('callbacks.down.ms', 'ms', [downMs]),
      figureOf('callbacks.processed.rate', '1/s', [drained]),
    ]
  } finally {
    await host.close()
  }
}

interface Stage {
  readonly data: string
  readonly worldFile: string
  readonly file: string
}

/** @returns what the sender saw, and for how long nobody answered */
async function sendThroughKill({
  data,
  worldFile,
  file,
  load,
}: Stage & { readonly load: readonly LoadedCallback[] }): Promise<{ sent: Sent[]; downMs: number }> {
  const port = await freePort()
  const given = ['--callback-port', String(port)]
  const product = startProduct(data, worldFile, given)
  await product.ready
  await sleep(settledMs)
  const order = join(data, 'order.json')
  writeFileSync(order, JSON.stringify({ url: `http://127.0.0.1:${port}`, perSecond, callbacks: load }))
  const sending = runSender(order)
  await sleep((seconds / 2) * 1_000)
  const killedAt = performance.now()
  process.kill(product.pid, 'SIGKILL')
  const second = startProduct(data, worldFile, given)
  await second.ready
  const downMs = performance.now() - killedAt
  const sent = await sending
  await untilProcessed(file)
  await second.end()
  return { sent, downMs }
}

async function runSender(order: string): Promise<Sent[]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'sender.ts'), order], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child.stdout.setEncoding('utf8')
  let text = ''
  for await (const piece of child.stdout) text += String(piece)
  return sentSchema.parse(JSON.parse(text))
}

/** @returns milliseconds until nothing stored waits to be processed */
async function untilProcessed(file: string): Promise<void> {
  const from = performance.now()
  while (countStored(file) > 0) {
    if (performance.now() - from > patienceMs) throw new Error('stored callbacks are not processed')
    await sleep(20)
  }
}

function countStored(file: string): number {
  const connection = new Engine(file, { readonly: true })
  try {
    const count = connection.prepare<[], number>("SELECT count(*) FROM callback WHERE state = 'stored'")
    return count.pluck().get() ?? 0
  } finally {
    connection.close()
  }
}

/** Answered, and not in the file, not read, or without the effect that it must have. */
function countLost(file: string, answered: readonly Sent[]): number {
  const connection = new Engine(file, { readonly: true })
  try {
    const kept = new Set(
      connection.prepare<[], string>("SELECT digest FROM callback WHERE state = 'processed'").pluck().all(),
    )
    const missing = answered.filter(({ digest }) => !kept.has(digest)).length
    const ended = connection
      .prepare<[], number>("SELECT count(*) FROM payment WHERE state IN ('completed', 'cancelled')")
      .pluck()
      .get()
    return missing + Math.max(0, answered.length - (ended ?? 0))
  } finally {
    connection.close()
  }
}

/** Callbacks a second that are processed when so many wait, stored, at a start. */
async function measureDrain({
  data,
  worldFile,
  file,
  host,
}: Stage & { readonly host: SimulatorHost }): Promise<number> {
  storeAll(file, addOpenPayments(file, host, backlog, 'backlog'))
  const product = startProduct(data, worldFile)
  let from = performance.now()
  while (countStored(file) === backlog) {
    from = performance.now()
    await sleep(2)
  }
  await untilProcessed(file)
  const ms = performance.now() - from
  await product.end()
  return (backlog / ms) * 1_000
}

function storeAll(file: string, load: readonly LoadedCallback[]): void {
  const connection = new Engine(file)
  const insert = connection.prepare(
    `INSERT INTO callback (account_id, received_at, method, path, headers, body, digest, state)
     VALUES (?, ?, 'POST', ?, '{}', ?, ?, 'stored')`,
  )
  connection.transaction(() => {
    for (const { path, body, digest } of load) insert.run(path.split('/')[2], Date.now(), path, body, digest)
  })()
  connection.close()
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = address === null || typeof address === 'string' ? 0 : address.port
      probe.close((error) => (error === undefined ? resolve(port) : reject(error)))
    })
  })
}
