import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { MessagePort, parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { initWasm, pictureOfLine } from './picture-of-line.ts'
import { runsOf, type ScriptLine } from './script-line.ts'

/** A line that is asked for. */
export interface Question {
  readonly line: ScriptLine
  readonly zoom: number
}

/** What the thread is started with. */
export const workerStartSchema = z.object({
  port: z.instanceof(MessagePort),
  /** Four bytes, of which the first number is set to 1 when an answer lies in the port. */
  done: z.instanceof(SharedArrayBuffer),
  /** Folder of the fonts. */
  fonts: z.string(),
})
export type WorkerStart = z.infer<typeof workerStartSchema>

/** Of the words beside those in another script. */
const latin = 'NotoSans-Regular.ttf'

async function loadWasm(): Promise<void> {
  const file = createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')
  await initWasm(await readFile(file))
}

function serve({ port, fonts, done: shared }: WorkerStart): void {
  const done = new Int32Array(shared)
  const loaded = new Map<string, Uint8Array>()
  const ready = loadWasm()
  const font = (name: string): Uint8Array => {
    const known = loaded.get(name) ?? readFileSync(join(fonts, name))
    loaded.set(name, known)
    return known
  }
  const pictureFor = async ({ line, zoom }: Question) => {
    try {
      await ready
      const files = line.pieces.flatMap(({ text }) => (runsOf(text) ?? []).map((run) => run.font.file))
      return pictureOfLine(line, zoom, [...new Set([latin, ...files])].map(font))
    } catch {
      // The line is printed with question marks: a paper is worth more than one name on it.
      return null
    }
  }
  const answer = async (question: Question): Promise<void> => {
    port.postMessage(await pictureFor(question))
    Atomics.store(done, 0, 1)
    Atomics.notify(done, 0)
  }
  port.on('message', (question: Question) => {
    void answer(question)
  })
}

if (parentPort !== null) serve(workerStartSchema.parse(workerData))
