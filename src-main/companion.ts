import type { Language } from '../src-preload/contract/paging.ts'
import { accountNews, registerAccountLanes } from './accounts/lanes.ts'
import { type Accounts, createAccounts } from './accounts/service.ts'
import { createContexts } from './api/context.ts'
import { type ApiRouter, createRouter, type IntegrationRouter } from './api/router.ts'
import { type Callbacks, createCallbacks } from './callbacks/service.ts'
import { createCashUp } from './cash-up/service.ts'
import { type CompanionOptions, createFoundations, type Foundations } from './foundations.ts'
import type { CallContext, Caller, Seat } from './implement.ts'
import { keepTime } from './keep-time.ts'
import { deliveryReceipts } from './messaging/delivery-receipts.ts'
import { messageEffect } from './messaging/effect.ts'
import { createMessaging } from './messaging/service.ts'
import { createMessageStore } from './messaging/store.ts'
import { createWhatsAppInbox } from './messaging/whatsapp-inbox.ts'
import type { Ports } from './ports.ts'
import { createPracticeRoom } from './practice/service.ts'
import { createPrintRooms } from './print-rooms.ts'
import { createDayEnd } from './reconciliation/day-end.ts'
import { createReconciliation } from './reconciliation/service.ts'
import type { Settings } from './settings/service.ts'
import { createTillRooms } from './till-rooms.ts'

/** One connection of a screen. */
export interface Screen {
  readonly context: CallContext
  readonly seat: Seat
  /** The connection is gone: whoever sat there has left. */
  close(): void
}

/** The whole program without a door. */
export interface Companion {
  readonly router: ApiRouter
  /** The part of the contract that integrators may reach. */
  readonly integration: IntegrationRouter
  readonly callbacks: Callbacks
  readonly settings: Settings
  readonly accounts: Accounts
  /** The context of an integrator's calls. */
  context(caller: Caller): CallContext
  /** A place at the counter for one connection of a screen. */
  screen(): Screen
  /** Writes what a door's own handler threw to the log. @returns the mark by which a person can name it */
  reportFault(error: unknown): string
  /** Stops taking up work and lets calls in flight end, at most `ms` milliseconds. */
  settle(ms: number): Promise<void>
  close(): Promise<void>
}

/** Level 3: the capabilities, each with its own kinds of effect. */
function createRooms(foundations: Foundations, options: CompanionOptions) {
  const { base, shop, staff, practice } = foundations
  const { nameOf } = staff
  const { outbox } = base
  const accounts = createAccounts({
    ...foundations,
    ...base,
    ...accountNews({ ...foundations, outbox, refreshInbox: () => inbox.refresh() }),
    declarations: options.declarations,
    world: practice === null ? (options.standIns === true ? 'standIn' : 'live') : 'practice',
    practiceAddress: (provider) =>
      practice?.accounts.find((seed) => seed.provider === provider)?.baseUrl ?? null,
  })
  registerAccountLanes(outbox, accounts)
  const { customers, receipts, money } = createTillRooms(foundations, accounts)
  const { payments, transfers, noticesRoom, unread, reports } = money
  const rooms = { ...base, accounts, receipts, customers, shop, staff, nameOf }
  const { printing, monitor } = createPrintRooms(foundations, rooms)
  const messageStore = createMessageStore({ ...base, providerOf: (id) => accounts.providerOf(id) })
  const receiptPdf = (saleId: string, language: Language) => printing.receiptFile(saleId, 'pdf', language)
  const messaging = createMessaging({ ...rooms, store: messageStore, receiptPdf })
  const callbacks = createCallbacks({
    ...rooms,
    readerOf: (account) => {
      const { sms, mobileMoney } = accounts.readers(account.id)
      if (mobileMoney !== undefined) return reports(account, mobileMoney)
      return sms === undefined ? null : deliveryReceipts(messaging, sms)
    },
  })
  outbox.register(messageEffect(messageStore, accounts, callbacks.readAgain))
  const inbox = createWhatsAppInbox({ ...rooms, messaging, callbacks })
  const reconciliation = createReconciliation({ ...rooms, payments })
  const dayEnd = createDayEnd({
    ...rooms,
    reconciliation,
    zone: () => shop().zone,
  })
  const till = { ...rooms, payments, transfers, printing, practice: practice !== null }
  return {
    ...rooms,
    messaging,
    payments,
    noticesRoom,
    unread,
    transfers,
    reconciliation,
    cashUp: createCashUp(till),
    printing,
    monitor,
    callbacks,
    inbox,
    money,
    dayEnd,
  }
}

/**
 * Composes Kaunta over its ports, lowest rooms first, and takes up what the last run left.
 * @throws KauntaError as `startDatabase`
 */
export async function createCompanion(ports: Ports, options: CompanionOptions): Promise<Companion> {
  const foundations = createFoundations(ports, options)
  const { base, settings, staff, status, live, practice, http } = foundations
  await staff.start()
  const rooms = createRooms(foundations, options)
  const { accounts, outbox, callbacks, inbox, money, dayEnd, monitor } = rooms
  if (practice !== null) {
    await accounts.seed(practice.accounts)
    rooms.printing.seedPrinter(practice.printerAddress)
  }
  keepTime(foundations, outbox, money)
  base.journal.start()
  base.consumers.start()
  status.recovered(outbox.start())
  callbacks.recover()
  callbacks.purge()
  money.start()
  dayEnd.start()
  monitor.start()
  inbox.refresh()

  const world = practice?.room ?? null
  const profile = () => rooms.printing.receiptPrinter()?.profile ?? null
  const practiceDeps = { ...base, profile, mended: () => outbox.nudge() }
  const practiceRoom = world === null ? null : createPracticeRoom(world.world, world.printer, practiceDeps)
  const api = createRouter({ ...rooms, settings, live, practice: practiceRoom })
  const context = createContexts({
    ...base,
    staff,
    language: () => settings.shop().language,
    revoked: settings.revoked,
  })
  const settle = async (ms: number) => {
    inbox.stop()
    money.stop()
    dayEnd.stop()
    monitor.stop()
    await outbox.stop(ms)
    base.consumers.stop()
  }
  return {
    router: api.whole,
    integration: api.integration,
    callbacks,
    settings,
    accounts,
    context,
    screen() {
      const seat = staff.openSeat()
      return { context: context({ kind: 'screen', seat }), seat, close: () => staff.closeSeat(seat) }
    },
    reportFault(error) {
      const mark = base.random.secret(6)
      base.onFault('a door failed', { mark, error })
      return mark
    },
    settle,
    async close() {
      await settle(0)
      live.stop()
      base.journal.stop()
      await http.close()
      base.database.close()
    },
  }
}
