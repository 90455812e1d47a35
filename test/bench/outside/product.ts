import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'

const server = join(import.meta.dirname, '../../../out/main/server.js')

/** The built product as a process of its own. */
export interface Product {
  readonly pid: number
  /** Settles once it has printed where it is. */
  readonly ready: Promise<{ readonly url: string; readonly apiUrl: string; readonly apiKey: string }>
  end(): Promise<void>
}

const readySchema = z.object({ url: z.url(), apiUrl: z.url(), apiKey: z.string() })

export function startProduct(dataFolder: string, worldFile: string, given: readonly string[] = []): Product {
  if (!existsSync(server)) throw new Error('out/main/server.js is missing: run npm run build first')
  const child = spawn(
    process.execPath,
    [
      '--max-semi-space-size=1',
      server,
      '--practice',
      '--port',
      '0',
      '--data',
      dataFolder,
      '--world',
      worldFile,
      ...given,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const ready = new Promise<z.infer<typeof readySchema>>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) => {
      try {
        resolve(readySchema.parse(JSON.parse(line)))
      } catch (error) {
        reject(new Error(`not understood: ${line}`, { cause: error }))
      }
    })
    child.once('exit', (code) => reject(new Error(`the product ended with ${String(code)}`)))
  })
  // Whoever only waits for the first dispatch does not wait for this.
  ready.catch(() => {})
  // A bench that is stopped leaves no till behind.
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  void ended.then(() => process.off('exit', kill))
  if (child.pid === undefined) throw new Error('the product did not start')
  return {
    pid: child.pid,
    ready,
    async end() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
