import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import Engine from 'better-sqlite3'
import { v7 } from 'uuid'
import { type Figure, figureOf } from '../figures.ts'
import { startProduct } from './product.ts'
import { type BenchWorld, createBenchWorld } from './world.ts'

const runs = 9
const memoryRuns = 3
/** The whole-file check begins a second after the start, on a thread of its own, and is over by then. */
const settledMs = 8_000

/**
 * Process start to first dispatch, seen from the provider, and the process's memory, with a million finished effects.
 * @param fill adds them to the file named
 */
export async function measureStart(
  folder: string,
  fill: (file: string) => Promise<void>,
): Promise<readonly Figure[]> {
  const data = join(folder, 'start')
  mkdirSync(data, { recursive: true })
  const world = await createBenchWorld(data)
  try {
    // The product makes its own file, so that account, shop and printer are what they are in a shop.
    const first = startProduct(data, world.file)
    await first.ready
    await first.end()
    const file = join(data, 'practice/kaunta.db')
    await fill(file)
    const starts: number[] = []
    const memory: number[] = []
    for (let run = 0; run < runs; run += 1) {
      addDue(file)
      const settle = run < memoryRuns ? settledMs : 0
      const { startMs, megabytes } = await startOnce(data, world, settle)
      starts.push(startMs)
      if (settle > 0) memory.push(megabytes)
    }
    return [figureOf('start.ms@1e6', 'ms', starts), figureOf('memory.mb@1e6', 'MB', memory)]
  } finally {
    await world.close()
  }
}

async function startOnce(data: string, world: BenchWorld, settle: number) {
  const arrived = new Promise<number>((resolve) => world.onMessage(() => resolve(performance.now())))
  const from = performance.now()
  const product = startProduct(data, world.file)
  try {
    const startMs = (await Promise.race([arrived, product.ready.then(() => arrived)])) - from
    await product.ready
    await new Promise((resolve) => setTimeout(resolve, settle))
    return { startMs, megabytes: residentMegabytes(product.pid) }
  } finally {
    await product.end()
  }
}

/** A receipt that was wanted when the till was switched off. */
function addDue(file: string): void {
  const connection = new Engine(file)
  const account = connection.prepare<[], string>('SELECT id FROM account').pluck().get()
  const [id, now] = [v7(), Date.now()]
  connection.transaction(() => {
    const { lastInsertRowid } = connection
      .prepare(
        `INSERT INTO effect (lane, kind, subject_id, title, state, priority, due_at, deadline_at, payload, created_at, updated_at)
         VALUES (?, 'message', ?, '0712 345 678', 'queued', 5, ?, ?, ?, ?, ?)`,
      )
      .run(`sms:${account}`, id, now, now + 86_400_000, JSON.stringify({ messageId: id }), now, now)
    connection
      .prepare(
        `INSERT INTO message (id, account_id, effect_id, channel, address, body, language, state, segments, created_at, updated_at)
         VALUES (?, ?, ?, 'sms', '+255712345678', 'Asante', 'sw', 'queued', 1, ?, ?)`,
      )
      .run(id, account, lastInsertRowid, now, now)
  })()
  connection.close()
}

function residentMegabytes(pid: number): number {
  if (process.platform === 'linux') {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return Number(kilobytes) / 1024
  }
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024
}
