import type { Router } from '@orpc/server'
import type { Contract } from '../../src-preload/contract/index.ts'
import { accountsProcedures } from '../accounts/procedures.ts'
import type { Accounts } from '../accounts/service.ts'
import { cashUpProcedures } from '../cash-up/procedures.ts'
import type { CashUpRoom } from '../cash-up/service.ts'
import { customersProcedures } from '../customers/procedures.ts'
import type { CallContext } from '../implement.ts'
import { type IntegrationDeps, integrationProcedures } from '../integration/procedures.ts'
import { liveProcedures } from '../live/procedures.ts'
import type { Live } from '../live/service.ts'
import { messagingProcedures } from '../messaging/procedures.ts'
import { outboxProcedures } from '../outbox/procedures.ts'
import type { NoticesRoom } from '../payments/notices-room.ts'
import { paymentsProcedures } from '../payments/procedures.ts'
import type { Unread } from '../payments/unread.ts'
import type { Clock } from '../ports.ts'
import { practiceProcedures } from '../practice/procedures.ts'
import type { PracticeRoom } from '../practice/service.ts'
import { printingProcedures } from '../printing/procedures.ts'
import type { Printing } from '../printing/service.ts'
import { receiptsProcedures } from '../receipts/procedures.ts'
import { reconciliationProcedures } from '../reconciliation/procedures.ts'
import type { ReconciliationRoom } from '../reconciliation/service.ts'
import { type SearchDeps, searchProcedures } from '../search/procedures.ts'
import { settingsProcedures } from '../settings/procedures.ts'
import type { Settings } from '../settings/service.ts'
import { staffProcedures } from '../staff/procedures.ts'
import type { StaffRoom } from '../staff/service.ts'
import { transfersProcedures } from '../transfers/procedures.ts'
import type { Transfers } from '../transfers/service.ts'

export interface Rooms extends IntegrationDeps, SearchDeps {
  readonly accounts: Accounts
  readonly settings: Settings
  readonly printing: Printing
  readonly live: Live
  readonly noticesRoom: NoticesRoom
  readonly unread: Unread
  readonly transfers: Transfers
  readonly reconciliation: ReconciliationRoom
  readonly cashUp: CashUpRoom
  readonly staff: StaffRoom
  readonly practice: PracticeRoom | null
  readonly clock: Clock
}

export type ApiRouter = Router<Contract, CallContext>
export type IntegrationRouter = Router<Contract['integration'], CallContext>

/** Joins every room's procedures to the one router that all doors carry. */
export function createRouter(rooms: Rooms): {
  readonly whole: ApiRouter
  /** The part that integrators may reach. */
  readonly integration: IntegrationRouter
} {
  const integration = integrationProcedures(rooms)
  const whole = {
    sales: receiptsProcedures(rooms.receipts, rooms.printing),
    customers: customersProcedures(rooms.customers),
    ...messagingProcedures(rooms.messaging),
    ...paymentsProcedures(rooms.payments, rooms.noticesRoom, rooms.unread),
    ...transfersProcedures(rooms.transfers),
    reconciliations: reconciliationProcedures(rooms.reconciliation),
    cashUps: cashUpProcedures(rooms.cashUp),
    staff: staffProcedures(rooms.staff),
    ...printingProcedures(rooms.printing),
    outbox: outboxProcedures(rooms.outbox),
    ...accountsProcedures(rooms.accounts, rooms.clock, rooms.staff),
    ...settingsProcedures(rooms.settings, rooms.staff),
    search: searchProcedures(rooms),
    live: liveProcedures(rooms.live, rooms.staff.desk),
    practice: practiceProcedures(rooms.practice),
    integration,
  }
  return { whole, integration }
}
