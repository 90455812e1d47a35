import { createHash, timingSafeEqual } from 'node:crypto'
import { asc, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { AccountRow, Accounts } from '../accounts/service.ts'
import type { Database, Transaction } from '../database/open.ts'
import type { Clock, Stop } from '../ports.ts'
import type { RawCallback } from '../providers/provider.ts'
import { callback } from './tables.ts'

/** What a room answers to a callback: was it readable and of ours? `note` stays with the raw request. */
export interface Handled {
  readonly used: boolean
  readonly note: string | null
}

export interface CallbackReply {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

/** Reads one request in the caller's transaction; may run again for the same request after a crash. */
export type Handle = (tx: Transaction, raw: RawCallback, subject: string | null) => Handled

/** A room that understands callbacks of some providers. */
export interface CallbackReader {
  /** What the provider expects in answer; the same for the same request. */
  acknowledge(raw: RawCallback): CallbackReply
  /** Fetches what reading needs (keys from the keychain); null while that cannot be had: the request waits, stored. */
  ready(account: AccountRow): Promise<Handle | null>
}

export interface Callbacks {
  /**
   * Takes a raw request from whoever carries it (the loopback listener, later a relay): stored first, in its own commit,
   * then answered as the provider expects, and processed in the order of arrival. 404 for a path that is not ours, 429
   * for more than a provider ever sends; neither is processed.
   */
  receive(raw: RawCallback): CallbackReply
  /** Keeps what was read by asking (long poll) as evidence, in the caller's transaction. */
  keep(tx: Transaction, accountId: string, raw: RawCallback, used: boolean): void
  /** Processes what was stored and not processed: by the last process, or while the keychain was locked. */
  recover(): void
}

export interface CallbacksDeps {
  readonly database: Database
  readonly clock: Clock
  readonly accounts: Accounts
  /** The room that reads callbacks of this account, if any. */
  readonly readerOf: (account: AccountRow) => CallbackReader | null
  readonly onFault: (what: string, error: unknown) => void
}

/** After the secret: the payment or transfer that is meant, and a word that the adapter added (`/validation`). */
const pathPattern = /^\/callbacks\/([0-9a-f-]{36})\/([\w-]{16,64})(?:\/([0-9a-f-]{36}))?(?:\/[a-z]{1,20})?$/
const notOurs: CallbackReply = { status: 404, contentType: 'text/plain; charset=utf-8', body: 'not found' }
const tooMany: CallbackReply = { status: 429, contentType: 'text/plain; charset=utf-8', body: 'slow down' }

/** Far above what a network sends one shop, and a flood all the same. */
const perSecond = { account: 1_500, stranger: 10 } as const
/** Milliseconds until what waits for a keychain is tried again. */
const againMs = 30_000
/** Requests between two looks at the rest of the world. */
const batch = 16

export function createCallbacks({ database, clock, accounts, readerOf, onFault }: CallbacksDeps): Callbacks {
  const { orm } = database.read
  const gates = new Map<string, Gate>()
  const waiting: number[] = []
  let draining = false
  let again: Stop = () => {}

  const insert = (
    tx: Transaction,
    accountId: string | null,
    raw: RawCallback,
    state: 'stored' | 'processed' | 'refused',
  ) => {
    const digest = createHash('sha256').update(`${raw.path}\n${raw.body}`).digest('hex')
    return tx.orm
      .insert(callback)
      .values({
        accountId,
        receivedAt: tx.now,
        method: raw.method,
        path: raw.path,
        headers: JSON.stringify(raw.headers),
        body: raw.body,
        digest,
        state,
      })
      .returning({ id: callback.id, digest: callback.digest })
      .get()
  }

  const ownerOf = (path: string): { account: AccountRow; subject: string | null } | null => {
    const match = pathPattern.exec(path)
    if (match === null) return null
    const [, id = '', secret = '', subject = null] = match
    try {
      const account = accounts.get(id)
      return same(secret, account.callbackSecret) ? { account, subject } : null
    } catch {
      return null
    }
  }

  const admits = (owner: string | null): boolean => {
    const key = owner ?? ''
    const gate = gates.get(key) ?? createGate(clock, owner === null ? perSecond.stranger : perSecond.account)
    gates.set(key, gate)
    return gate()
  }

  const finish = (tx: Transaction, id: number, { used, note }: Handled): void => {
    tx.orm
      .update(callback)
      .set({ state: used ? 'processed' : 'refused', note })
      .where(eq(callback.id, id))
      .run()
  }

  /** @returns false when it must wait, stored */
  async function process(id: number): Promise<boolean> {
    const row = orm.select().from(callback).where(eq(callback.id, id)).get()
    if (row?.state !== 'stored') return true
    const owner = ownerOf(row.path)
    const reader = owner === null ? null : readerOf(owner.account)
    if (owner === null || reader === null) {
      database.transact((tx) => finish(tx, id, { used: false, note: 'no reader for this address' }))
      return true
    }
    const handle = await reader.ready(owner.account)
    if (!database.connection.open) return true
    if (handle === null) return false
    const headers = z.record(z.string(), z.string()).catch({}).parse(JSON.parse(row.headers))
    const raw = { method: row.method, path: row.path, headers, body: row.body }
    database.transact((tx) => finish(tx, id, handle(tx, raw, owner.subject)))
    return true
  }

  async function drain(): Promise<void> {
    if (draining) return
    draining = true
    for (let done = 1; waiting.length > 0 && database.connection.open; done += 1) {
      const id = waiting.shift() ?? 0
      // Stored: the next start takes it up again. The provider need not know.
      const settled = await process(id).catch((error: unknown) => {
        onFault('processing a callback', error)
        return true
      })
      if (!settled) waitForKeychain()
      if (done % batch === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    draining = false
  }

  function waitForKeychain(): void {
    again()
    again = clock.after(againMs, () => recover())
  }

  function recover(): void {
    if (!database.connection.open) return
    const stored = orm
      .select({ id: callback.id })
      .from(callback)
      // Spelt out: SQLite uses a partial index only where it can read its condition.
      .where(sql`${callback.state} = 'stored'`)
      .orderBy(asc(callback.id))
      .all()
    waiting.push(...stored.map(({ id }) => id).filter((id) => !waiting.includes(id)))
    void drain()
  }

  return {
    receive(raw) {
      const owner = ownerOf(raw.path)
      const reader = owner === null ? null : readerOf(owner.account)
      if (!admits(owner?.account.id ?? null)) return tooMany
      // A stranger's bytes are kept for the manager, but not his unbounded headers.
      const { id } = database.transact((tx) =>
        insert(
          tx,
          owner?.account.id ?? null,
          owner === null ? { ...raw, headers: {} } : raw,
          owner === null ? 'refused' : 'stored',
        ),
      )
      if (owner === null || reader === null) return notOurs
      waiting.push(id)
      void drain()
      return reader.acknowledge(raw)
    },
    keep: (tx, accountId, raw, used) => {
      insert(tx, accountId, raw, used ? 'processed' : 'refused')
    },
    recover,
  }
}

type Gate = () => boolean

/** Lets so many a second pass, and as many at once. */
function createGate(clock: Clock, rate: number): Gate {
  let left = rate
  let at = clock.monotonic()
  return () => {
    const now = clock.monotonic()
    left = Math.min(rate, left + ((now - at) * rate) / 1_000)
    at = now
    if (left < 1) return false
    left -= 1
    return true
  }
}

function same(a: string, b: string): boolean {
  const left = createHash('sha256').update(a).digest()
  const right = createHash('sha256').update(b).digest()
  return timingSafeEqual(left, right)
}
