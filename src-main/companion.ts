import { join } from 'node:path'
import { accountLanes, accountNews } from './accounts/lanes.ts'
import { type Accounts, createAccounts } from './accounts/service.ts'
import { createContexts } from './api/context.ts'
import { type ApiRouter, createRouter, type IntegrationRouter } from './api/router.ts'
import { type Callbacks, createCallbacks } from './callbacks/service.ts'
import { createCustomers } from './customers/service.ts'
import { startDatabase } from './database/start.ts'
import { createHttpClient } from './http/client.ts'
import type { CallContext, Caller } from './implement.ts'
import { later } from './later.ts'
import { createHub } from './live/hub.ts'
import { sendNotices } from './live/notices.ts'
import { createLive } from './live/service.ts'
import { createStatus } from './live/status.ts'
import type { Log } from './logging/log.ts'
import { deliveryReceipts } from './messaging/delivery-receipts.ts'
import { messageEffect } from './messaging/effect.ts'
import { createMessaging } from './messaging/service.ts'
import { createMessageStore } from './messaging/store.ts'
import { createWhatsAppInbox } from './messaging/whatsapp-inbox.ts'
import { createOutbox, type Outbox } from './outbox/service.ts'
import { promptEffect } from './payments/effect.ts'
import { createPayments } from './payments/service.ts'
import { createPaymentStore } from './payments/store.ts'
import { createWatcher } from './payments/watcher.ts'
import type { Ports } from './ports.ts'
import { createPracticeRoom } from './practice/service.ts'
import type { StartedPractice } from './practice/start.ts'
import { printEffect } from './printing/effect.ts'
import { createPrinting, type Printing } from './printing/service.ts'
import { createPrintStore } from './printing/store.ts'
import type { ProviderDeclaration } from './providers/provider.ts'
import { createReceipts } from './receipts/service.ts'
import { liveShop, practiceShop } from './settings/defaults.ts'
import { createSettings, type Settings } from './settings/service.ts'

export interface CompanionOptions {
  /** The simulated world to practise in; null is live. */
  readonly practice: StartedPractice | null
  /** Divides the providers' waits: more than 1 only where the world is simulated. */
  readonly haste: number
  /** The built database worker; null makes copies on the calling thread. */
  readonly databaseWorker: URL | null
  /** Put the newest good snapshot in place of a damaged file. */
  readonly restore: boolean
  readonly log: Log
  /** The providers there are: the registry's, or a test's own. */
  readonly declarations: readonly ProviderDeclaration[]
}

/** The whole program without a door. */
export interface Companion {
  readonly router: ApiRouter
  /** The part of the contract that integrators may reach. */
  readonly integration: IntegrationRouter
  readonly callbacks: Callbacks
  readonly settings: Settings
  readonly accounts: Accounts
  context(caller: Caller): CallContext
  /** Stops taking up work and lets calls in flight end, at most `ms` milliseconds. */
  settle(ms: number): Promise<void>
  close(): Promise<void>
}

type Foundations = ReturnType<typeof createFoundations>

/** Levels 0 to 2 without the outbox: file, screens' news, settings, status. */
function createFoundations(ports: Ports, options: CompanionOptions) {
  const { clock, random, vault, version } = ports
  const { practice, haste, log } = options
  const onFault = (what: string, error: unknown) => log.error(what, { error })
  const mode = practice === null ? 'live' : 'practice'
  const dataFolder = join(ports.dataFolder, mode)
  const outbox = later<Outbox>('the outbox')
  const database = startDatabase({
    folder: dataFolder,
    name: 'kaunta.db',
    clock,
    worker: options.databaseWorker,
    restore: options.restore,
    onTrouble: (what, error) => {
      onFault(what, error)
      status.warn(what)
    },
  })
  const hub = createHub()
  const base = { database, hub, clock, random, haste, onFault, outbox: outbox.get }
  const settings = createSettings({ ...base, defaults: practice === null ? liveShop : practiceShop })
  const shop = () => settings.shop()
  const status = createStatus({ ...base, mode, version, dataFolder, vault })
  const live = createLive({ hub, clock, status: status.read })
  sendNotices(hub, (notice) => ports.notify(notice))
  return { base, outbox, settings, shop, status, live, vault, practice, http: createHttpClient() }
}

