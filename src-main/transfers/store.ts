import { and, asc, desc, eq, gte, ne, or, type SQL, sql } from 'drizzle-orm'
import type { EventType } from '../../src-preload/contract/events.ts'
import { isReasonCode } from '../../src-preload/contract/reasons.ts'
import type { Balance, Transfer, TransferState } from '../../src-preload/contract/transfers.ts'
import type { Database, Transaction } from '../database/open.ts'
import { olderThan, pageFrom } from '../database/paging.ts'
import { type Moments, tellState } from '../events/moments.ts'
import type { Feed } from '../live/feed.ts'
import { createReferences } from '../money/references.ts'
import type { Claimed } from '../money/transition.ts'
import { KauntaError } from '../problem.ts'
import type { Balance as ToldBalance } from '../providers/mobile-money.ts'
import { balance, transfer, transferEvent } from './tables.ts'
import type { TransferSource } from './transitions.ts'

export type TransferRow = typeof transfer.$inferSelect
export type TransferStore = ReturnType<typeof createTransferStore>

/** Spelt out: SQLite uses a partial index only where it can read its condition, not where a value is bound. */
const isAlive = sql`${transfer.state} IN ('pending', 'processing', 'unknown')`

export interface TransferStoreDeps {
  readonly database: Database
  readonly feed: Feed
  readonly nameOf: (staffId: string | null) => string | null
}

const momentOf = {
  pending: null,
  processing: null,
  unknown: 'transfer.unknown',
  completed: 'transfer.completed',
  failed: 'transfer.failed',
} as const satisfies Moments<TransferState, EventType>

function factsOf({ kind, paymentId, amountMinor, currency, reason }: TransferRow) {
  return { kind, paymentId, amountMinor, currency, reason }
}

function tellChange(tx: Transaction, before: TransferRow, now: TransferRow): void {
  const { id } = now
  tellState(tx, momentOf, { id, from: before.state, to: now.state }, factsOf(now))
  if (now.needsDecision && !before.needsDecision) tx.emit('transfer.needsDecision', id, factsOf(now))
}

