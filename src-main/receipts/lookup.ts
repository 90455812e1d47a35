import { and, asc, desc, eq, gte, isNotNull, like, lt, ne, or, sql } from 'drizzle-orm'
import type { Sale } from '../../src-preload/contract/receipts.ts'
import type { Database } from '../database/open.ts'
import { sale } from './tables.ts'

type SaleRow = typeof sale.$inferSelect

export interface SalePage {
  readonly limit: number
  readonly before?: string | undefined
  /** A name, a number of a receipt, or part of a phone. */
  readonly text?: string | undefined
}

/** Spelt out: SQLite uses a partial index only where it can read its condition, not where a value is bound. */
const unfinished = sql`${sale.state} <> 'finished'`
/** A list that a person works through. */
const handedOverAtMost = 100
/** Debts looked through at most: those paid since are among them. */
const debts = 1_000

/** Finds sales: by number, name or phone, by what they lack, and the one that lies open at a till. */
export function createLookup(database: Database, assemble: (rows: readonly SaleRow[]) => Sale[]) {
  const { orm } = database.read
  const owing = (more: ReturnType<typeof eq>): Sale[] => {
    const rows = orm
      .select()
      .from(sale)
      .where(and(isNotNull(sale.owedNote), more))
      .orderBy(desc(sale.recordedAt), desc(sale.id))
      .limit(debts)
      .all()
    return assemble(rows).filter(({ owed }) => owed !== null)
  }

  return {
    openDraft: (tillId: string): string | undefined =>
      orm
        .select({ id: sale.id })
        .from(sale)
        .where(and(eq(sale.tillId, tillId), unfinished, sql`${sale.source} = 'counter'`))
        .orderBy(desc(sale.createdAt), desc(sale.id))
        .limit(1)
        .get()?.id,
    /** Numbered sales from this moment on, epoch ms. */
    since(from: number) {
      const rows = orm
        .select({
          currency: sale.currency,
          count: sql<number>`count(*)`,
          totalMinor: sql<number>`sum(${sale.totalMinor})`,
        })
        .from(sale)
        .where(gte(sale.recordedAt, from))
        .groupBy(sale.currency)
        .all()
      const sums = rows.map(({ currency, totalMinor }) => ({ currency, totalMinor }))
      return { count: rows.reduce((sum, { count }) => sum + count, 0), sums }
    },
    owed: (tillId: string, limit: number): Sale[] => owing(eq(sale.tillId, tillId)).slice(0, limit),
    handedOver(tillId: string, since: number): Sale[] {
      const rows = orm
        .select()
        .from(sale)
        .where(
          and(unfinished, sql`${sale.source} = 'api'`, eq(sale.tillId, tillId), gte(sale.recordedAt, since)),
        )
        .orderBy(asc(sale.recordedAt), asc(sale.id))
        .limit(handedOverAtMost)
        .all()
      return assemble(rows).filter((one) => one.totalMinor > one.paidMinor)
    },
    unpaid(currency: Sale['currency'], limit: number): Sale[] {
      const rows = orm
        .select()
        .from(sale)
        .where(and(unfinished, eq(sale.currency, currency)))
        .orderBy(desc(sale.createdAt), desc(sale.id))
        .limit(limit)
        .all()
      const open = assemble(rows).filter((one) => one.totalMinor > one.paidMinor)
      const both = [...open, ...owing(eq(sale.currency, currency))]
      return both.toSorted((a, b) => b.createdAt - a.createdAt).slice(0, limit)
    },
    list({ limit, before, text }: SalePage): { rows: Sale[]; cursor: string | null } {
      const words = (text ?? '').trim()
      const number = /^0*(\d{1,9})$/.exec(words)?.[1]
      const digits = words.replace(/\D/g, '').replace(/^0+/, '')
      const found =
        words === ''
          ? undefined
          : or(
              like(sale.customerName, `%${words}%`),
              number === undefined ? undefined : eq(sale.number, Number(number)),
              eq(sale.posNumber, words),
              digits.length < 5 ? undefined : like(sale.customerPhone, `%${digits}%`),
            )
      const from = before === undefined ? undefined : orm.select().from(sale).where(eq(sale.id, before)).get()
      const older =
        from === undefined || from.recordedAt === null
          ? undefined
          : or(
              lt(sale.recordedAt, from.recordedAt),
              and(eq(sale.recordedAt, from.recordedAt), lt(sale.id, from.id)),
            )
      const rows = orm
        .select()
        .from(sale)
        .where(and(ne(sale.state, 'draft'), found, older))
        .orderBy(desc(sale.recordedAt), desc(sale.id))
        .limit(limit + 1)
        .all()
      const page = rows.slice(0, limit)
      return { rows: assemble(page), cursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null }
    },
  }
}
