import { createHash, timingSafeEqual } from 'node:crypto'
import { and, asc, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { AccountRow, Accounts } from '../accounts/service.ts'
import type { Database, Transaction } from '../database/open.ts'
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

/** A room that understands callbacks of some providers. */
export interface CallbackReader {
  /** Must be synchronous and may run again for the same request after a crash. `subject`: what follows the secret in the path. */
  handle(tx: Transaction, account: AccountRow, raw: RawCallback, subject: string | null): Handled
  /** What the provider expects in answer. */
  readonly reply: CallbackReply
}

export interface Callbacks {
  /**
   * Takes a raw request from whoever carries it (the loopback listener, later a relay): stored first, in its own commit,
   * then processed. Answers what the provider expects; 404 for a path that is not ours, stored and marked all the same.
   */
  receive(raw: RawCallback): CallbackReply
  /** Keeps what was read by asking (long poll) as evidence, in the caller's transaction. */
  keep(tx: Transaction, accountId: string, raw: RawCallback, used: boolean): void
  /** Processes what was stored when the last process ended. */
  recover(): void
}

export interface CallbacksDeps {
  readonly database: Database
  readonly accounts: Accounts
  /** The room that reads callbacks of this account, if any. */
  readonly readerOf: (account: AccountRow) => CallbackReader | null
  readonly onFault: (what: string, error: unknown) => void
}

const pathPattern = /^\/callbacks\/([0-9a-f-]{36})\/([\w-]{16,64})(?:\/([0-9a-f-]{36}))?$/
const notOurs: CallbackReply = { status: 404, contentType: 'text/plain; charset=utf-8', body: 'not found' }

export function createCallbacks({ database, accounts, readerOf, onFault }: CallbacksDeps): Callbacks {
  const { orm } = database.read

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

  const process = (id: number, raw: RawCallback): void => {
    const owner = ownerOf(raw.path)
    const reader = owner === null ? null : readerOf(owner.account)
    database.transact((tx) => {
      const { used, note } =
        owner === null || reader === null
          ? { used: false, note: 'no reader for this address' }
          : reader.handle(tx, owner.account, raw, owner.subject)
      tx.orm
        .update(callback)
        .set({ state: used ? 'processed' : 'refused', note })
        .where(eq(callback.id, id))
        .run()
    })
  }

  return {
    receive(raw) {
      const owner = ownerOf(raw.path)
      const reader = owner === null ? null : readerOf(owner.account)
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
      try {
        process(id, raw)
      } catch (error) {
        // Stored: the next start takes it up again. The provider need not know.
        onFault('processing a callback', error)
      }
      return reader.reply
    },
    keep: (tx, accountId, raw, used) => {
      insert(tx, accountId, raw, used ? 'processed' : 'refused')
    },
    recover() {
      const waiting = orm
        .select()
        .from(callback)
        .where(and(eq(callback.state, 'stored')))
        .orderBy(asc(callback.id))
        .all()
      for (const row of waiting) {
        const headers = z.record(z.string(), z.string()).catch({}).parse(JSON.parse(row.headers))
        try {
          process(row.id, { method: row.method, path: row.path, headers, body: row.body })
        } catch (error) {
          onFault('processing a stored callback', error)
        }
      }
    },
  }
}

function same(a: string, b: string): boolean {
  const left = createHash('sha256').update(a).digest()
  const right = createHash('sha256').update(b).digest()
  return timingSafeEqual(left, right)
}
