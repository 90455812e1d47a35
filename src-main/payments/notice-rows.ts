import { and, asc, desc, eq, inArray, lte, ne, sql } from 'drizzle-orm'
import type { Notice } from '../../src-preload/contract/payments.ts'
import type { Sale } from '../../src-preload/contract/receipts.ts'
import { staffIdOf } from '../actor.ts'
import type { Database, Transaction } from '../database/open.ts'
import { olderThan, pageFrom } from '../database/paging.ts'
import type { Feed } from '../live/feed.ts'
import type { Randomness } from '../ports.ts'
import { KauntaError } from '../problem.ts'
import type { CustomerPayment } from '../providers/mobile-money.ts'
import { notice } from './tables.ts'
import { type IncomingMoment, tellIncoming } from './told.ts'

export type NoticeRow = typeof notice.$inferSelect

export interface NoticeRowsDeps {
  readonly database: Database
  readonly random: Pick<Randomness, 'id'>
  readonly feed: Feed
}

export interface NoticePage {
  readonly limit: number
  readonly before?: string | undefined
  readonly state?: Notice['state'] | undefined
}

/** Spelt out: SQLite uses a partial index only where it can read its condition, not where a value is bound. */
const isWaiting = sql`${notice.state} = 'waiting'`

/** Rows of customers' own payments; each change of one is told. */
export function createNoticeRows({ database, random, feed }: NoticeRowsDeps) {
  const { orm } = database.read

  /** @throws KauntaError NOTICE_NOT_FOUND */
  const row = (id: string): NoticeRow => {
    const found = orm.select().from(notice).where(eq(notice.id, id)).get()
    if (found === undefined) throw new KauntaError('NOTICE_NOT_FOUND')
    return found
  }
  const tell = (tx: Transaction, moment: IncomingMoment, one: NoticeRow): void => {
    tellIncoming(tx, moment, one)
    feed.changed(tx, 'notice', one.id)
  }
  feed.shows({ notice: (id) => ({ topic: 'notice', notice: present(row(id)) }) })

  return {
    row,
    /** Of any network: one code is money once. What waits comes before what is settled. */
    byCode: (code: string): NoticeRow | undefined =>
      orm
        .select()
        .from(notice)
        .where(inArray(notice.code, [code, code.toLowerCase()]))
        .orderBy(desc(isWaiting))
        .get(),
    waiting: (limit: number): NoticeRow[] =>
      orm.select().from(notice).where(isWaiting).orderBy(asc(notice.receivedAt)).limit(limit).all(),
    /** Newest first: money of long ago that nobody claimed must not hide what came in now. */
    waitingUpTo: (currency: Sale['currency'], mostMinor: number): NoticeRow[] =>
      orm
        .select()
        .from(notice)
        .where(and(isWaiting, eq(notice.currency, currency), lte(notice.amountMinor, mostMinor)))
        .orderBy(desc(notice.receivedAt))
        .limit(200)
        .all(),
    countWaiting: (): number =>
      orm.select({ n: sql<number>`count(*)` }).from(notice).where(isWaiting).get()?.n ?? 0,
    insert(
      tx: Transaction,
      account: { readonly id: string; readonly provider: string },
      told: CustomerPayment,
      { code, signed }: { readonly code: string; readonly signed: boolean },
    ): NoticeRow {
      const id = random.id()
      tx.orm
        .insert(notice)
        .values({
          id,
          accountId: account.id,
          provider: account.provider,
          code,
          signed,
          amountMinor: told.amountMinor,
          currency: told.currency,
          phone: told.phone,
          phoneShown: told.phoneShown,
          payerName: told.payerName,
          accountText: told.account,
          paidAt: told.paidAt ?? tx.now,
          receivedAt: tx.now,
          state: 'waiting',
        })
        .run()
      tell(tx, 'incomingPayment.received', row(id))
      return row(id)
    },
    link(tx: Transaction, found: NoticeRow, paymentId: string): void {
      tx.orm
        .update(notice)
        .set({ state: 'matched', paymentId, staffId: staffIdOf(tx.actor) })
        .where(eq(notice.id, found.id))
        .run()
      tell(tx, 'incomingPayment.matched', { ...found, paymentId })
    },
    /** @throws KauntaError NOTICE_SETTLED */
    setAside(tx: Transaction, id: string, note: string, staffId: string): void {
      const found = row(id)
      if (found.state !== 'waiting') throw new KauntaError('NOTICE_SETTLED')
      tx.orm
        .update(notice)
        .set({ state: 'setAside', note, staffId })
        .where(and(eq(notice.id, id), ne(notice.state, 'matched')))
        .run()
      tell(tx, 'incomingPayment.setAside', found)
    },
    list(page: NoticePage) {
      const rows = orm
        .select()
        .from(notice)
        .where(
          and(
            page.state === undefined ? undefined : eq(notice.state, page.state),
            olderThan({ at: notice.receivedAt, id: notice.id }, page.before),
          ),
        )
        .orderBy(desc(notice.receivedAt), desc(notice.id))
        .limit(page.limit + 1)
        .all()
      return pageFrom(
        rows,
        page.limit,
        (one) => one.receivedAt,
        (some) => some.map(present),
      )
    },
  }
}
export type NoticeRows = ReturnType<typeof createNoticeRows>

/** As screens and integrators are shown it. */
export function present(row: NoticeRow): Notice {
  return {
    id: row.id,
    accountId: row.accountId,
    provider: row.provider,
    code: row.code,
    amountMinor: row.amountMinor,
    currency: row.currency,
    phone: row.phone,
    phoneShown: row.phoneShown,
    payerName: row.payerName,
    account: row.accountText,
    paidAt: row.paidAt,
    receivedAt: row.receivedAt,
    state: row.state,
    paymentId: row.paymentId,
    note: row.note,
  }
}
