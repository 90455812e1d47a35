import { createHash } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import type { Database, Transaction } from '../database/open.ts'
import type { Randomness } from '../ports.ts'
import { KauntaError } from '../problem.ts'
import { idempotency } from './tables.ts'

export interface Asked {
  readonly apiKeyId: string
  /** The caller's Idempotency-Key. */
  readonly key: string
  /** What is asked, as a name: the same key for another operation is another request. */
  readonly operation: string
  readonly body: unknown
}

/**
 * Does what is asked once per key: the key and what it made commit together, so that a repetition after any failure
 * finds both or neither.
 * @param make makes the thing with the id it is given
 * @returns the id of what was made, now or the first time
 * @throws KauntaError IDEMPOTENCY_KEY_REUSED when the key came before with another body
 */
export function once(
  { database, random }: { readonly database: Database; readonly random: Randomness },
  asked: Asked,
  make: (tx: Transaction, id: string) => void,
): string {
  const digest = createHash('sha256')
    .update(`${asked.operation}\n${canonical(asked.body)}`)
    .digest('hex')
  return database.transact((tx) => {
    const known = tx.orm
      .select()
      .from(idempotency)
      .where(and(eq(idempotency.apiKeyId, asked.apiKeyId), eq(idempotency.key, asked.key)))
      .get()
    if (known !== undefined) {
      if (known.digest !== digest)
        throw new KauntaError('IDEMPOTENCY_KEY_REUSED', { field: 'idempotency-key' })
      return known.subjectId
    }
    const id = random.id()
    make(tx, id)
    tx.orm
      .insert(idempotency)
      .values({ apiKeyId: asked.apiKeyId, key: asked.key, digest, subjectId: id, at: tx.now })
      .run()
    return id
  })
}

/** The same text for the same value, in whatever order its keys came. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`
}
