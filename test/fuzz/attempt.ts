import { connect, type Socket } from 'node:net'
import type { Chance } from '../fixtures/chance.ts'
import type { Conversation, Step } from './conversations.ts'

/** Milliseconds for which one try waits for an answer that need not come. */
const patienceMs = 40

/** How a connection ends. */
const ends = ['reset', 'reset', 'destroy', 'half', 'stay'] as const

/**
 * Has one conversation with a door and breaks it off: at any byte, at any moment, in any way. Never throws: whatever
 * the door does to this connection is its right.
 */
export async function attempt({ port, steps }: Conversation, chance: Chance): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true })
  const gone = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  socket.on('error', () => {})
  socket.on('data', () => {})
  const total = steps.reduce((sum, step) => sum + (step === 'answer' ? 0 : step.length), 0)
  // A third goes through to its end; the others are cut at one of their bytes, or before the first.
  let left = chance.hits(0.33) ? Number.POSITIVE_INFINITY : Math.floor(chance.upTo(total + 1))
  const end = chance.pick(ends)
  if (chance.hits(0.03)) left = -1
  else await Promise.race([new Promise<void>((resolve) => socket.once('connect', () => resolve())), gone])
  for (const step of steps) {
    if (left <= 0 || socket.destroyed) break
    left = await take(socket, step, left, chance, gone)
  }
  await finish(socket, end, gone)
}

async function take(
  socket: Socket,
  step: Step,
  left: number,
  chance: Chance,
  gone: Promise<void>,
): Promise<number> {
  if (step === 'answer') {
    const answer = new Promise<void>((resolve) => socket.once('data', () => resolve()))
    await within(Promise.race([answer, gone]), chance.hits(0.5) ? patienceMs : 0)
    return left
  }
  const bytes = step.subarray(0, Math.min(step.length, left))
  // In one piece, or in two that arrive apart.
  const at = chance.hits(0.3) ? Math.floor(chance.upTo(bytes.length)) : 0
  if (at > 0) {
    socket.write(bytes.subarray(0, at))
    await new Promise((resolve) => setImmediate(resolve))
  }
  if (!socket.destroyed) socket.write(bytes.subarray(at))
  return left - bytes.length
}

async function finish(socket: Socket, end: (typeof ends)[number], gone: Promise<void>): Promise<void> {
  if (end === 'half') socket.end()
  if (end === 'half' || end === 'stay') await within(gone, patienceMs)
  if (end === 'destroy') socket.destroy()
  else socket.resetAndDestroy()
  await within(gone, 1_000)
}

/** Waits for it, at most so long. */
async function within(what: Promise<void>, ms: number): Promise<void> {
  let stop: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    stop = setTimeout(resolve, ms)
  })
  await Promise.race([what, late])
  clearTimeout(stop)
}
