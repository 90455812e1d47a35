import { and, eq, sql } from 'drizzle-orm'
import type { HandedOverSale } from '../../src-preload/contract/handed-over.ts'
import type { Sale } from '../../src-preload/contract/receipts.ts'
import { formatSaleNumber } from '../../src-preload/contract/sale-number.ts'
import type { Shop } from '../../src-preload/contract/settings.ts'
import type { Database, Transaction } from '../database/open.ts'
import { formatMoney } from '../money.ts'
import type { Clock } from '../ports.ts'
import { KauntaError } from '../problem.ts'
import { factsOf, type NewTender } from './closing.ts'
import { sale } from './tables.ts'

/** What Kaunta knows of a hand-over beside what the POS wrote. */
export interface HandedOverBy {
  readonly apiKeyId: string
  /** E.164, or null where there is none that can be read. */
  readonly phone: string | null
}

/** A POS that was cut off for long still hands its sales over. */
const oldestMs = 366 * 86_400_000
/** So far may the two machines' clocks be apart. */
const aheadMs = 86_400_000

export interface HandedOverDeps {
  readonly database: Database
  readonly clock: Clock
  readonly shop: () => Shop
}

/** Holds what the POS tells of its own sale against what can be, before anything is written. */
export function createHandedOver({ database, clock, shop }: HandedOverDeps) {
  const { orm } = database.read

  /** Where our clock lags behind what was recorded already (an empty battery), the POS knows better what time it is. */
  const newestTime = (): number =>
    orm
      .select({ at: sql<number | null>`max(${sale.recordedAt})` })
      .from(sale)
      .get()?.at ?? 0

  /** @throws KauntaError SOLD_AT_WRONG */
  function checkTime(at: number | undefined): void {
    const now = clock.now()
    if (at === undefined || (at <= now + aheadMs && at >= now - oldestMs)) return
    if (at > now && at <= newestTime() + oldestMs && newestTime() > now + aheadMs) return
    throw new KauntaError('SOLD_AT_WRONG', { field: 'body.soldAt', at: new Date(at).toISOString() })
  }

  /** @throws KauntaError POS_NUMBER_USED */
  function checkNumber(number: string | undefined, apiKeyId: string): void {
    if (number === undefined) return
    const known = orm
      .select({ number: sale.number })
      .from(sale)
      .where(and(eq(sale.posNumber, number), eq(sale.apiKeyId, apiKeyId)))
      .get()
    if (known === undefined) return
    const receipt = formatSaleNumber(known)
    throw new KauntaError('POS_NUMBER_USED', { field: 'body.number', number, receipt })
  }

  return {
    check(input: HandedOverSale, by: HandedOverBy): void {
      checkTime(input.soldAt)
      checkNumber(input.number, by.apiKeyId)
    },
    /** Writes the tenders of a sale that has its number; paid in full, it is over. @throws KauntaError TENDERS_TOO_MUCH */
    pay(tx: Transaction, recorded: Sale, input: HandedOverSale, add: (wanted: NewTender) => void): void {
      const tenders = input.tenders ?? []
      const paidMinor = tenders.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
      const words = (minor: number) => formatMoney(minor, recorded.currency, shop().language)
      if (paidMinor > recorded.totalMinor) {
        throw new KauntaError('TENDERS_TOO_MUCH', {
          field: 'body.tenders',
          paid: words(paidMinor),
          total: words(recorded.totalMinor),
        })
      }
      for (const { kind, amountMinor, givenMinor = null, label = null, reference = null } of tenders)
        add({ saleId: recorded.id, kind, amountMinor, givenMinor, label, reference, paymentId: null })
      if (paidMinor < recorded.totalMinor) return
      tx.orm.update(sale).set({ state: 'finished', updatedAt: tx.now }).where(eq(sale.id, recorded.id)).run()
      tx.emit('sale.finished', recorded.id, factsOf(recorded))
    },
  }
}
