import type { Sentence } from '../../src-preload/contract/paging.ts'
import type { Notice, Payment } from '../../src-preload/contract/payments.ts'
import type { Accounts } from '../accounts/service.ts'
import type { Database } from '../database/open.ts'
import { callbackUrl, moneyOf } from '../money/accounts.ts'
import { KauntaError } from '../problem.ts'
import type { Receipts } from '../receipts/service.ts'
import { admit } from './codes/enter-code.ts'
import type { Notices } from './notices.ts'
import type { PaymentStore } from './store.ts'

export interface NoticesRoomDeps {
  readonly database: Database
  readonly store: PaymentStore
  readonly notices: Notices
  readonly accounts: Accounts
  readonly receipts: Receipts
  readonly publicAddress: () => string
  readonly approve: (pin: string | undefined, always: boolean) => Promise<string>
}

/** Customers' own payments as the screens use them. */
export function createNoticesRoom({
  database,
  store,
  notices,
  accounts,
  receipts,
  ...deps
}: NoticesRoomDeps) {
  return {
    list: notices.list,
    forSale: notices.forSale,
    candidates: notices.candidates,
    /** What does not fit the sale (another day, another phone) wants a manager. */
    async match(id: string, saleId: string, managerPin: string | undefined): Promise<Payment> {
      await admit(deps, notices.misfit(notices.row(id), receipts.get(saleId)), managerPin)
      return store.get(database.transact((tx) => notices.match(tx, id, saleId)))
    },
    async setAside(id: string, note: string, managerPin: string | undefined): Promise<Notice> {
      const staffId = await deps.approve(managerPin, false)
      database.transact((tx) => notices.setAside(tx, id, note, staffId))
      return notices.present(notices.row(id))
    },
    /** @throws KauntaError NOTICES_UNABLE, PUBLIC_ADDRESS_MISSING */
    async register(accountId: string): Promise<{ ok: boolean; sentence: Sentence }> {
      const account = accounts.get(accountId)
      const money = await moneyOf(accounts, accountId)
      if (money?.registerNotices === undefined)
        throw new KauntaError('NOTICES_UNABLE', { provider: account.label })
      if (deps.publicAddress() === '') throw new KauntaError('PUBLIC_ADDRESS_MISSING')
      const url = callbackUrl(deps.publicAddress(), account, null)
      const outcome = await money.registerNotices(url)
      if (outcome.ok) return { ok: true, sentence: outcome.value }
      const problem =
        outcome.error.kind === 'offline'
          ? new KauntaError('PROVIDER_UNREACHABLE', { provider: account.label })
          : new KauntaError('PROVIDER_REFUSED', { provider: account.label, detail: outcome.error.detail })
      return { ok: false, sentence: problem.sentence() }
    },
  }
}

export type NoticesRoom = ReturnType<typeof createNoticesRoom>
