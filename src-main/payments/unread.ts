import { createHash } from 'node:crypto'
import { asc, eq, sql } from 'drizzle-orm'
import type { Payment, UnreadReport } from '../../src-preload/contract/payments.ts'
import type { AccountRow } from '../accounts/service.ts'
import { staffIdOf } from '../actor.ts'
import type { Database, Transaction } from '../database/open.ts'
import type { Feed } from '../live/feed.ts'
import { formatMoney } from '../money.ts'
import type { Randomness } from '../ports.ts'
import { KauntaError } from '../problem.ts'
import type { RawCallback } from '../providers/provider.ts'
import { applyEvidence, type EvidenceDeps } from './evidence.ts'
import { plainCode } from './store.ts'
import { unreadReport } from './tables.ts'

type Row = typeof unreadReport.$inferSelect

export interface UnreadDeps extends EvidenceDeps {
  readonly database: Database
  readonly random: Randomness
  readonly feed: Feed
  /** @throws KauntaError where no manager stands behind it */
  readonly approve: (pin: string | undefined, always: boolean) => Promise<string>
}

export interface GiveRequest {
  readonly saleId: string
  /** Minor units, as the person reads them in the report. */
  readonly amountMinor: number
  readonly receiptCode: string
  readonly note: string
  readonly managerPin?: string | undefined
}

/** Spelt out: SQLite uses a partial index only where it can read its condition, not where a value is bound. */
const isWaiting = sql`${unreadReport.state} = 'waiting'`

/** Reports that nobody could read or match. They are kept whole: what they say may be a customer's money. */
export function createUnread({ database, store, receipts, feed, ...deps }: UnreadDeps) {
  const { orm } = database.read

  const row = (id: string): Row => {
    const found = orm.select().from(unreadReport).where(eq(unreadReport.id, id)).get()
    if (found === undefined) throw new KauntaError('REPORT_NOT_FOUND')
    return found
  }
  feed.shows({ unread: () => ({ topic: 'unread' }) })
  const open = (id: string): Row => {
    const found = row(id)
    if (found.state !== 'waiting') throw new KauntaError('NOTICE_SETTLED')
    return found
  }
  const settle = (tx: Transaction, id: string, set: Partial<Row>): void => {
    tx.orm.update(unreadReport).set(set).where(eq(unreadReport.id, id)).run()
    feed.changed(tx, 'unread')
  }

  /** The payment that this money is: the sale's open one of this amount, else one of its own. */
  function paymentFor(tx: Transaction, found: Row, request: GiveRequest, code: string): string {
    const sale = receipts.recordIn(tx, request.saleId)
    const bearer = store.byAnyCode(code)
    if (bearer !== undefined && bearer.saleId !== sale.id)
      throw new KauntaError('RECEIPT_CODE_USED', { field: 'receiptCode', code })
    const alive = bearer ?? store.openOf(sale.id)
    if (alive?.amountMinor === request.amountMinor) return alive.id
    if (alive !== undefined) throw new KauntaError('PROMPT_ALIVE', { state: alive.state })
    const owed = sale.totalMinor - sale.paidMinor
    if (owed <= 0) throw new KauntaError('SALE_PAID')
    if (request.amountMinor > owed) {
      throw new KauntaError('NOTICE_AMOUNT', {
        paid: formatMoney(request.amountMinor, sale.currency, 'en'),
        owed: formatMoney(owed, sale.currency, 'en'),
      })
    }
    const id = deps.random.id()
    store.insert(tx, {
      id,
      saleId: sale.id,
      saleNumber: sale.number,
      accountId: found.accountId,
      provider: found.provider,
      origin: 'notice',
      phone: sale.customer.phone,
      amountMinor: request.amountMinor,
      currency: sale.currency,
      state: 'unknown',
      reason: 'codeUnproved',
      claimedCode: code,
      needsDecision: true,
      staffId: staffIdOf(tx.actor),
    })
    return id
  }

  return {
    waiting: (limit: number): UnreadReport[] =>
      orm
        .select()
        .from(unreadReport)
        .where(isWaiting)
        .orderBy(asc(unreadReport.receivedAt))
        .limit(limit)
        .all()
        .map(present),
    count: (): number =>
      orm.select({ n: sql<number>`count(*)` }).from(unreadReport).where(isWaiting).get()?.n ?? 0,
    /** Keeps a report for a person; the same one again is the same row. */
    keep(
      tx: Transaction,
      account: Pick<AccountRow, 'id' | 'provider'>,
      { path, body }: RawCallback,
      why: Row['why'],
    ): void {
      const digest = createHash('sha256').update(`${path}\n${body}`).digest('hex')
      const { id: accountId, provider } = account
      tx.orm
        .insert(unreadReport)
        .values({
          id: deps.random.id(),
          accountId,
          provider,
          digest,
          why,
          body,
          receivedAt: tx.now,
          state: 'waiting',
        })
        .onConflictDoNothing()
        .run()
      feed.changed(tx, 'unread')
    },
    /** @throws KauntaError REPORT_NOT_FOUND, NOTICE_SETTLED, NOTICE_AMOUNT, SALE_PAID, PROMPT_ALIVE, RECEIPT_CODE_USED */
    async give(id: string, request: GiveRequest): Promise<Payment> {
      const staffId = await deps.approve(request.managerPin, false)
      const code = plainCode(request.receiptCode)
      const paymentId = database.transact((tx) => {
        const given = paymentFor(tx, open(id), request, code)
        const reading = { state: 'completed', receiptCode: code, amountMinor: null } as const
        const evidence = { source: 'person', detail: request.note, staffId, reading } as const
        applyEvidence({ ...deps, store, receipts }, tx, given, evidence)
        settle(tx, id, { state: 'matched', paymentId: given, note: request.note, staffId })
        return given
      })
      return store.get(paymentId)
    },
    async setAside(id: string, note: string, managerPin: string | undefined): Promise<UnreadReport> {
      const staffId = await deps.approve(managerPin, false)
      database.transact((tx) => {
        open(id)
        settle(tx, id, { state: 'setAside', note, staffId })
      })
      return present(row(id))
    },
  }
}

export type Unread = ReturnType<typeof createUnread>

function present({ id, accountId, provider, why, body, receivedAt, state, note }: Row): UnreadReport {
  return { id, accountId, provider, why, body, receivedAt, state, note }
}
