import { and, desc, eq, lt } from 'drizzle-orm'
import { z } from 'zod'
import {
  type CashUp,
  cashUpSchema,
  type cashUps,
  cashUpTenderSchema,
} from '../../src-preload/contract/cash-up.ts'
import type { Currency } from '../../src-preload/contract/money.ts'
import type { PrintJob } from '../../src-preload/contract/printing.ts'
import { formatSaleNumber } from '../../src-preload/contract/sale-number.ts'
import type { Shop } from '../../src-preload/contract/settings.ts'
import type { Accounts } from '../accounts/service.ts'
import { staffIdOf } from '../actor.ts'
import type { Damage } from '../database/damage.ts'
import type { Numbers } from '../database/numbers.ts'
import type { Database, Transaction } from '../database/open.ts'
import type { Payments } from '../payments/service.ts'
import type { Randomness } from '../ports.ts'
import type { Printing } from '../printing/service.ts'
import { KauntaError } from '../problem.ts'
import type { Receipts, Taking } from '../receipts/service.ts'
import type { Transfers } from '../transfers/service.ts'
import { cashUpDocument } from './paper.ts'
import { cashUp } from './tables.ts'

type CloseInput = z.output<NonNullable<(typeof cashUps.close)['~orpc']['inputSchema']>>
type CashUpRow = typeof cashUp.$inferSelect

/** What a count says beside its own columns. */
const figuresSchema = cashUpSchema.pick({
  sales: true,
  tenders: true,
  floatMinor: true,
  leftMinor: true,
  openItems: true,
})
type Figures = z.infer<typeof figuresSchema>
/** Counts of earlier versions knew the till's own currency only. */
const storedFiguresSchema = figuresSchema.extend({
  tenders: z.array(cashUpTenderSchema.partial({ currency: true })),
})

interface TenderToCount {
  readonly tender: string
  readonly label: string
  readonly currency: Currency
}

const cashLabel = 'Cash'

function sumOf(some: readonly { readonly amountMinor: number }[]): number {
  return some.reduce((sum, one) => sum + one.amountMinor, 0)
}

export interface CashUpDeps {
  readonly database: Database
  readonly numbers: Numbers
  readonly damage: Damage
  readonly random: Randomness
  readonly accounts: Accounts
  readonly receipts: Receipts
  readonly payments: Payments
  readonly transfers: Transfers
  readonly printing: Printing
  readonly shop: () => Shop
  readonly practice: boolean
  readonly nameOf: (staffId: string | null) => string | null
}

/** A paper has an end; older debts stay on the screens. */
const owedListed = 200

