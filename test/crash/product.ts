import { type ChildProcess, spawn } from 'node:child_process'
import { z } from 'zod'

/** The JSON line that the browser door prints once it serves. */
const startLineSchema = z.object({ url: z.url(), apiUrl: z.url(), apiKey: z.string() })
export type StartLine = z.infer<typeof startLineSchema>

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly errors: string
}

export interface Product {
  /** Null when it ended before it served. */
  readonly started: Promise<StartLine | null>
  readonly ended: Promise<Ended>
  /** SIGKILL: no handler, no flush, nothing. */
  kill(): void
  /** SIGTERM: end in order. */
  end(): Promise<Ended>
}

export interface ProductOptions {
  /** The built server.js. */
  readonly script: string
  readonly dataFolder: string
  /** The world file; null: the world that the product brings. */
  readonly world: string | null
  readonly timeScale: number
}

/** Starts the built product as its own process, the way a shop's computer does. */
export function startProduct({ script, dataFolder, world, timeScale }: ProductOptions): Product {
  const given = ['--practice', '--port', '0', '--data', dataFolder, '--time-scale', String(timeScale)]
  const child = spawn(process.execPath, [script, ...given, ...(world === null ? [] : ['--world', world])], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = endOf(child)
  return {
    started: Promise.race([firstLine(child), ended.then(() => null)]),
    ended,
    kill: () => {
      child.kill('SIGKILL')
    },
    end: () => {
      child.kill('SIGTERM')
      return ended
    },
  }
}

function endOf(child: ChildProcess): Promise<Ended> {
  let errors = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code, signal, errors }))
  })
}

function firstLine(child: ChildProcess): Promise<StartLine> {
  let text = ''
  return new Promise((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
      text += piece
      const end = text.indexOf('\n')
      if (end === -1) return
      const parsed = startLineSchema.safeParse(JSON.parse(text.slice(0, end)))
      if (parsed.success) resolve(parsed.data)
      else reject(parsed.error)
    })
  })
}