/** Rows of reversals, payouts and the networks' balances. */
export function createTransferStore({ database, feed, nameOf }: TransferStoreDeps) {
  const { orm } = database.read

  const find = (id: string): TransferRow | undefined =>
    orm.select().from(transfer).where(eq(transfer.id, id)).get()
  const where = (condition: SQL | undefined): TransferRow | undefined =>
    orm.select().from(transfer).where(condition).get()
  const row = (id: string): TransferRow => {
    const found = find(id)
    if (found === undefined) throw new KauntaError('TRANSFER_NOT_FOUND')
    return found
  }
  const present = (one: TransferRow): Transfer => ({
    id: one.id,
    kind: one.kind,
    accountId: one.accountId,
    provider: one.provider,
    paymentId: one.paymentId,
    phone: one.phone,
    name: one.name,
    amountMinor: one.amountMinor,
    currency: one.currency,
    state: one.state,
    reason: isReasonCode(one.reason) ? one.reason : null,
    detail: one.detail,
    receiptCode: one.receiptCode,
    toldAmount: one.toldAmount,
    needsDecision: one.needsDecision,
    note: one.note,
    staffName: nameOf(one.staffId),
    approvedByName: nameOf(one.approvedBy),
    createdAt: one.createdAt,
    updatedAt: one.updatedAt,
  })
  const changed = (tx: Transaction, id: string) => feed.changed(tx, 'transfer', id)
  feed.shows({ transfer: (id) => ({ topic: 'transfer', transfer: present(row(id)) }) })

  return {
    find,
    row,
    present,
    insert(tx: Transaction, values: Omit<TransferRow, 'createdAt' | 'updatedAt'>): void {
      tx.orm
        .insert(transfer)
        .values({ ...values, createdAt: tx.now, updatedAt: tx.now })
        .run()
      tx.emit('transfer.requested', values.id, factsOf(row(values.id)))
      changed(tx, values.id)
    },
    update(tx: Transaction, id: string, set: Partial<TransferRow>): void {
      const before = row(id)
      tx.orm
        .update(transfer)
        .set({ ...set, updatedAt: tx.now })
        .where(eq(transfer.id, id))
        .run()
      tellChange(tx, before, { ...before, ...set })
      changed(tx, id)
    },
    note(
      tx: Transaction,
      row: Pick<TransferRow, 'id' | 'state'>,
      claim: Claimed<TransferState, TransferSource>,
      applied: boolean,
    ): void {
      const { source, reason, detail, staffId = null } = claim
      tx.orm
        .insert(transferEvent)
        .values({
          transferId: row.id,
          at: tx.now,
          source,
          fromState: row.state,
          toState: claim.to,
          applied,
          reason,
          detail,
          staffId,
        })
        .run()
    },
    events: (id: string) =>
      orm
        .select()
        .from(transferEvent)
        .where(eq(transferEvent.transferId, id))
        .orderBy(transferEvent.id)
        .all()
        .map((event) => ({
          id: event.id,
          at: event.at,
          source: event.source,
          from: event.fromState,
          to: event.toState,
          applied: event.applied,
          reason: isReasonCode(event.reason) ? event.reason : null,
          detail: event.detail,
        })),
    ...createReferences(transfer, where),
    openOf: (paymentId: string): TransferRow | undefined =>
      orm
        .select()
        .from(transfer)
        .where(and(eq(transfer.paymentId, paymentId), isAlive))
        .get(),
    /** The wall clock was set: what is open is as old as it was. */
    clockSet(tx: Transaction, byMs: number): void {
      tx.orm
        .update(transfer)
        .set({ createdAt: sql`max(0, ${transfer.createdAt} + ${byMs})` })
        .where(isAlive)
        .run()
    },
    newestOpen: (): number | null =>
      orm
        .select({ at: sql<number | null>`max(${transfer.createdAt})` })
        .from(transfer)
        .where(isAlive)
        .get()?.at ?? null,
    /** A payout of this amount to this phone that may be out, or went out since then (epoch ms). */
    samePayout: (phone: string, amountMinor: number, since: number): boolean =>
      where(
        and(
          eq(transfer.kind, 'payout'),
          eq(transfer.phone, phone),
          eq(transfer.amountMinor, amountMinor),
          or(isAlive, and(gte(transfer.createdAt, since), ne(transfer.state, 'failed'))),
        ),
      ) !== undefined,
    allOpen: (): TransferRow[] =>
      orm.select().from(transfer).where(isAlive).orderBy(asc(transfer.createdAt)).all(),
    countUnknown: (): number =>
      orm
        .select({ n: sql<number>`count(*)` })
        .from(transfer)
        .where(and(isAlive, eq(transfer.state, 'unknown')))
        .get()?.n ?? 0,
    /** Reversals that went through and that no count took in yet. */
    uncountedReversals: () =>
      orm
        .select({
          id: transfer.id,
          accountId: transfer.accountId,
          currency: transfer.currency,
          amountMinor: transfer.amountMinor,
        })
        .from(transfer)
        // Spelt out: SQLite uses a partial index only where it can read its condition.
        .where(sql`kind = 'reversal' AND state = 'completed' AND cash_up_id IS NULL`)
        .all(),
    markCounted(tx: Transaction, id: string, cashUpId: string): void {
      tx.orm.update(transfer).set({ cashUpId }).where(eq(transfer.id, id)).run()
    },
    list(page: { limit: number; before?: string | undefined; paymentId?: string | undefined }) {
      const rows = orm
        .select()
        .from(transfer)
        .where(
          and(
            page.paymentId === undefined ? undefined : eq(transfer.paymentId, page.paymentId),
            olderThan({ at: transfer.createdAt, id: transfer.id }, page.before),
          ),
        )
        .orderBy(desc(transfer.createdAt), desc(transfer.id))
        .limit(page.limit + 1)
        .all()
      return pageFrom(
        rows,
        page.limit,
        (one) => one.createdAt,
        (some) => some.map(present),
      )
    },
    balances: (): Balance[] => orm.select().from(balance).orderBy(balance.accountId, balance.name).all(),
    keepBalances(tx: Transaction, accountId: string, told: readonly ToldBalance[]): void {
      for (const one of told) {
        tx.orm
          .insert(balance)
          .values({ accountId, ...one, at: tx.now })
          .onConflictDoUpdate({
            target: [balance.accountId, balance.name],
            set: { availableMinor: one.availableMinor, currency: one.currency, at: tx.now },
          })
          .run()
      }
      feed.changed(tx, 'accounts')
    },
  }
}