/** Levels 2 and 3: the outbox with its executors, and the capabilities around it. */
function createRooms(foundations: Foundations, options: CompanionOptions) {
  const { base, shop, live, practice } = foundations
  const accounts = createAccounts({
    ...foundations,
    ...base,
    ...accountNews({ ...foundations, refreshInbox: () => inbox.refresh() }),
    declarations: options.declarations,
  })
  const customers = createCustomers({ ...base, country: () => shop().country })
  const paymentStore = createPaymentStore(base.database, base.hub)
  const receipts = createReceipts({
    ...base,
    customers,
    shop,
    openPayment: (saleId) => paymentStore.openOf(saleId)?.state ?? null,
    receiptCodes: (ids) => paymentStore.codes(ids),
  })
  const publicAddress = () => practice?.publicAddress ?? shop().publicAddress
  const watcher = createWatcher({ ...base, store: paymentStore, receipts, accounts })
  const messageStore = createMessageStore({ ...base, providerOf: (id) => accounts.get(id).provider })
  const printStore = createPrintStore(base)
  const outbox = createOutbox({
    ...base,
    kinds: [
      messageEffect(messageStore, accounts),
      promptEffect({
        store: paymentStore,
        accounts,
        receipts,
        publicAddress,
        watch: (id) => watcher.watch(id),
      }),
      printEffect(printStore, base.clock, (tx, jobId) => printing.redo(tx, jobId)),
    ],
    limits: (lane) => accountLanes.limits(lane, accounts),
    onChange: () => live.touched(),
  })
  foundations.outbox.set(outbox)
  const rooms = { ...base, outbox, accounts, receipts, customers, shop }
  const messaging = createMessaging({ ...rooms, store: messageStore })
  const payments = createPayments({ ...rooms, store: paymentStore, watcher })
  const printing: Printing = createPrinting({ ...rooms, store: printStore, practice: practice !== null })
  const callbacks = createCallbacks({
    ...rooms,
    readerOf: (account) => {
      const { sms, mobileMoney } = accounts.readers(account.id)
      if (mobileMoney !== undefined) return payments.callbackReader(mobileMoney)
      return sms === undefined ? null : deliveryReceipts(messaging, sms)
    },
  })
  const inbox = createWhatsAppInbox({ ...rooms, messaging, callbacks })
  return { ...rooms, messaging, payments, printing, callbacks, inbox, watcher }
}

/**
 * Composes Kaunta over its ports, lowest rooms first, and takes up what the last run left.
 * @throws KauntaError as `startDatabase`
 */
export async function createCompanion(ports: Ports, options: CompanionOptions): Promise<Companion> {
  const foundations = createFoundations(ports, options)
  const { base, settings, status, live, practice, http } = foundations
  const rooms = createRooms(foundations, options)
  const { accounts, outbox, callbacks, inbox, watcher } = rooms
  if (practice !== null) {
    await accounts.seed(practice.accounts)
    rooms.printing.seedPrinter(practice.printerAddress)
  }
  status.recovered(outbox.start())
  callbacks.recover()
  watcher.start()
  inbox.refresh()

  const world = practice?.room ?? null
  const paper = () => rooms.printing.printer()?.paper ?? '80'
  const practiceDeps = { ...base, paper, mended: () => outbox.nudge() }
  const practiceRoom = world === null ? null : createPracticeRoom(world.world, world.printer, practiceDeps)
  const api = createRouter({ ...rooms, settings, live, practice: practiceRoom })
  const settle = async (ms: number) => {
    inbox.stop()
    watcher.stop()
    await outbox.stop(ms)
  }
  return {
    router: api.whole,
    integration: api.integration,
    callbacks,
    settings,
    accounts,
    context: createContexts(base.random, () => settings.shop().language, base.onFault),
    settle,
    async close() {
      await settle(0)
      live.stop()
      await http.close()
      base.database.close()
    },
  }
}
