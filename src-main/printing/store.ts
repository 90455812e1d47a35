import { and, asc, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import type { Printer, PrintJob } from '../../src-preload/contract/printing.ts'
import { isReasonCode } from '../../src-preload/contract/reasons.ts'
import type { Database, Transaction } from '../database/open.ts'
import type { Hub } from '../live/hub.ts'
import type { Outbox } from '../outbox/service.ts'
import { KauntaError } from '../problem.ts'
import { printer, printJob } from './tables.ts'

export type JobRow = typeof printJob.$inferSelect
export type PrintStore = ReturnType<typeof createPrintStore>

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
  createdAt: printJob.createdAt,
  updatedAt: printJob.updatedAt,
}

/** Rows of printers and their jobs. */
export function createPrintStore({
  database,
  hub,
  outbox,
}: {
  readonly database: Database
  readonly hub: Hub
  readonly outbox: () => Outbox
}) {
  const { orm } = database.read

  const job = (id: string): JobRow => {
    const found = orm.select().from(printJob).where(eq(printJob.id, id)).get()
    if (found === undefined) throw new KauntaError('PRINT_JOB_NOT_FOUND')
    return found
  }

  const present = (rows: readonly Omit<JobRow, 'bytes' | 'printerId'>[]): PrintJob[] => {
    const effects = outbox().brief(rows.map((row) => row.effectId))
    return rows.map((row) => ({
      ...row,
      reason: isReasonCode(row.reason) ? row.reason : null,
      sending: effects.get(row.effectId)?.state === 'leased',
      staffName: effects.get(row.effectId)?.staffName ?? null,
    }))
  }

  const get = (id: string): PrintJob => {
    const [found] = present(orm.select(shownColumns).from(printJob).where(eq(printJob.id, id)).all())
    if (found === undefined) throw new KauntaError('PRINT_JOB_NOT_FOUND')
    return found
  }

  const changed = (tx: Transaction, id: string): void =>
    tx.afterCommit(() => hub.publish({ topic: 'printJob', printJob: get(id) }))

  const thePrinter = (): Printer | null => {
    const row = orm.select().from(printer).orderBy(desc(printer.updatedAt)).limit(1).get()
    return row === undefined ? null : toPrinter(row)
  }

  return {
    job,
    get,
    changed,
    thePrinter,
    printer(id: string): Printer {
      const row = orm.select().from(printer).where(eq(printer.id, id)).get()
      if (row === undefined) throw new KauntaError('PRINTER_MISSING')
      return toPrinter(row)
    },
    savePrinter(tx: Transaction, id: string, values: Omit<Printer, 'id'>): void {
      const row = { ...values, updatedAt: tx.now }
      tx.orm
        .insert(printer)
        .values({ id, ...row })
        .onConflictDoUpdate({ target: printer.id, set: row })
        .run()
    },
    insert(
      tx: Transaction,
      row: Omit<JobRow, 'createdAt' | 'updatedAt' | 'state' | 'reason' | 'detail'>,
    ): void {
      tx.orm
        .insert(printJob)
        .values({ ...row, state: 'queued', createdAt: tx.now, updatedAt: tx.now })
        .run()
      changed(tx, row.id)
    },
    update(tx: Transaction, id: string, set: Partial<Pick<JobRow, 'state' | 'reason' | 'detail'>>): void {
      tx.orm
        .update(printJob)
        .set({ ...set, updatedAt: tx.now })
        .where(eq(printJob.id, id))
        .run()
      changed(tx, id)
    },
    /** Papers already made of this sale: the number of the next copy. */
    papersOf(saleId: string): number {
      const row = orm
        .select({ n: sql<number>`count(*)` })
        .from(printJob)
        .where(and(eq(printJob.saleId, saleId), inArray(printJob.purpose, ['receipt', 'copy'])))
        .get()
      return row?.n ?? 0
    },
    lastSale(): string | null {
      const row = orm
        .select({ saleId: printJob.saleId })
        .from(printJob)
        .where(isNotNull(printJob.saleId))
        .orderBy(desc(printJob.createdAt), desc(printJob.effectId))
        .limit(1)
        .get()
      return row?.saleId ?? null
    },
    newest(): PrintJob {
      const [found] = present(
        orm.select(shownColumns).from(printJob).orderBy(desc(printJob.effectId)).limit(1).all(),
      )
      if (found === undefined) throw new KauntaError('PRINT_JOB_NOT_FOUND')
      return found
    },
    list(saleId: string | undefined): PrintJob[] {
      return present(
        orm
          .select(shownColumns)
          .from(printJob)
          .where(saleId === undefined ? undefined : eq(printJob.saleId, saleId))
          .orderBy(saleId === undefined ? desc(printJob.createdAt) : asc(printJob.createdAt))
          .limit(100)
          .all(),
      )
    },
  }
}

function toPrinter(row: typeof printer.$inferSelect): Printer {
  const { updatedAt: _at, drawerPin, ...rest } = row
  return { ...rest, drawerPin: drawerPin === 5 ? 5 : 2 }
}
