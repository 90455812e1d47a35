import { TZDate } from '@date-fns/tz'
import { startOfDay } from 'date-fns/startOfDay'
import { eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Fiscal } from '../../src-preload/contract/fiscal.ts'
import type { HandedOverSale } from '../../src-preload/contract/handed-over.ts'
import { lineTotalMinor, type Sale, type saleInputSchema } from '../../src-preload/contract/receipts.ts'
import { staffIdOf } from '../actor.ts'
import type { Customers } from '../customers/service.ts'
import type { Damage } from '../database/damage.ts'
import type { Numbers } from '../database/numbers.ts'
import type { Transaction } from '../database/open.ts'
import type { Feed } from '../live/feed.ts'
import type { Clock, Randomness } from '../ports.ts'
import { KauntaError } from '../problem.ts'
import { createAssembler } from './assemble.ts'
import { type Closing, type ClosingDeps, createClosing, factsOf, type NewTender } from './closing.ts'
import { checkFiscal } from './fiscal.ts'
import { createHandedOver, type HandedOverBy } from './handed-over.ts'
import { createLookup, type SalePage } from './lookup.ts'
import { sale, saleLine, tender, till } from './tables.ts'
import { createTakings, type Taking } from './takings.ts'

export type { Taking, TenderFacts } from './takings.ts'

export type SaleInput = z.infer<typeof saleInputSchema>

export interface Receipts {
  current(): Sale
  saveDraft(id: string, input: SaleInput): Sale
  setCustomer(id: string, phone: string, name: string | undefined): Sale
  record(id: string): Sale
  /** Within the caller's transaction: number and frozen items. @throws KauntaError SALE_EMPTY, SALE_NOT_FOUND */
  recordIn(tx: Transaction, id: string): Sale
  /** @throws KauntaError PROMPT_ALIVE, CASH_TOO_LITTLE; an unknown payment stays behind only on a manager's word. */
  finish(
    id: string,
    closing?: Closing,
    /** What has to happen with it, in the same transaction. */
    also?: (tx: Transaction) => void,
  ): Promise<{ finished: Sale; next: Sale }>
  /**
   * A recorded sale in one go, as the POS hands it over, with what was paid for it already.
   * @throws KauntaError SALE_EMPTY, AMOUNT_ZERO, SOLD_AT_WRONG, POS_NUMBER_USED, TENDERS_TOO_MUCH
   */
  createRecorded(tx: Transaction, id: string, input: HandedOverSale, by: HandedOverBy): Sale
  /** @throws KauntaError SALE_NOT_FOUND */
  get(id: string): Sale
  list(page: SalePage): { rows: Sale[]; cursor: string | null }
  /** Money received; a payment's second proof changes nothing. */
  addTender(tx: Transaction, wanted: NewTender): void
  /**
   * What the certified device answered for a sale; the same once more changes nothing.
   * @throws KauntaError FISCAL_QR, FISCAL_PIN, FISCAL_RECORDED, SALE_NOT_FOUND, SALE_EMPTY
   */
  setFiscal(tx: Transaction, id: string, fiscal: Fiscal): Sale
  /** Tells the screens of this sale after the transaction. */
  changed(tx: Transaction, id: string): void
  setPhoneIn(tx: Transaction, id: string, phone: string): void
  /** What came in at this till and no count took in yet. */
  uncounted(tillId: string): Taking[]
  /** A count took this in. */
  markCounted(tx: Transaction, taking: Taking, cashUpId: string): void
  /** When the first money came in at this till, epoch ms. */
  firstTender(tillId: string): number | null
  /** Makes sure that the till is known. */
  ensureTill(tx: Transaction, tillId: string): void
  /** Sales that still lack money, newest first; those that left the counter owed among them. */
  unpaid(currency: Sale['currency'], limit: number): Sale[]
  /** Sales that got their number today, by the shop's day; by currency. */
  today(): { count: number; sums: { currency: Sale['currency']; totalMinor: number }[] }
  /** Sales that the POS handed over to this till in the last two days and nobody paid yet, oldest first. */
  handedOver(): Sale[]
  /** Sales of this till whose customers still owe, newest first. */
  owed(tillId: string, limit: number): Sale[]
}

export interface ReceiptsDeps extends ClosingDeps {
  /** Is a manager at the counter of this call? */
  readonly managed: () => boolean
  readonly numbers: Numbers
  readonly damage: Damage
  readonly random: Randomness
  readonly clock: Clock
  readonly feed: Feed
  readonly customers: Customers
  readonly actor: () => string | null
  readonly nameOf: (staffId: string | null) => string | null
}

