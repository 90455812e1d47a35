import { eq } from 'drizzle-orm'
import type { Database } from '../database/open.ts'
import type { Clock } from '../ports.ts'
import { apiKey } from './tables.ts'

/** Last-used times are for people; writing one per request would cost a commit each. */
const everyMs = 60_000

/**
 * Remembers when keys were last used, and writes it later, apart from the call: a read never waits for a writer. While
 * another program holds the file nothing is written; the next use tries again.
 */
export function createLastUsed(database: Database, clock: Clock) {
  const uses = new Map<string, number>()
  let waiting = false
  const write = (): void => {
    waiting = false
    if (!database.connection.open) return
    const { connection } = database
    const patience = connection.pragma('busy_timeout', { simple: true })
    try {
      connection.pragma('busy_timeout = 0')
      database.transact((tx) => {
        for (const [id, at] of uses)
          tx.orm.update(apiKey).set({ lastUsedAt: at }).where(eq(apiKey.id, id)).run()
      })
      uses.clear()
    } catch {
      // For people only: the next use writes it.
    } finally {
      connection.pragma(`busy_timeout = ${String(patience)}`)
    }
  }
  return {
    note(id: string, written: number | null): void {
      // A time to come was written under a clock that stood ahead.
      if (Math.abs(clock.now() - (uses.get(id) ?? written ?? 0)) < everyMs) return
      uses.set(id, clock.now())
      if (!waiting) clock.after(0, write)
      waiting = true
    },
  }
}
