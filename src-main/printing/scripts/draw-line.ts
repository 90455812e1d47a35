import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'
import type { OneBitImage } from '../documents/document.ts'
import { runsOf, type ScriptLine } from './script-line.ts'
import type { Question, WorkerStart } from './worker.ts'

/** Draws a line that no code table holds; null where that is not possible, and question marks stand for it. */
export type DrawLine = (line: ScriptLine, zoom: number) => OneBitImage | null

/** The first one starts a thread and reads the fonts; on a slow machine with a full disk that takes its time. */
const patienceMs = 10_000
/** The shop's name and its customers' come again and again. */
const keptLines = 300

interface Thread {
  readonly port: MessagePort
  readonly done: Int32Array<SharedArrayBuffer>
}

/** Beside this file in the source; in the built program beside its chunks. */
function found(...candidates: readonly string[]): URL {
  const places = candidates.map((one) => new URL(one, import.meta.url))
  const [place] = places.filter((one) => existsSync(one))
  if (place === undefined) throw new Error(`none of ${candidates.join(', ')} is there`)
  return place
}

function start(onEnd: () => void): Thread {
  const { port1: port, port2 } = new MessageChannel()
  const done = new Int32Array(new SharedArrayBuffer(4))
  const fonts = fileURLToPath(found('../../../resources/fonts/', '../../resources/fonts/'))
  const workerData: WorkerStart = { port: port2, done: done.buffer, fonts }
  const worker = new Worker(found('./worker.ts', './script-worker.js', '../script-worker.js'), {
    workerData,
    transferList: [port2],
  })
  // Its end is no end of the program: what it does not answer is printed without it.
  worker.on('error', onEnd)
  worker.unref()
  port.unref()
  return { port, done }
}

function isImage(message: unknown): message is OneBitImage {
  return typeof message === 'object' && message !== null && 'bits' in message
}

function asked({ port, done }: Thread, question: Question): OneBitImage | null {
  Atomics.store(done, 0, 0)
  port.postMessage(question)
  if (Atomics.wait(done, 0, 0, patienceMs) === 'timed-out') throw new Error('the thread gave no answer')
  const message: unknown = receiveMessageOnPort(port)?.message
  return isImage(message) ? message : null
}

/**
 * Draws on a thread of its own and waits for it, some ten milliseconds a line: papers are made within the transaction
 * that wants them. The thread, its fonts and what draws them are loaded with the first such line.
 */
export function createDrawLine(): DrawLine {
  let thread: Thread | null = null
  let broken = false
  const kept = new Map<string, OneBitImage>()
  const keep = (key: string, image: OneBitImage): OneBitImage => {
    const [oldest] = kept.keys()
    if (kept.size >= keptLines && oldest !== undefined) kept.delete(oldest)
    kept.set(key, image)
    return image
  }
  return (line, zoom) => {
    if (line.pieces.every(({ text }) => runsOf(text) === null)) return null
    const key = JSON.stringify([line, zoom])
    const known = kept.get(key)
    if (known !== undefined || broken) return known ?? null
    try {
      thread ??= start(() => {
        broken = true
      })
      const image = asked(thread, { line, zoom })
      return image === null ? null : keep(key, image)
    } catch {
      // Whatever it is will not be better at the next line, and a till must not wait for it each time.
      broken = true
      return null
    }
  }
}