/** Counting the till: blind first, then what should have been there. */
export function createCashUp(deps: CashUpDeps) {
  const { database, accounts, receipts, payments, transfers, printing } = deps
  const { orm } = database.read

  const last = (tillId: string): CashUpRow | undefined =>
    orm.select().from(cashUp).where(eq(cashUp.tillId, tillId)).orderBy(desc(cashUp.number)).limit(1).get()
  const figuresOf = (row: CashUpRow): Figures => {
    const { tenders: counted, ...rest } = storedFiguresSchema.parse(JSON.parse(row.figures))
    return { ...rest, tenders: counted.map((one) => ({ ...one, currency: one.currency ?? row.currency })) }
  }
  const present = (row: CashUpRow): CashUp => ({
    id: row.id,
    number: row.number,
    tillId: row.tillId,
    since: row.since,
    until: row.until,
    currency: row.currency,
    note: row.note,
    staffName: deps.nameOf(row.staffId),
    ...figuresOf(row),
  })
  const get = (id: string): CashUp => {
    const row = orm.select().from(cashUp).where(eq(cashUp.id, id)).get()
    if (row === undefined) throw new KauntaError('CASH_UP_NOT_FOUND')
    return present(row)
  }
  /** What may be counted: the shop's own ways to be paid, and money of another currency that came in. */
  const tenders = (taken: readonly Taking[]): TenderToCount[] => {
    const { currency } = deps.shop()
    const served = accounts
      .withCapability('mobileMoney')
      .filter(({ id }) => accounts.readers(id).mobileMoney?.currencies.includes(currency) === true)
    const usual = [
      { tender: 'cash', label: cashLabel, currency },
      ...served.map(({ id, label }) => ({ tender: id, label, currency })),
    ]
    const others = taken
      .filter((one) => one.currency !== currency && one.tender !== '')
      .map((one) => ({ tender: one.tender, label: labelOf(one.tender), currency: one.currency }))
    return [...usual, ...others]
  }
  const labelOf = (tender: string) => {
    if (tender === 'cash') return cashLabel
    return accounts.knows(tender) ? accounts.get(tender).label : '?'
  }

  /** Everything a manager should look at before signing, by name. */
  function openItems(): Figures['openItems'] {
    const { unknown, overpaid, notices, transfers: open } = payments.attention()
    return [
      ...unknown.map((one) => ({
        kind: one.origin === 'code' ? ('unprovedCode' as const) : ('unknownPayment' as const),
        label: labelOf(one.accountId),
        phone: one.phone,
        code: one.claimedCode,
        amountMinor: one.amountMinor,
        at: one.createdAt,
      })),
      ...overpaid.map((one) => ({
        kind: 'overpaid' as const,
        label: labelOf(one.accountId),
        phone: one.phone,
        code: one.receiptCode,
        amountMinor: one.excessMinor,
        at: one.createdAt,
      })),
      ...notices.map((one) => ({
        kind: 'unmatchedNotice' as const,
        label: labelOf(one.accountId),
        phone: one.phoneShown,
        code: one.code,
        amountMinor: one.amountMinor,
        at: one.paidAt,
      })),
      ...open.map((one) => ({
        kind: 'unknownTransfer' as const,
        label: labelOf(one.accountId),
        phone: one.phone,
        code: one.receiptCode,
        amountMinor: one.amountMinor,
        at: one.createdAt,
      })),
      ...receipts.owed(deps.shop().till, owedListed).map((one) => ({
        kind: 'owedSale' as const,
        label: formatSaleNumber(one),
        phone: one.customer.phone,
        code: one.owed?.note ?? null,
        amountMinor: one.owed?.amountMinor ?? 0,
        at: one.recordedAt ?? one.createdAt,
      })),
    ]
  }

  /** Holds what was counted against what came in since, and marks that as counted. */
  function figures(
    tx: Transaction,
    id: string,
    before: CashUpRow | undefined,
    { counts, leftMinor }: Pick<CloseInput, 'counts' | 'leftMinor'>,
  ): Figures {
    const { till, currency: usual } = deps.shop()
    const floatMinor = before === undefined ? 0 : figuresOf(before).leftMinor
    const taken = receipts.uncounted(till)
    const returned = transfers.uncountedReversals()
    const known = tenders(taken)
    const saleIds = new Set<string>()
    const counted = counts.map(({ tender, countedMinor, currency = usual }) => {
      const label = known.find((one) => one.tender === tender && one.currency === currency)?.label
      if (label === undefined) throw new KauntaError('TENDER_UNKNOWN', { field: 'counts', tender })
      const came = taken.filter((one) => one.tender === tender && one.currency === currency)
      const went = returned.filter((one) => one.accountId === tender && one.currency === currency)
      for (const one of came) {
        for (const saleId of one.saleIds) saleIds.add(saleId)
        receipts.markCounted(tx, one, id)
      }
      for (const one of went) transfers.markCounted(tx, one.id, id)
      const float = tender === 'cash' && currency === usual ? floatMinor : 0
      const expectedMinor = float + sumOf(came) - sumOf(went)
      return {
        tender,
        label,
        currency,
        countedMinor,
        expectedMinor,
        differenceMinor: countedMinor - expectedMinor,
      }
    })
    return { sales: saleIds.size, tenders: counted, floatMinor, leftMinor, openItems: openItems() }
  }

  const paper = (tx: Transaction, one: CashUp): string => {
    const shop = deps.shop()
    return printing.printCashUp(
      tx,
      `${one.tillId} · ${one.number}`,
      cashUpDocument({ shop, cashUp: one, language: shop.language, practice: deps.practice }),
    )
  }

  return {
    get,
    open: () => ({
      since: last(deps.shop().till)?.until ?? null,
      currency: deps.shop().currency,
      tenders: tenders(receipts.uncounted(deps.shop().till)),
    }),
    /** The count is kept before what was expected is told, so that nobody counts towards a figure. */
    close({ counts, leftMinor, note, print }: CloseInput): CashUp {
      const { till, currency } = deps.shop()
      const id = deps.random.id()
      database.transact((tx) => {
        receipts.ensureTill(tx, till)
        const before = last(till)
        const series = `cash-up ${till}`
        const number = Math.max(before?.number ?? 0, deps.numbers.highest(series)) + 1
        const row = {
          id,
          tillId: till,
          number,
          since: before?.until ?? receipts.firstTender(till) ?? tx.now,
          until: tx.now,
          currency,
          figures: '',
          note,
          staffId: staffIdOf(tx.actor),
        }
        tx.orm.insert(cashUp).values(row).run()
        tx.emit('cashUp.counted', id, { tillId: till })
        // After the row: what was counted names it.
        const text = JSON.stringify(figures(tx, id, before, { counts, leftMinor }))
        tx.orm.update(cashUp).set({ figures: text }).where(eq(cashUp.id, id)).run()
        tx.afterCommit(() => deps.numbers.raise(series, number))
        if (print && printing.receiptPrinter() !== null) paper(tx, get(id))
      })
      return get(id)
    },
    list(page: { limit: number; before?: string | undefined }) {
      const rows = orm
        .select()
        .from(cashUp)
        .where(
          and(
            eq(cashUp.tillId, deps.shop().till),
            page.before === undefined ? undefined : lt(cashUp.number, Number(page.before)),
          ),
        )
        .orderBy(desc(cashUp.number))
        .limit(page.limit + 1)
        .all()
      const shown = rows.slice(0, page.limit)
      const cursor = rows.length > page.limit ? String(shown.at(-1)?.number) : null
      return { rows: deps.damage.each(shown, present), cursor }
    },
    print: (id: string): PrintJob => printing.job(database.transact((tx) => paper(tx, get(id)))),
  }
}

export type CashUpRoom = ReturnType<typeof createCashUp>
