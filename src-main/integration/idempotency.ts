import { createHash } from 'node:crypto'
import { and, eq, inArray } from 'drizzle-orm'
import type { Database, Reader, Transaction } from '../database/open.ts'
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
 * The id of what this key made, or null while it made nothing: so that work which cannot stand in the transaction of
 * `once` is not done for a repetition.
 * @throws KauntaError IDEMPOTENCY_KEY_REUSED when the key came before with another body
 */
export function findPrevious({ database }: { readonly database: Database }, asked: Asked): string | null {
  return findMade(database.read.orm, asked, digestOf(asked))
}

function findMade(orm: Reader['orm'], { apiKeyId, key }: Asked, digest: string): string | null {
  // In quotes it is the same key; an earlier version of this program kept the quotes.
  const known = orm
    .select()
    .from(idempotency)
    .where(and(eq(idempotency.apiKeyId, apiKeyId), inArray(idempotency.key, [key, `"${key}"`])))
    .all()
  if (known.length === 0) return null
  const same = known.find((row) => row.digest === digest)
  if (same === undefined) throw new KauntaError('IDEMPOTENCY_KEY_REUSED', { field: 'idempotency-key' })
  return same.subjectId
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
  const digest = digestOf(asked)
  return database.transact((tx) => {
    const known = findMade(tx.orm, asked, digest)
    if (known !== null) return known
    const id = random.id()
    make(tx, id)
    tx.orm
      .insert(idempotency)
      .values({ apiKeyId: asked.apiKeyId, key: asked.key, digest, subjectId: id, at: tx.now })
      .run()
    return id
  })
}

function digestOf({ operation, body }: Asked): string {
  return createHash('sha256')
    .update(`${operation}\n${canonical(body)}`)
    .digest('hex')
}

/** The same text for the same value, in whatever order its keys came. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`
}
