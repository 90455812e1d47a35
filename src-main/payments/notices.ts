import type { Notice } from '../../src-preload/contract/payments.ts'
import type { Sale } from '../../src-preload/contract/receipts.ts'
import type { Zone } from '../../src-preload/contract/time.ts'
import { staffIdOf } from '../actor.ts'
import type { Transaction } from '../database/open.ts'
import { formatMoney } from '../money.ts'
import { KauntaError } from '../problem.ts'
import type { CustomerPayment } from '../providers/mobile-money.ts'
import { misfit, wantCode } from './codes/code.ts'
import { applyEvidence, type EvidenceDeps, takeMoney } from './evidence.ts'
import { checkFits, fits, phoneFits, underWay } from './notice-fits.ts'
import { createNoticeRows, type NoticeRow, type NoticeRowsDeps, present } from './notice-rows.ts'
import { type PaymentRow, plainCode } from './store.ts'
import { isOpen } from './transitions.ts'

export interface NoticesDeps extends EvidenceDeps, NoticeRowsDeps {
  /** Ask the network about this payment now. */
  readonly follow: (paymentId: string) => void
  /** True when the network can be asked about this payment. */
  readonly askable: (row: PaymentRow) => boolean
  /** True when this account's network can be asked what stands behind a code. */
  readonly provesCodes: (accountId: string) => boolean
  readonly zone: () => Zone
}

/** How far back a payment may lie that a notice tells of: networks are late, and shops close at night. */
const reachMs = 48 * 3_600_000

