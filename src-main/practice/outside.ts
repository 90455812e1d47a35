import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import type { StartedPractice } from './start.ts'

const worldSchema = z.object({
  simulatorUrl: z.url(),
  publicAddress: z.url(),
  accounts: z.array(
    z.object({
      provider: z.string(),
      baseUrl: z.url(),
      settings: z.record(z.string(), z.union([z.string(), z.number()])),
      secrets: z.record(z.string(), z.string()),
    }),
  ),
  printerAddress: z.object({ host: z.string(), port: z.int() }),
  /** A till that repeats a request after a crash must still be the same caller: idempotency keys are kept per API key. */
  apiKey: z
    .string()
    .regex(/^[\w-]{20,200}$/)
    .nullable()
    .default(null),
})

/**
 * A world that another process simulates, so that it outlives this one: what crash tests and second screens need.
 * @param file JSON of the world; where callbacks go is written beside it, as `<file>.callbacks`
 */
export function readWorld(file: string): StartedPractice {
  const world = worldSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  return {
    ...world,
    room: null,
    callbacksAt(loopbackUrl, pathOf) {
      const paths = Object.fromEntries(world.accounts.map(({ provider }) => [provider, pathOf(provider)]))
      writeFileSync(`${file}.callbacks`, JSON.stringify({ loopbackUrl, paths }))
    },
    close: () => Promise.resolve(),
  }
}
