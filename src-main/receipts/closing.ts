import { eq } from 'drizzle-orm'
import type { EventData } from '../../src-preload/contract/events.ts'
import type { Sale, TenderKind } from '../../src-preload/contract/receipts.ts'
import type { Shop } from '../../src-preload/contract/settings.ts'
import type { Database, Transaction } from '../database/open.ts'
import { formatMoney } from '../money.ts'
import { KauntaError } from '../problem.ts'
import { sale } from './tables.ts'
import type { PaymentFacts } from './takings.ts'

export interface LeaveOpen {
  readonly note: string
  /** What becomes of what is unpaid: the customer owes it, or did pay it in cash. */
  readonly rest: 'owed' | 'cash'
  readonly managerPin?: string | undefined
}

export interface Closing {
  readonly leaveOpen?: LeaveOpen | undefined
  readonly cashGivenMinor?: number | undefined
}

export interface NewTender {
  readonly saleId: string
  readonly kind: TenderKind
  readonly amountMinor: number
  readonly paymentId: string | null
  /** Cash handed over, minor units; null where it was not counted. */
  readonly givenMinor: number | null
  /** What the POS calls its way of paying, and its own number of it; card and other only. */
  readonly label?: string | null
  readonly reference?: string | null
}

export interface ClosingDeps {
  readonly database: Database
  readonly shop: () => Shop
  readonly payments: PaymentsOfSales
  readonly approve: (pin: string | undefined, always: boolean) => Promise<string>
}

/** What a sale has to know of its payments. */
export interface PaymentsOfSales {
  /** The state of the one that is alive or unknown, or null. */
  openState(saleId: string): string | null
  /** Keeps the manager's word with the payment that is left behind. */
  noteLeftOpen(tx: Transaction, saleId: string, note: string, staffId: string): void
  /** Network receipt codes and what went back, by payment id, for the tenders of a receipt. */
  readonly facts: PaymentFacts
}

interface Room {
  readonly get: (id: string) => Sale
  readonly recordIn: (tx: Transaction, id: string) => Sale
  readonly addTender: (tx: Transaction, wanted: NewTender) => void
  readonly changed: (tx: Transaction, id: string) => void
  /** The draft that lies on the counter, or a fresh one. */
  readonly draftIn: (tx: Transaction) => string
}

/** What is told of a sale whatever happens to it. */
export function factsOf({ tillId, number, totalMinor, currency }: Facts): Facts {
  return { tillId, number, totalMinor, currency }
}
type Facts = EventData<'sale.recorded'>

/** How a sale leaves the counter: paid, or owed on a manager's word. What nobody paid is never booked as cash. */
export function createClosing(deps: ClosingDeps, room: Room) {
  const { database } = deps

  const takeCash = (tx: Transaction, { id }: Sale, amountMinor: number, given: number | undefined) => {
    room.addTender(tx, { saleId: id, kind: 'cash', amountMinor, paymentId: null, givenMinor: given ?? null })
    tx.emit('sale.cashTaken', id, factsOf(room.get(id)))
  }

  const needsEnough = ({ currency }: Sale, dueMinor: number, given: number | undefined): void => {
    if (given === undefined || given >= dueMinor) return
    const words = (minor: number) => formatMoney(minor, currency, deps.shop().language)
    throw new KauntaError('CASH_TOO_LITTLE', {
      field: 'cashGivenMinor',
      given: words(given),
      owed: words(dueMinor),
    })
  }

  /** Part of it in cash, the rest owed: the part is what was counted into the hand. */
  const leaveOwed = (tx: Transaction, recorded: Sale, dueMinor: number, given: number, word: Word) => {
    const part = Math.min(given, dueMinor)
    if (part > 0) takeCash(tx, recorded, part, given)
    const owing = { owedNote: word.note, owedStaffId: word.staffId }
    tx.orm.update(sale).set(owing).where(eq(sale.id, recorded.id)).run()
  }

  const close = (tx: Transaction, id: string, word: Word | null, closing: Closing): void => {
    const recorded = room.recordIn(tx, id)
    const over = recorded.state === 'finished'
    // A sale that is over lacks money only where it left owed: what went back to its customer is no debt.
    const dueMinor = over ? (recorded.owed?.amountMinor ?? 0) : recorded.totalMinor - recorded.paidMinor
    const given = closing.cashGivenMinor
    if (dueMinor > 0 && word?.rest === 'owed') leaveOwed(tx, recorded, dueMinor, given ?? 0, word)
    else if (dueMinor > 0) {
      needsEnough(recorded, dueMinor, given)
      takeCash(tx, recorded, dueMinor, given)
    }
    tx.orm.update(sale).set({ state: 'finished', updatedAt: tx.now }).where(eq(sale.id, id)).run()
    room.changed(tx, id)
    // One that left owed was over then already.
    if (!over) tx.emit('sale.finished', id, factsOf(room.get(id)))
  }

  return async (
    id: string,
    closing: Closing = {},
    also?: (tx: Transaction) => void,
  ): Promise<{ finished: Sale; next: Sale }> => {
    const { leaveOpen } = closing
    const staffId = leaveOpen === undefined ? null : await deps.approve(leaveOpen.managerPin, false)
    const word = leaveOpen === undefined || staffId === null ? null : { ...leaveOpen, staffId }
    const alive = deps.payments.openState(id)
    // What is on the customer's phone this moment is waited for; only what stays unknown may be left behind.
    if (alive !== null && !(alive === 'unknown' && word !== null)) {
      throw new KauntaError('PROMPT_ALIVE', { state: alive })
    }
    // With its successor in one commit: told that it was not kept, one finishes again, and the paper came twice.
    const nextId = database.transact((tx) => {
      if (alive !== null && word !== null) deps.payments.noteLeftOpen(tx, id, word.note, word.staffId)
      close(tx, id, word, closing)
      also?.(tx)
      return room.draftIn(tx)
    })
    // A sale of the POS, or an old debt, was paid beside the one that lies on the counter: that one stays.
    return { finished: room.get(id), next: room.get(nextId) }
  }
}

interface Word extends LeaveOpen {
  readonly staffId: string
}
