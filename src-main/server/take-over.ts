import { spawn } from 'node:child_process'
import { z } from 'zod'
import type { Secrets } from './session.ts'

/**
 * What a run that met a fault hands to the one that takes its place, in the environment, which other users cannot
 * read: the same ports, and the secrets by which the open page goes on.
 */
const handOverSchema = z.object({
  port: z.int(),
  callbackPort: z.int(),
  secrets: z.object({ cookie: z.string(), page: z.string() }),
})
export interface HandOver extends z.infer<typeof handOverSchema> {
  readonly secrets: Secrets
}

const variable = 'KAUNTA_TAKES_OVER'

/** What the run before left to this one; null for an ordinary start. Taken out, so that no child of ours gets it. */
export function readHandOver(environment: NodeJS.ProcessEnv): HandOver | null {
  const text = environment[variable]
  delete environment[variable]
  return text === undefined ? null : handOverSchema.parse(JSON.parse(text))
}

/**
 * Starts the program anew with the same arguments, and ends as that one ends. This process stays as its shell, so that
 * the terminal, or whatever started it, goes on watching the same program.
 */
export function startAgain(handOver: HandOver): void {
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: 'inherit',
    env: { ...process.env, [variable]: JSON.stringify(handOver) },
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.removeAllListeners(signal)
    process.on(signal, () => child.kill(signal))
  }
  child.on('error', () => process.exit(1))
  child.on('exit', (code) => process.exit(code ?? 1))
}
