import type { Accounts } from '../accounts/service.ts'
import type { Callbacks } from '../callbacks/service.ts'
import type { Database } from '../database/open.ts'
import type { Clock } from '../ports.ts'
import type { WhatsApp, WhatsAppEvent } from '../providers/whatsapp.ts'
import { sleep } from '../sleep.ts'
import { connect } from './effect.ts'
import type { Messaging } from './service.ts'

export interface InboxDeps {
  readonly accounts: Accounts
  readonly database: Database
  readonly messaging: Messaging
  readonly callbacks: Callbacks
  readonly clock: Clock
  readonly onFault: (what: string, error: unknown) => void
}

const pollMs = 20_000
const pauseMs = 3_000

/**
 * Reads what happened to WhatsApp messages by long poll, which needs no public address. Each notification is stored and
 * applied in one transaction before the provider is told to forget it; a crash in between brings it again, and again
 * changes nothing.
 */
export function createWhatsAppInbox(deps: InboxDeps): {
  /** Reads for the accounts there are now. */
  refresh(): void
  stop(): void
} {
  const readers = new Map<string, AbortController>()

  let stopped = false

  const refresh = () => {
    // Accounts are told of to the very end.
    if (stopped) return
    const wanted = new Set(deps.accounts.withCapability('whatsapp').map((account) => account.id))
    for (const [id, controller] of readers) {
      if (wanted.has(id)) continue
      controller.abort()
      readers.delete(id)
    }
    for (const id of wanted) {
      if (readers.has(id)) continue
      const controller = new AbortController()
      readers.set(id, controller)
      read(deps, id, controller.signal).catch((error: unknown) => {
        readers.delete(id)
        deps.onFault('reading WhatsApp', error)
      })
    }
  }

  return {
    refresh,
    stop() {
      stopped = true
      for (const controller of readers.values()) controller.abort()
      readers.clear()
    },
  }
}

async function read(deps: InboxDeps, accountId: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const went = await readNext(deps, accountId, signal).catch((error: unknown) => {
      // Whatever stopped this reading, the next may go through: the provider keeps what it was not told to forget.
      deps.onFault('reading WhatsApp', error)
      return false
    })
    if (!went) await sleep(deps.clock, pauseMs, signal)
  }
}

async function readNext(deps: InboxDeps, accountId: string, signal: AbortSignal): Promise<boolean> {
  const abilities = await connect(deps.accounts, accountId)
  const whatsapp = abilities.ok ? abilities.value.whatsapp : undefined
  return whatsapp !== undefined && readOne(deps, accountId, whatsapp, signal)
}

async function readOne(
  deps: InboxDeps,
  accountId: string,
  whatsapp: WhatsApp,
  signal: AbortSignal,
): Promise<boolean> {
  const next = await whatsapp.next(pollMs, signal)
  if (!next.ok || signal.aborted) return false
  if (next.value === null) return true
  const { event, raw, receipt } = next.value
  deps.database.transact((tx) => {
    const used = apply(deps.messaging, tx, accountId, event)
    deps.callbacks.keep(tx, accountId, { method: 'POLL', path: event.kind, headers: {}, body: raw }, used)
  })
  return (await whatsapp.forget(receipt)).ok
}

type Tx = Parameters<Parameters<Database['transact']>[0]>[0]

function apply(messaging: Messaging, tx: Tx, accountId: string, event: WhatsAppEvent): boolean {
  if (event.kind === 'status') {
    const { state, reason, detail } = event
    return messaging.applyDeliveryReport(tx, accountId, event.providerReference, { state, reason, detail })
  }
  if (event.kind === 'echo') {
    const news = { state: 'queued', reason: null, detail: null } as const
    return messaging.applyUnmatchedReport(tx, accountId, event.to, event.providerReference, news, event)
  }
  return event.kind === 'inbound' || event.kind === 'state'
}
