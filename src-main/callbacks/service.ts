import { createHash, timingSafeEqual } from 'node:crypto'
import { asc, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { AccountRow, Accounts } from '../accounts/service.ts'
import type { Database, Transaction } from '../database/open.ts'
import { troubleOf } from '../database/trouble.ts'
import type { Feed } from '../live/feed.ts'
import type { Clock, Stop } from '../ports.ts'
import type { RawCallback } from '../providers/provider.ts'
import { createTokenBuckets } from '../token-bucket.ts'
import { createDailyBytes, purgeCallbacks } from './intake.ts'
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

/** Does another request of this account that was answered, and is not taken in yet, hold this text? */
export type Waits = (text: string) => boolean

/** A room that understands callbacks of some providers. */
export interface CallbackReader {
  /** Lower-case names of headers that are kept besides content-type and those that begin with x-. */
  readonly headers: readonly string[]
  /** Taking this request in failed, for a reason of ours or of its own: a person must see it. Absent where nobody can act on it. */
  broken?(tx: Transaction, raw: RawCallback): void
  /** What the provider expects in answer; the same for the same request. */
  acknowledge(raw: RawCallback, waits: Waits): CallbackReply
  /** Fetches what reading needs (keys from the keychain); null while that cannot be had: the request waits, stored. */
  ready(account: AccountRow): Promise<Handle | null>
}

export interface Callbacks {
  /**
   * Takes a raw request from whoever carries it (the loopback listener, later a relay): stored first, then answered as
   * the provider expects, and processed in the order of arrival. Requests of one moment share a commit; each is answered
   * after it. 404 for a path that is not ours, 429 for more than a provider ever sends; neither is processed.
   */
  receive(raw: RawCallback): Promise<CallbackReply>
  /** Lower-case names of headers that whoever carries a request to this path hands over too. */
  headersFor(path: string): readonly string[]
  /** Keeps what was read by asking (long poll) as evidence, in the caller's transaction. */
  keep(tx: Transaction, accountId: string, raw: RawCallback, used: boolean): void
  /** Processes what was stored and not processed: by the last process, or while the keychain was locked. */
  recover(): void
  /**
   * Takes up again, in the caller's transaction, what an account sent of late about a name that meant nothing to us yet:
   * a report that overtook the reply.
   */
  readAgain(tx: Transaction, accountId: string, name: string): void
  /** Requests to no path of ours since the start. */
  strangers(): number
  /** Takes out what was read long ago, now and then. */
  purge(): void
}

export interface CallbacksDeps {
  readonly database: Database
  readonly clock: Clock
  readonly feed: Feed
  readonly accounts: Accounts
  /** The room that reads callbacks of this account, if any. */
  readonly readerOf: (account: AccountRow) => CallbackReader | null
  readonly onFault: (what: string, error: unknown) => void
}

const headersSchema = z.record(z.string(), z.string()).catch({})
/**
 * After the secret: the payment or transfer that is meant, behind it the code where one was asked about, and a word that
 * the adapter added (`/validation`).
 */
const pathPattern =
  /^\/callbacks\/([0-9a-f-]{36})\/([\w-]{16,64})(?:\/([0-9a-f-]{36}(?:-[A-Za-z0-9.]{1,40})?))?(?:\/[a-z]{1,20})?\/*$/
const notOurs: CallbackReply = { status: 404, contentType: 'text/plain; charset=utf-8', body: 'not found' }
const tooMany: CallbackReply = { status: 429, contentType: 'text/plain; charset=utf-8', body: 'slow down' }

/** Far above what a network sends one shop, and a flood all the same. */
const perSecond = { account: 1_500, stranger: 10 } as const
/** Milliseconds until what waits for a keychain is tried again. */
const againMs = 30_000
/** Requests that are read in one commit, and the milliseconds for which they may keep others waiting: less while more come. */
const batch = { rows: 64, busyMs: 4, quietMs: 20 } as const
/** How many of the latest requests are looked through for one that came before its time. */
const againRowsAtMost = 1_000
/** Turns of the event loop that a request takes from its connection to here; those on their way share a commit. */
const turns = 4

/** How often in a row those who come are let through between two batches in a flood. */
const busyRests = 4

type Row = typeof callback.$inferSelect

/** An account with the room that reads its callbacks. */
interface Owner {
  readonly account: AccountRow
  readonly reader: CallbackReader | null
}

/** Whose a path is, and whom it is about. */
interface Address {
  readonly owner: Owner
  readonly subject: string | null
}

/** A request that was let in and is not stored yet. */
interface Arrival {
  readonly raw: RawCallback
  readonly address: Address
  stored(): void
  failed(error: unknown): void
}

export function createCallbacks(deps: CallbacksDeps): Callbacks {
  const { database, clock, onFault } = deps
  const { orm } = database.read
  const addressOf = createAddresses(deps)
  const bucketOf = createTokenBuckets(clock)
  let arrivals: Arrival[] = []
  /** What is stored up to this id was looked at. */
  let seen = 0
  let fromStart = false
  let draining = false
  let busy = false
  let again: Stop = () => {}
  let strangers = 0
  const affords = createDailyBytes(clock)

  const waitsRow = database.connection.prepare(
    `SELECT 1 FROM callback WHERE state = 'stored' AND account_id = ? AND instr(body, ?) > 0 AND body <> ?`,
  )
  const waits = (address: Address | null, { body }: RawCallback, text: string): boolean =>
    address !== null && waitsRow.get(address.owner.account.id, text, body) !== undefined

  const insertRow = database.connection.prepare(
    `INSERT INTO callback (account_id, received_at, method, path, headers, body, digest, state)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const againRows = database.connection.prepare(
    `UPDATE callback SET state = 'stored', note = NULL
     WHERE id > (SELECT max(id) FROM callback) - ? AND account_id = ? AND state = 'refused' AND instr(body, ?) > 0`,
  )
  const finishRow = database.connection.prepare('UPDATE callback SET state = ?, note = ? WHERE id = ?')

  const insert = (
    tx: Transaction,
    accountId: string | null,
    { method, path, headers, body }: RawCallback,
    state: Row['state'],
  ): void => {
    const digest = createHash('sha256').update(`${path}\n${body}`).digest('hex')
    insertRow.run(accountId, tx.now, method, path, JSON.stringify(headers), body, digest, state)
  }

  const admits = (owner: string | null): boolean => {
    const key = owner ?? ''
    const rate = owner === null ? perSecond.stranger : perSecond.account
    return bucketOf(key, { perSecond: rate, burst: rate }).tryTake()
  }

  /** Lets what is on its way arrive, and what arrived be stored and answered, before more is read. */
  async function giveWay(): Promise<void> {
    const rests = busy ? busyRests : 1
    for (let rest = 0; rest < rests; rest += 1) {
      do {
        await turn()
      } while (arrivals.length > 0 && database.connection.open)
    }
  }

  /** One commit for everything that came since the last one, and is about to come. */
  async function storeArrivals(): Promise<void> {
    await turn()
    const together = arrivals
    arrivals = []
    try {
      database.transact((tx) => {
        for (const { raw, address } of together) {
          insert(tx, address.owner.account.id, raw, 'stored')
        }
      })
    } catch (error) {
      for (const { failed } of together) failed(error)
      return
    }
    for (const { stored } of together) stored()
    void drain()
  }

  const finish = (id: number, { used, note }: Handled): void => {
    finishRow.run(used ? 'processed' : 'refused', note, id)
  }

  /** What reads each account's requests now; null: they must wait, stored. */
  async function readyFor(rows: readonly Row[]): Promise<Map<string, Handle | null>> {
    const handles = new Map<string, Handle | null>()
    for (const { path } of rows) {
      const owner = addressOf(path)?.owner
      if (owner === undefined || handles.has(owner.account.id)) continue
      const unread: Handle = () => ({ used: false, note: 'no reader for this address' })
      handles.set(owner.account.id, owner.reader === null ? unread : await owner.reader.ready(owner.account))
    }
    return handles
  }

  /** Reads one stored request for itself: what it does is undone when reading it fails, and it stays stored. */
  function readOne(tx: Transaction, row: Row, handle: Handle, { owner, subject }: Address): void {
    const after: (() => void)[] = []
    const headers = headersSchema.parse(JSON.parse(row.headers))
    const raw = { method: row.method, path: row.path, headers, body: row.body }
    database.connection.exec('SAVEPOINT callback')
    try {
      const own = { ...tx, afterCommit: (call: () => void) => after.push(call) }
      finish(row.id, handle(own, raw, subject))
    } catch (error) {
      // A full disk says nothing of this request: all of it is read again when there is room.
      if (troubleOf(error) !== null) throw error
      database.connection.exec('ROLLBACK TO callback')
      after.length = 0
      onFault('processing a callback', error)
      // Nobody can read it better tomorrow: a person is asked. Where nobody can act on it, the next start takes it up again.
      if (owner.reader?.broken !== undefined) {
        owner.reader.broken(tx, raw)
        finish(row.id, { used: false, note: 'could not be taken in' })
      }
    }
    database.connection.exec('RELEASE callback')
    for (const call of after) tx.afterCommit(call)
  }

  /** @returns false when some must wait, stored */
  async function readNext(rows: readonly Row[]): Promise<boolean> {
    const handles = await readyFor(rows)
    if (!database.connection.open) return true
    let whole = true
    const until = clock.monotonic() + (busy ? batch.busyMs : batch.quietMs)
    busy = false
    database.transact((tx) => {
      for (const row of rows) {
        const address = addressOf(row.path)
        const handle = address === null ? null : handles.get(address.owner.account.id)
        seen = row.id
        if (address === null) finish(row.id, { used: false, note: 'no reader for this address' })
        else if (handle === null || handle === undefined) whole = false
        else readOne(tx, row, handle, address)
        if (clock.monotonic() >= until) break
      }
    })
    return whole
  }

  async function drain(): Promise<void> {
    if (draining) return
    draining = true
    try {
      while (database.connection.open) {
        if (fromStart) seen = 0
        fromStart = false
        const rows = orm
          .select()
          .from(callback)
          .where(afterId(seen))
          .orderBy(asc(callback.id))
          .limit(batch.rows)
          .all()
        if (rows.length === 0) break
        if (!(await readNext(rows))) waitForKeychain()
        await giveWay()
      }
    } catch (error) {
      onFault('processing callbacks', error)
      waitForKeychain()
    } finally {
      draining = false
    }
  }

  function waitForKeychain(): void {
    again()
    again = clock.after(againMs, () => recover())
  }

  function recover(): void {
    if (!database.connection.open) return
    fromStart = true
    void drain()
  }

  return {
    receive(raw) {
      const address = addressOf(raw.path)
      if (!admits(address?.owner.account.id ?? null)) return Promise.resolve(tooMany)
      if (address === null) {
        // A stranger's bytes are counted, not kept: he decides how many there are.
        strangers += 1
        return Promise.resolve(notOurs)
      }
      const { id } = address.owner.account
      if (!affords(id, raw.body.length + raw.path.length)) {
        onFault('an account sends more in a day than anybody can', { accountId: id })
        return Promise.resolve(tooMany)
      }
      return new Promise((resolve, reject) => {
        busy = true
        if (arrivals.length === 0) void storeArrivals()
        arrivals.push({
          raw,
          address,
          stored: () => resolve(answerTo(raw, address, (text) => waits(address, raw, text))),
          failed: reject,
        })
      })
    },
    headersFor: (path) => addressOf(path)?.owner.reader?.headers ?? [],
    keep: (tx, accountId, raw, used) => {
      insert(tx, accountId, raw, used ? 'processed' : 'refused')
    },
    recover,
    readAgain(tx, accountId, name) {
      if (againRows.run(againRowsAtMost, accountId, name).changes > 0) tx.afterCommit(recover)
    },
    strangers: () => strangers,
    purge: () => purgeCallbacks(database, clock, onFault),
  }
}

/** Async, so that one request that cannot be answered keeps no neighbour of its commit from its answer. */
async function answerTo(raw: RawCallback, address: Address | null, waits: Waits): Promise<CallbackReply> {
  return address?.owner.reader?.acknowledge(raw, waits) ?? notOurs
}

async function turn(): Promise<void> {
  for (let count = 0; count < turns; count += 1) await new Promise((resolve) => setImmediate(resolve))
}

/** Spelt out: SQLite uses a partial index only where it can read its condition. */
function afterId(id: number): SQL {
  return sql`${callback.state} = 'stored' AND ${callback.id} > ${id}`
}

/** Whose a path is; accounts are read from the file once, and again when one was changed. */
function createAddresses({
  accounts,
  clock,
  feed,
  readerOf,
}: CallbacksDeps): (path: string) => Address | null {
  const owners = new Map<string, Owner>()
  feed.listen((topic) => {
    if (topic === 'accounts') owners.clear()
  })
  const fits = (secret: string, { callbackSecret, previousSecret, previousUntil }: AccountRow): boolean =>
    same(secret, callbackSecret) ||
    (previousSecret !== null && clock.now() < (previousUntil ?? 0) && same(secret, previousSecret))
  const ownerOf = (id: string): Owner | null => {
    const known = owners.get(id)
    if (known !== undefined) return known
    try {
      const account = accounts.get(id)
      const owner = { account, reader: readerOf(account) }
      owners.set(id, owner)
      return owner
    } catch {
      return null
    }
  }
  return (path) => {
    const match = pathPattern.exec(path)
    if (match === null) return null
    const [, id = '', secret = '', subject = null] = match
    const owner = ownerOf(id)
    return owner !== null && fits(secret, owner.account) ? { owner, subject } : null
  }
}

function same(a: string, b: string): boolean {
  const left = createHash('sha256').update(a).digest()
  const right = createHash('sha256').update(b).digest()
  return timingSafeEqual(left, right)
}
