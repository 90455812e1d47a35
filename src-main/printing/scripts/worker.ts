import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type MessagePort, workerData } from 'node:worker_threads'
import { initWasm, pictureOfLine } from './picture-of-line.ts'
import { runsOf, type ScriptLine } from './script-line.ts'

/** A line that is asked for. */
export interface Question {
  readonly line: ScriptLine
  readonly zoom: number
}

/** What the thread is started with. */
export interface WorkerStart {
  readonly port: MessagePort
  /** Set to 1 when an answer lies in the port. */
  readonly done: Int32Array<SharedArrayBuffer>
  /** Folder of the fonts. */
  readonly fonts: string
}

const { port, done, fonts }: WorkerStart = workerData
const ready = initWasm(
  readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')),
)
const loaded = new Map<string, Uint8Array>()

/** Of the words beside those in another script. */
const latin = 'NotoSans-Regular.ttf'

function font(name: string): Uint8Array {
  const known = loaded.get(name) ?? readFileSync(join(fonts, name))
  loaded.set(name, known)
  return known
}

port.on('message', async ({ line, zoom }: Question) => {
  let answer: ReturnType<typeof pictureOfLine> | null = null
  try {
    await ready
    const files = line.pieces.flatMap(({ text }) => (runsOf(text) ?? []).map((run) => run.font.file))
    answer = pictureOfLine(line, zoom, [...new Set([latin, ...files])].map(font))
  } catch {
    // The line is printed with question marks: a paper is worth more than one name on it.
  }
  port.postMessage(answer)
  Atomics.store(done, 0, 1)
  Atomics.notify(done, 0)
})