/** Customers' own payments: kept as the network tells of them, given to a sale by evidence or by a person. */
export function createNotices(deps: NoticesDeps) {
  const { store, receipts } = deps
  const rows = createNoticeRows(deps)
  const { row, byCode, waitingUpTo, link } = rows

  /** May this report pay by itself? Not where nobody signed it and the network can be asked. */
  const believed = (found: NoticeRow): boolean => found.signed || !deps.provesCodes(found.accountId)

  /** The network's word completes this payment, or makes Kaunta ask; the notice is its. */
  function prove(tx: Transaction, found: NoticeRow, paymentId: string): void {
    const before = store.row(paymentId)
    const asks = isOpen(before.state) && before.amountMinor === found.amountMinor && !believed(found)
    if (asks) {
      askFirst(tx, found, before)
      return
    }
    applyEvidence(deps, tx, paymentId, {
      source: 'notice',
      detail: found.code,
      reading: { state: 'completed', receiptCode: found.code, amountMinor: found.amountMinor },
    })
    const now = store.row(paymentId)
    const same = now.receiptCode === found.code && now.amountMinor === found.amountMinor
    if (now.state === 'completed' && same) link(tx, found, paymentId)
  }

  /** The payment takes the code along, and the network is asked: its own answer ends it. */
  function askFirst(tx: Transaction, found: NoticeRow, row: PaymentRow): void {
    if (row.claimedCode !== found.code) store.update(tx, row.id, { claimedCode: found.code })
    if (row.state === 'unknown')
      wantCode(deps.outbox, tx, {
        paymentId: row.id,
        code: found.code,
        accountId: row.accountId,
        title: found.code,
      })
    if (row.origin === 'prompt') tx.afterCommit(() => deps.follow(row.id))
  }

  /** A payment of ours that this money surely is: it bears the code, or all that is told fits it alone. */
  function find(tx: Transaction, found: NoticeRow): void {
    const bearer = store.byAnyCode(found.code)
    if (bearer !== undefined) {
      prove(tx, found, bearer.id)
      return
    }
    const fitting = store
      .likeNotice(found.accountId, found.amountMinor, found.paidAt - reachMs)
      .filter((one) => fits(found, one, receipts.get(one.saleId)))
    const [only] = fitting
    if (only === undefined || fitting.length > 1) return
    // Where the network can be asked, its own answer ends the payment; the notice then only brings the code.
    if (isOpen(only.state) && deps.askable(only)) tx.afterCommit(() => deps.follow(only.id))
    else prove(tx, found, only.id)
  }

  return {
    ...rows,
    present,
    /** Keeps what the network tells; the same code again changes nothing. */
    receive(
      tx: Transaction,
      account: { id: string; provider: string },
      told: CustomerPayment,
      signed: boolean,
    ): boolean {
      const code = plainCode(told.code)
      if (byCode(code)?.provider === account.provider) return false
      find(tx, rows.insert(tx, account, told, { code, signed }))
      return true
    },
    /** A payment was completed: a notice that waits may be the same money. */
    adopt(tx: Transaction, paymentId: string): void {
      const paid = store.row(paymentId)
      const sale = receipts.get(paid.saleId)
      const [only, ...others] =
        paid.receiptCode === null
          ? waitingUpTo(paid.currency, paid.amountMinor).filter((one) => fits(one, paid, sale))
          : [byCode(paid.receiptCode)]
      // Two that fit alike are neither the one.
      const found = others.length === 0 ? only : undefined
      if (found === undefined || found.state !== 'waiting' || found.amountMinor !== paid.amountMinor) return
      if (paid.receiptCode === null) prove(tx, found, paid.id)
      else link(tx, found, paid.id)
    },
    /** Waiting money that may be this sale's: it fits what is owed, the customer's own phone first. */
    forSale(saleId: string): Notice[] {
      const sale = receipts.get(saleId)
      const owed = sale.totalMinor - sale.paidMinor
      const alive = store.openOf(saleId)
      const mine = (one: NoticeRow) => phoneFits(one, sale.customer.phone) === true
      return waitingUpTo(sale.currency, owed)
        .filter(
          (one) =>
            (one.amountMinor === owed || (mine(one) && one.amountMinor <= owed)) &&
            (alive === undefined || (alive.accountId === one.accountId && !underWay(alive, one))) &&
            // What is being asked about pays its own sale.
            store.byAnyCode(one.code) === undefined,
        )
        .toSorted((a, b) => Number(mine(b)) - Number(mine(a)) || b.receivedAt - a.receivedAt)
        .map(present)
    },
    /** Sales that this money may belong to. */
    candidates(id: string) {
      const found = row(id)
      return receipts
        .unpaid(found.currency, 200)
        .map((sale) => ({
          sale,
          samePhone: phoneFits(found, sale.customer.phone) === true,
          sameAmount: sale.totalMinor - sale.paidMinor === found.amountMinor,
        }))
        .filter(({ sameAmount, samePhone }) => sameAmount || samePhone)
    },
    /**
     * A person gives this money to a sale.
     * @returns the payment's id
     * @throws KauntaError NOTICE_SETTLED, NOTICE_AMOUNT, PROMPT_ALIVE, SALE_PAID, RECEIPT_CODE_USED
     */
    match(tx: Transaction, id: string, saleId: string): string {
      const found = row(id)
      if (found.state !== 'waiting') throw new KauntaError('NOTICE_SETTLED')
      const bearer = store.byAnyCode(found.code)
      if (bearer !== undefined) {
        if (bearer.saleId !== saleId)
          throw new KauntaError('RECEIPT_CODE_USED', { field: 'code', code: found.code })
        prove(tx, found, bearer.id)
        return bearer.id
      }
      const alive = store.openOf(saleId)
      if (alive?.accountId === found.accountId && alive.amountMinor === found.amountMinor) {
        prove(tx, found, alive.id)
        return alive.id
      }
      if (alive !== undefined) throw new KauntaError('PROMPT_ALIVE', { state: alive.state })
      const sale = receipts.recordIn(tx, saleId)
      checkFits(found, sale)
      const paymentId = deps.random.id()
      if (believed(found)) {
        insertPaid(tx, paymentId, found, sale)
        link(tx, found, paymentId)
      } else insertAsked(tx, paymentId, found, sale)
      return paymentId
    },
    /** Why this money needs a manager's word before it pays that sale; null when it fits. */
    misfit: (found: NoticeRow, sale: Sale): KauntaError | null =>
      misfit({ ...found, samePhone: phoneFits(found, sale.customer.phone) }, sale, deps.zone()),
  }

  function insertPaid(tx: Transaction, id: string, found: NoticeRow, sale: Sale): void {
    const proved = { state: 'completed', receiptCode: found.code, proof: 'notice' } as const
    store.insert(tx, { ...bornOf(tx, found, id, sale), ...proved })
    noteBirth(tx, id, found, 'completed')
    takeMoney(deps, tx, store.row(id))
  }

  /** Given to the sale by a person, and not counted before the network says so itself. */
  function insertAsked(tx: Transaction, id: string, found: NoticeRow, sale: Sale): void {
    const title = `${found.code} · ${formatMoney(found.amountMinor, found.currency, 'en')}`
    const effectId = wantCode(deps.outbox, tx, {
      paymentId: id,
      code: found.code,
      accountId: found.accountId,
      title,
    })
    const asked = { effectId, claimedCode: found.code, reason: 'codeUnproved' } as const
    store.insert(tx, { ...bornOf(tx, found, id, sale), ...asked })
    noteBirth(tx, id, found, 'unknown')
  }

  function noteBirth(tx: Transaction, id: string, found: NoticeRow, toState: 'completed' | 'unknown'): void {
    const completed = toState === 'completed'
    const claim = {
      to: toState,
      source: 'notice',
      reason: null,
      detail: found.code,
      receiptCode: found.code,
      staffId: staffIdOf(tx.actor),
    } as const
    store.note(tx, { id, state: completed ? 'pending' : toState }, claim, completed)
  }

  function bornOf(tx: Transaction, found: NoticeRow, id: string, sale: Sale) {
    return {
      id,
      saleId: sale.id,
      saleNumber: sale.number,
      accountId: found.accountId,
      provider: found.provider,
      origin: 'notice',
      phone: found.phone,
      amountMinor: found.amountMinor,
      currency: found.currency,
      state: 'unknown',
      staffId: staffIdOf(tx.actor),
    } as const
  }
}

export type Notices = ReturnType<typeof createNotices>
