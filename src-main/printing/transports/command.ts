import { type ChildProcess, spawn } from 'node:child_process'
import type { Clock } from '../../ports.ts'
import { describe } from './line.ts'

/** How a program of the system ended. `code` is null when it could not be started or was stopped. */
export interface Ran {
  readonly code: number | null
  readonly out: string
  /** Its complaints, or why it did not run to its end. */
  readonly complaint: string
}

/** Enough for a list of printers; a program that says more is stopped. */
const longestOutput = 256 * 1024

/** The program at work, or why it could not be started. Without free descriptors it has no pipes, and fails later. */
function start(file: string, argv: readonly string[]): ChildProcess | string {
  try {
    return spawn(file, argv, { windowsHide: true })
  } catch (error) {
    return describe(error)
  }
}

/**
 * Runs a program of the system in its plain language, bounded in time and output. Never rejects.
 * @param input bytes for its standard input
 */
export function runCommand(
  program: string,
  arguments_: readonly string[],
  options: {
    readonly clock: Clock
    /** Milliseconds. */
    readonly timeoutMs: number
    readonly signal?: AbortSignal | undefined
    readonly input?: Uint8Array
  },
): Promise<Ran> {
  const { clock, timeoutMs, signal, input } = options
  if (signal?.aborted === true) return Promise.resolve({ code: null, out: '', complaint: 'cancelled' })
  return new Promise((resolve) => {
    // `env` sets the language without this program having to hand on a whole environment.
    const [file, argv] =
      process.platform === 'win32'
        ? [program, [...arguments_]]
        : ['env', ['LC_ALL=C', program, ...arguments_]]
    const child = start(file, argv)
    if (typeof child === 'string') return resolve({ code: null, out: '', complaint: child })
    let out = ''
    let complaint = ''
    let stopped: string | null = null
    const stop = (why: string) => {
      stopped ??= why
      child.kill('SIGKILL')
    }
    const finish = (code: number | null, failed: string | null) => {
      stopTimer()
      signal?.removeEventListener('abort', onAbort)
      const why = stopped ?? failed
      resolve({ code: why === null ? code : null, out, complaint: why ?? complaint.trim() })
    }
    const onAbort = () => stop('cancelled')
    const stopTimer = clock.after(timeoutMs, () => stop(`${program} did not end within ${timeoutMs} ms`))
    signal?.addEventListener('abort', onAbort, { once: true })
    child.stdout?.on('data', (bytes: Buffer) => {
      out += bytes.toString()
      if (out.length > longestOutput) stop(`${program} says too much`)
    })
    child.stderr?.on('data', (bytes: Buffer) => {
      complaint = (complaint + bytes.toString()).slice(-2_000)
    })
    child.stdin?.on('error', () => {})
    child.on('error', (error) => finish(null, describe(error)))
    child.on('close', (code) => finish(code, null))
    child.stdin?.end(input)
  })
}

/** True when the program is not on this machine. */
export function isMissing(ran: Ran): boolean {
  return ran.code === 127 || (ran.code === null && ran.complaint.includes('ENOENT'))
}
