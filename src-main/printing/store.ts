import { and, asc, desc, eq, inArray, isNotNull, max, ne, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { z } from 'zod'
import type { EventType } from '../../src-preload/contract/events.ts'
import type { Language } from '../../src-preload/contract/paging.ts'
import { connectionSchema, printerProfileSchema } from '../../src-preload/contract/printer-models.ts'
import type { Printer, PrinterInput, PrintJob } from '../../src-preload/contract/printing.ts'
import { isReasonCode } from '../../src-preload/contract/reasons.ts'
import type { Damage } from '../database/damage.ts'
import type { Database, Transaction } from '../database/open.ts'
import { type Moments, tellState } from '../events/moments.ts'
import type { Feed } from '../live/feed.ts'
import type { Outbox } from '../outbox/service.ts'
import { KauntaError } from '../problem.ts'
import { printer, printJob } from './tables.ts'

export type JobRow = typeof printJob.$inferSelect
export type NewJob = Omit<JobRow, 'createdAt' | 'updatedAt' | 'state' | 'reason' | 'detail' | 'wentTo'>
export type PrintStore = ReturnType<typeof createPrintStore>

/** Not replaced by another before anything came of it. */
const standing = sql`${printJob.reason} IS NOT 'replaced'`

function receiptsOf(saleId: string): SQL | undefined {
  return and(eq(printJob.saleId, saleId), inArray(printJob.purpose, ['receipt', 'copy']), standing)
}

const fallback = alias(printer, 'fallback')

/** Everything but the bytes, which a screen has no use for. */
const shownColumns = {
  id: printJob.id,
  saleId: printJob.saleId,
  purpose: printJob.purpose,
  copyNumber: printJob.copyNumber,
  state: printJob.state,
  reason: printJob.reason,
  detail: printJob.detail,
  effectId: printJob.effectId,
  printerName: sql<string>`coalesce(${fallback.name}, ${printer.name})`,
  createdAt: printJob.createdAt,
  updatedAt: printJob.updatedAt,
}
type ShownRow = Pick<JobRow, Exclude<keyof typeof shownColumns, 'printerName'>> & { printerName: string }

const momentOf = {
  queued: null,
  printed: 'print.printed',
  failed: 'print.failed',
  unknown: 'print.unknown',
  cancelled: 'print.cancelled',
} as const satisfies Moments<PrintJob['state'], EventType>

/** Rows of printers and their jobs. */
export function createPrintStore({
  database,
  damage,
  feed,
  outbox,
}: {
  readonly database: Database
  readonly damage: Damage
  readonly feed: Feed
  readonly outbox: Outbox
}) {
  const { orm } = database.read

  const job = (id: string): JobRow => {
    const found = orm.select().from(printJob).where(eq(printJob.id, id)).get()
    if (found === undefined) throw new KauntaError('PRINT_JOB_NOT_FOUND')
    return found
  }

  /** Without the paper itself, which may be long. */
  const factsOf = (id: string) => {
    const { saleId, purpose, state } = printJob
    const found = orm.select({ saleId, purpose, state }).from(printJob).where(eq(printJob.id, id)).get()
    if (found === undefined) throw new KauntaError('PRINT_JOB_NOT_FOUND')
    return found
  }

  const shown = () =>
    orm
      .select(shownColumns)
      .from(printJob)
      .innerJoin(printer, eq(printer.id, printJob.printerId))
      .leftJoin(fallback, eq(fallback.id, printJob.wentTo))
      .$dynamic()

  const present = (rows: readonly ShownRow[]): PrintJob[] => {
    const effects = outbox.brief(rows.map((row) => row.effectId))
    return rows.map((row) => ({
      ...row,
      reason: isReasonCode(row.reason) ? row.reason : null,
      sending: effects.get(row.effectId)?.state === 'leased',
      staffName: effects.get(row.effectId)?.staffName ?? null,
    }))
  }

  const first = (rows: readonly ShownRow[]): PrintJob => {
    const [found] = present(rows)
    if (found === undefined) throw new KauntaError('PRINT_JOB_NOT_FOUND')
    return found
  }

  const get = (id: string): PrintJob => first(shown().where(eq(printJob.id, id)).all())

  const changed = (tx: Transaction, id: string): void => feed.changed(tx, 'printJob', id)
  feed.shows({ printJob: (id) => ({ topic: 'printJob', printJob: get(id) }) })

  const update = (
    tx: Transaction,
    id: string,
    set: Partial<Pick<JobRow, 'state' | 'reason' | 'detail' | 'wentTo'>>,
  ): void => {
    if (set.state !== undefined) {
      const { state: from, ...of } = factsOf(id)
      tellState(tx, momentOf, { id, from, to: set.state }, { ...of, reason: set.reason ?? null })
    }
    tx.orm
      .update(printJob)
      .set({ ...set, updatedAt: tx.now })
      .where(eq(printJob.id, id))
      .run()
    changed(tx, id)
  }

  const nextNumber = (papers: SQL | undefined): number => {
    const row = orm
      .select({ last: max(printJob.copyNumber) })
      .from(printJob)
      .where(papers)
      .get()
    return (row?.last ?? -1) + 1
  }

  return {
    job,
    get,
    changed,
    update,
    /** Printers in use, the receipt printer first. */
    printers: (): Printer[] =>
      damage.each(
        orm
          .select()
          .from(printer)
          .where(eq(printer.removed, false))
          .orderBy(desc(printer.receipts), asc(printer.name))
          .all(),
        toPrinter,
      ),
    /** Also one that was removed: its jobs still name it. */
    printer(id: string): Printer {
      const row = orm.select().from(printer).where(eq(printer.id, id)).get()
      if (row === undefined) throw new KauntaError('PRINTER_NOT_FOUND')
      return toPrinter(row)
    },
    savePrinter(tx: Transaction, id: string, input: PrinterInput): void {
      const { connection, profile, tickets, ...plain } = input
      const row = {
        ...plain,
        connection: JSON.stringify(connection),
        profile: JSON.stringify(profile),
        ticketLines: tickets.lines,
        ticketWords: JSON.stringify(tickets.words),
        removed: false,
        updatedAt: tx.now,
      }
      if (input.receipts)
        tx.orm.update(printer).set({ receipts: false }).where(eq(printer.receipts, true)).run()
      tx.orm
        .insert(printer)
        .values({ id, ...row })
        .onConflictDoUpdate({ target: printer.id, set: row })
        .run()
    },
    removePrinter(tx: Transaction, id: string): void {
      tx.orm
        .update(printer)
        .set({ removed: true, receipts: false, updatedAt: tx.now })
        .where(eq(printer.id, id))
        .run()
      tx.orm.update(printer).set({ fallbackId: null }).where(eq(printer.fallbackId, id)).run()
    },
    insert(tx: Transaction, row: NewJob): void {
      tx.orm
        .insert(printJob)
        .values({ ...row, state: 'queued', createdAt: tx.now, updatedAt: tx.now })
        .run()
      changed(tx, row.id)
    },
    /** Jobs that wait with no byte of theirs gone out, oldest first. */
    waiting(of: { readonly printerId: string } | { readonly saleId: string }): JobRow[] {
      const rows = orm
        .select()
        .from(printJob)
        .where(
          and(
            sql`${printJob.state} = 'queued'`,
            'saleId' in of
              ? eq(printJob.saleId, of.saleId)
              : or(eq(printJob.printerId, of.printerId), eq(printJob.fallbackId, of.printerId)),
          ),
        )
        .orderBy(asc(printJob.effectId))
        .all()
      const effects = outbox.brief(rows.map((row) => row.effectId))
      return rows.filter((row) => effects.get(row.effectId)?.state === 'queued')
    },
    renew(tx: Transaction, id: string, made: Pick<JobRow, 'bytes' | 'fallbackBytes'>): void {
      tx.orm
        .update(printJob)
        .set({ ...made, updatedAt: tx.now })
        .where(eq(printJob.id, id))
        .run()
    },
    /** Which printer the job is given to now, durable before its first byte. */
    wentTo(id: string, printerId: string | null): void {
      database.transact((tx) => update(tx, id, { wentTo: printerId }))
    },
    /** Effects of receipts of this sale that are over and surely put nothing out. */
    unsentReceipts: (saleId: string): number[] =>
      orm
        .select({ effectId: printJob.effectId })
        .from(printJob)
        .where(
          and(
            receiptsOf(saleId),
            inArray(printJob.state, ['failed', 'cancelled']),
            ne(printJob.reason, 'personDecided'),
          ),
        )
        .all()
        .map((row) => row.effectId),
    /** Of the newest receipt of this sale that stands; null before there is one. */
    languageOf(saleId: string): Language | null {
      const row = orm
        .select({ language: printJob.language })
        .from(printJob)
        .where(receiptsOf(saleId))
        .orderBy(desc(printJob.effectId))
        .limit(1)
        .get()
      return row?.language ?? null
    },
    /** Number of the next paper of this sale, 0 for the original. */
    nextReceipt: (saleId: string): number => nextNumber(receiptsOf(saleId)),
    nextTicket: (saleId: string, printerId: string): number =>
      nextNumber(
        and(
          eq(printJob.saleId, saleId),
          eq(printJob.printerId, printerId),
          eq(printJob.purpose, 'ticket'),
          standing,
        ),
      ),
    lastSale(): string | null {
      const row = orm
        .select({ saleId: printJob.saleId })
        .from(printJob)
        .where(and(isNotNull(printJob.saleId), inArray(printJob.purpose, ['receipt', 'copy'])))
        .orderBy(desc(printJob.createdAt), desc(printJob.effectId))
        .limit(1)
        .get()
      return row?.saleId ?? null
    },
    newest: (): PrintJob => first(shown().orderBy(desc(printJob.effectId)).limit(1).all()),
    list: (saleId: string | undefined): PrintJob[] =>
      present(
        shown()
          .where(saleId === undefined ? undefined : eq(printJob.saleId, saleId))
          .orderBy(saleId === undefined ? desc(printJob.createdAt) : asc(printJob.createdAt))
          .limit(100)
          .all(),
      ),
  }
}

function toPrinter(row: typeof printer.$inferSelect): Printer {
  const { id, name, model, receipts, drawer, drawerOnCash, drawerOpenHigh, fallbackId } = row
  return {
    id,
    name,
    model,
    receipts,
    drawer,
    drawerOnCash,
    drawerOpenHigh,
    fallbackId,
    drawerPin: row.drawerPin === 5 ? 5 : 2,
    connection: connectionSchema.parse(JSON.parse(row.connection)),
    profile: printerProfileSchema.parse(JSON.parse(row.profile)),
    tickets: { lines: row.ticketLines, words: z.array(z.string()).parse(JSON.parse(row.ticketWords)) },
  }
}
