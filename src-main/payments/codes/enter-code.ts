import type { Payment } from '../../../src-preload/contract/payments.ts'
import type { Sale } from '../../../src-preload/contract/receipts.ts'
import type { Accounts } from '../../accounts/service.ts'
import { staffIdOf } from '../../actor.ts'
import type { Database, Transaction } from '../../database/open.ts'
import { moneyOf } from '../../money/accounts.ts'
import { checkAmount, type MoneyAccount, moneyAccounts } from '../../money/networks.ts'
import { formatMoney } from '../../money.ts'
import type { Outbox } from '../../outbox/service.ts'
import type { Randomness } from '../../ports.ts'
import { KauntaError } from '../../problem.ts'
import type { Receipts } from '../../receipts/service.ts'
import type { NoticeRow } from '../notice-rows.ts'
import type { Notices } from '../notices.ts'
import { type PaymentRow, type PaymentStore, plainCode } from '../store.ts'
import type { PaymentWatcher } from '../watcher.ts'
import { readCode, wantCode } from './code.ts'

export interface CodeRequest {
  readonly saleId: string
  readonly code: string
  readonly accountId?: string | undefined
  readonly amountMinor?: number | undefined
  /** For money of another day or phone. */
  readonly managerPin?: string | undefined
}

export interface EnterCodeDeps {
  readonly database: Database
  readonly random: Randomness
  readonly store: PaymentStore
  readonly accounts: Accounts
  readonly receipts: Receipts
  readonly notices: Notices
  readonly watcher: PaymentWatcher
  /** @throws KauntaError where no manager stands behind it */
  readonly approve: (pin: string | undefined, always: boolean) => Promise<string>
  readonly outbox: Outbox
}

/**
 * The customer paid by hand and shows the code. A notice that bears it proves it at once; else the sale's open prompt
 * takes it, or a payment of its own waits until the network, a statement or a manager proves it.
 * @throws KauntaError CODE_SHAPE, CODE_AMOUNT, CODE_OLD, RECEIPT_CODE_USED, PROMPT_ALIVE, SALE_PAID, ACCOUNT_MISSING
 */
export async function enterCode(deps: EnterCodeDeps, request: CodeRequest): Promise<Payment> {
  const { store, notices, receipts } = deps
  const alive = store.openOf(request.saleId)
  const chosen = accountOf(deps, request, alive, receipts.get(request.saleId))
  const { account, money } = chosen
  const code = readCode(request.code, money, account.label)
  const bearer = store.byAnyCode(code)
  if (bearer !== undefined && bearer.saleId === request.saleId) return store.get(bearer.id)
  if (bearer !== undefined) throw new KauntaError('RECEIPT_CODE_USED', { field: 'code', code })
  const told = notices.byCode(code)
  if (told !== undefined)
    await admit(deps, notices.misfit(told, receipts.get(request.saleId)), request.managerPin)
  const canProve = (await moneyOf(deps.accounts, account.id))?.queryCode !== undefined
  const id = deps.database.transact((tx) => {
    const sale = receipts.recordIn(tx, request.saleId)
    if (told !== undefined) return takeNotice(deps, tx, told, sale)
    if (alive !== undefined)
      return attach(deps, tx, store.row(alive.id), { accountId: account.id, code, canProve })
    const owed = sale.totalMinor - sale.paidMinor
    if (owed <= 0) throw new KauntaError('SALE_PAID')
    const amountMinor = request.amountMinor ?? owed
    checkAmount(chosen, { ...money.amount, minMinor: 1 }, amountMinor, sale.currency, owed)
    return claim(deps, tx, chosen, sale, { code, amountMinor, canProve })
  })
  if (store.row(id).origin === 'prompt') deps.watcher.follow(id)
  else deps.watcher.watch(id)
  return store.get(id)
}

/**
 * What does not fit wants a manager: the one at the counter, or a PIN.
 * @throws KauntaError the misfit itself where there is neither
 */
export async function admit(
  { approve }: Pick<EnterCodeDeps, 'approve'>,
  doubt: KauntaError | null,
  managerPin: string | undefined,
): Promise<void> {
  if (doubt === null) return
  if (managerPin !== undefined) await approve(managerPin, false)
  else
    await approve(undefined, false).catch(() => {
      throw doubt
    })
}

/** The network that the code is of: the named one, the open prompt's, else the one whose codes look so. */
function accountOf(
  deps: EnterCodeDeps,
  request: CodeRequest,
  alive: PaymentRow | undefined,
  sale: Sale,
): MoneyAccount {
  const known = moneyAccounts(deps.accounts).filter(({ money }) => money.currencies.includes(sale.currency))
  const wanted = request.accountId ?? alive?.accountId
  const code = plainCode(request.code)
  const chosen =
    wanted === undefined
      ? (known.find(({ account }) => deps.notices.byCode(code)?.accountId === account.id) ??
        known.find(({ money }) => money.receiptCode.test(code)) ??
        known[0])
      : known.find(({ account }) => account.id === wanted)
  if (chosen === undefined) throw new KauntaError('ACCOUNT_MISSING', { channel: 'M-Pesa' })
  return chosen
}

function takeNotice(deps: EnterCodeDeps, tx: Transaction, told: NoticeRow, sale: Sale): string {
  if (told.state !== 'waiting') throw new KauntaError('RECEIPT_CODE_USED', { field: 'code', code: told.code })
  const owed = sale.totalMinor - sale.paidMinor
  if (told.amountMinor > owed) {
    throw new KauntaError('CODE_AMOUNT', {
      field: 'code',
      code: told.code,
      paid: formatMoney(told.amountMinor, told.currency, 'en'),
      owed: formatMoney(owed, sale.currency, 'en'),
    })
  }
  return deps.notices.match(tx, told.id, sale.id)
}

/** The code of a prompt whose end is not known yet: whatever proves the prompt takes it along. */
function attach(
  deps: EnterCodeDeps,
  tx: Transaction,
  alive: PaymentRow,
  { accountId, code, canProve }: { accountId: string; code: string; canProve: boolean },
): string {
  if (alive.accountId !== accountId) throw new KauntaError('PROMPT_ALIVE', { state: alive.state })
  deps.store.noteWord(tx, alive, code, staffIdOf(tx.actor))
  deps.store.update(tx, alive.id, { claimedCode: code })
  if (canProve && alive.state === 'unknown')
    wantCode(deps.outbox, tx, { paymentId: alive.id, code, accountId, title: code })
  return alive.id
}

function claim(
  deps: EnterCodeDeps,
  tx: Transaction,
  { account }: MoneyAccount,
  sale: Sale,
  { code, amountMinor, canProve }: { code: string; amountMinor: number; canProve: boolean },
): string {
  const id = deps.random.id()
  const title = `${code} · ${formatMoney(amountMinor, sale.currency, 'en')}`
  const effectId = canProve
    ? wantCode(deps.outbox, tx, { paymentId: id, code, accountId: account.id, title })
    : null
  deps.store.insert(tx, {
    id,
    saleId: sale.id,
    saleNumber: sale.number,
    accountId: account.id,
    effectId,
    provider: account.provider,
    origin: 'code',
    phone: sale.customer.phone,
    amountMinor,
    currency: sale.currency,
    state: 'unknown',
    reason: 'codeUnproved',
    claimedCode: code,
    needsDecision: !canProve,
    staffId: staffIdOf(tx.actor),
  })
  deps.store.noteWord(tx, deps.store.row(id), code, staffIdOf(tx.actor))
  return id
}