const handedOverMs = 2 * 86_400_000

export function createReceipts(deps: ReceiptsDeps): Receipts {
  const { database, random, feed, customers } = deps
  const { orm } = database.read
  const assemble = createAssembler(deps)

  // Read at every step of every sale.
  const byId = orm
    .select()
    .from(sale)
    .where(eq(sale.id, sql.placeholder('id')))
    .prepare()
  const rowOf = (id: string) => {
    const row = byId.get({ id })
    if (row === undefined) throw new KauntaError('SALE_NOT_FOUND')
    return row
  }
  const get = (id: string): Sale => {
    const [one] = assemble([rowOf(id)])
    if (one === undefined) throw new KauntaError('SALE_NOT_FOUND')
    return one
  }

  const changed = (tx: Transaction, id: string) => feed.changed(tx, 'sale', id)
  feed.shows({ sale: (id) => ({ topic: 'sale', sale: get(id) }) })

  const insertDraft = (tx: Transaction, id: string, source: 'counter' | 'api'): void => {
    const { till: tillId, currency } = deps.shop()
    tx.orm.insert(till).values({ id: tillId, lastNumber: 0 }).onConflictDoNothing().run()
    tx.orm
      .insert(sale)
      .values({
        id,
        tillId,
        state: 'draft',
        source,
        currency,
        totalMinor: 0,
        createdAt: tx.now,
        updatedAt: tx.now,
      })
      .run()
  }

  const writeLines = (tx: Transaction, id: string, input: Pick<SaleInput, 'lines' | 'currency'>): void => {
    tx.orm.delete(saleLine).where(eq(saleLine.saleId, id)).run()
    const usualRateBp = deps.shop().taxRateBp
    input.lines.forEach((line, position) => {
      tx.orm
        .insert(saleLine)
        .values({ saleId: id, position, ...line, taxRateBp: line.taxRateBp ?? usualRateBp })
        .run()
    })
    const totalMinor = input.lines.reduce((sum, line) => sum + lineTotalMinor(line), 0)
    const changes = {
      totalMinor,
      updatedAt: tx.now,
      ...(input.currency === undefined ? {} : { currency: input.currency }),
    }
    tx.orm.update(sale).set(changes).where(eq(sale.id, id)).run()
  }

  const writeCustomer = (
    tx: Transaction,
    id: string,
    phone: string | null,
    name: string | undefined,
  ): void => {
    const known = phone === null ? null : customers.remember(tx, phone, { name: name ?? null })
    const customerName = name === undefined || name === '' ? (known?.name ?? null) : name
    tx.orm
      .update(sale)
      .set({ customerPhone: phone, customerName, updatedAt: tx.now })
      .where(eq(sale.id, id))
      .run()
  }

  /** @throws KauntaError DISCOUNT_TOO_LARGE for a cashier who lets off more than the shop allows */
  const checkDiscount = (id: string, totalMinor: number): void => {
    const { cashierDiscountBp } = deps.shop()
    if (deps.actor() === null || deps.managed()) return
    const offMinor =
      orm
        .select({ sum: sql<number>`coalesce(sum(${saleLine.discountMinor}), 0)` })
        .from(saleLine)
        .where(eq(saleLine.saleId, id))
        .get()?.sum ?? 0
    if (offMinor * 10_000 <= (totalMinor + offMinor) * cashierDiscountBp) return
    throw new KauntaError('DISCOUNT_TOO_LARGE', { field: 'lines', limit: cashierDiscountBp / 100 })
  }

  const recordIn: Receipts['recordIn'] = (tx, id) => {
    const row = rowOf(id)
    if (row.number !== null) return get(id)
    const hasLine = orm
      .select({ one: saleLine.position })
      .from(saleLine)
      .where(eq(saleLine.saleId, id))
      .limit(1)
      .get()
    if (hasLine === undefined) throw new KauntaError('SALE_EMPTY', { field: 'lines' })
    if (row.totalMinor === 0) throw new KauntaError('AMOUNT_ZERO', { field: 'lines' })
    if (row.source === 'counter') checkDiscount(id, row.totalMinor)
    // The number and the sale that bears it commit together: no gap, whatever happens next. A restored copy may not know
    // of numbers that stand on papers already.
    const series = `receipt ${row.tillId}`
    const { lastNumber } = tx.orm
      .update(till)
      .set({ lastNumber: sql`max(${till.lastNumber}, ${deps.numbers.highest(series)}) + 1` })
      .where(eq(till.id, row.tillId))
      .returning()
      .get()
    tx.orm
      .update(sale)
      .set({
        number: lastNumber,
        state: 'recorded',
        staffId: staffIdOf(tx.actor),
        recordedAt: tx.now,
        updatedAt: tx.now,
      })
      .where(eq(sale.id, id))
      .run()
    if (row.customerPhone !== null) customers.remember(tx, row.customerPhone, { name: row.customerName })
    tx.afterCommit(() => deps.numbers.raise(series, lastNumber))
    changed(tx, id)
    const recorded = get(id)
    tx.emit('sale.recorded', id, factsOf(recorded))
    return recorded
  }

  const openDraft = (tx: Transaction): string => {
    const id = random.id()
    insertDraft(tx, id, 'counter')
    return id
  }

  const addTender: Receipts['addTender'] = (tx, wanted) => {
    tx.orm
      .insert(tender)
      .values({ id: random.id(), ...wanted, at: tx.now })
      .onConflictDoNothing({ target: tender.paymentId })
      .run()
    tx.emit('sale.tendered', wanted.saleId, factsOf(rowOf(wanted.saleId)))
    changed(tx, wanted.saleId)
  }

  const lookup = createLookup(database, assemble)
  const handedOver = createHandedOver(deps)

  const draftIn = (tx: Transaction): string => lookup.openDraft(deps.shop().till) ?? openDraft(tx)

  const current = (): Sale => {
    const open = lookup.openDraft(deps.shop().till)
    return get(open ?? database.transact(draftIn))
  }

  return {
    get,
    changed,
    recordIn,
    setFiscal(tx, id, fiscal) {
      checkFiscal(fiscal, deps.shop())
      const recorded = recordIn(tx, id)
      const answer = JSON.stringify(fiscal)
      if (recorded.fiscal !== null && JSON.stringify(recorded.fiscal) !== answer) {
        throw new KauntaError('FISCAL_RECORDED', { number: recorded.number ?? 0 })
      }
      tx.orm.update(sale).set({ fiscal: answer, updatedAt: tx.now }).where(eq(sale.id, id)).run()
      tx.emit('sale.fiscalised', id, factsOf(rowOf(id)))
      changed(tx, id)
      return get(id)
    },
    addTender,
    setPhoneIn: (tx, id, phone) => writeCustomer(tx, id, phone, rowOf(id).customerName ?? undefined),
    current,
    saveDraft(id, input) {
      database.transact((tx) => {
        const row = rowOf(id)
        if (row.number !== null) throw new KauntaError('SALE_RECORDED', { number: row.number })
        writeLines(tx, id, input)
        // Half a number is no error while it is typed: it is judged when it is used.
        const typed = input.customer?.phone ?? ''
        const phone =
          typed.replace(/\D/g, '').length < 9 ? null : attempt(() => customers.readPhone(typed).phone)
        const name = input.customer?.name
        const kept = name === undefined || name === '' ? null : name
        tx.orm
          .update(sale)
          .set({ customerPhone: phone, customerName: kept, updatedAt: tx.now })
          .where(eq(sale.id, id))
          .run()
        changed(tx, id)
      })
      return get(id)
    },
    setCustomer(id, typed, name) {
      const { phone } = customers.readPhone(typed)
      database.transact((tx) => {
        rowOf(id)
        writeCustomer(tx, id, phone, name)
        changed(tx, id)
      })
      return get(id)
    },
    record: (id) => database.transact((tx) => recordIn(tx, id)),
    finish: createClosing(deps, { get, recordIn, addTender, changed, draftIn }),
    ...createTakings(database, deps.payments.facts),
    ensureTill: (tx, tillId) => {
      tx.orm.insert(till).values({ id: tillId, lastNumber: 0 }).onConflictDoNothing().run()
    },
    createRecorded(tx, id, input, { apiKeyId, phone }) {
      handedOver.check(input, { apiKeyId, phone })
      insertDraft(tx, id, 'api')
      writeLines(tx, id, input)
      const told = { apiKeyId, posNumber: input.number ?? null, soldAt: input.soldAt ?? null }
      tx.orm.update(sale).set(told).where(eq(sale.id, id)).run()
      const name = input.customer?.name ?? undefined
      if (phone !== null || name !== undefined) writeCustomer(tx, id, phone, name)
      handedOver.pay(tx, recordIn(tx, id), input, (wanted) => addTender(tx, wanted))
      return get(id)
    },
    list: lookup.list,
    unpaid: lookup.unpaid,
    owed: lookup.owed,
    today: () => lookup.since(startOfDay(new TZDate(deps.clock.now(), deps.shop().zone)).getTime()),
    handedOver: () => lookup.handedOver(deps.shop().till, deps.clock.now() - handedOverMs),
  }
}

function attempt<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}
