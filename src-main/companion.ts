import type { Accounts } from './accounts/service.ts'
import { createContexts } from './api/context.ts'
import type { Callbacks } from './callbacks/service.ts'
import { joinAll } from './capabilities.ts'
import { followClock } from './follow-clock.ts'
import { type CompanionOptions, createFoundations } from './foundations.ts'
import { type ApiRouter, createHost, type IntegrationRouter } from './host.ts'
import type { CallContext, Caller, Seat } from './implement.ts'
import type { Ports } from './ports.ts'
import type { Settings } from './settings/service.ts'

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
  drain(ms: number): Promise<void>
  close(): Promise<void>
}

/**
 * Composes Kaunta over its ports and takes up what the last run left.
 * @throws KauntaError as `startDatabase`
 */
export async function createCompanion(ports: Ports, options: CompanionOptions): Promise<Companion> {
  const host = createHost(createFoundations(ports, options))
  const { settings, staff, status, outbox, consumers, practice } = host
  await staff.start()
  const { accounts, callbacks, money, printing } = joinAll(host, options)
  if (practice !== null) {
    await accounts.seed(practice.accounts)
    printing.seedPrinter(practice.printerAddress)
  }
  followClock(host, money)
  host.notifications.start()
  host.journal.start()
  consumers.start()
  status.recovered(outbox.start())
  host.start()

  const context = createContexts({
    ...host,
    language: () => settings.shop().language,
    revoked: settings.revoked,
  })
  const drain = async (ms: number) => {
    host.stop()
    await outbox.stop(ms)
    consumers.stop()
  }
  return {
    ...host.routers(),
    callbacks,
    settings,
    accounts,
    context,
    screen() {
      const seat = staff.openSeat()
      return { context: context({ kind: 'screen', seat }), seat, close: () => staff.closeSeat(seat) }
    },
    reportFault(error) {
      const mark = host.random.secret(6)
      host.onFault('a door failed', { mark, error })
      return mark
    },
    drain,
    async close() {
      await drain(0)
      await host.close()
    },
  }
}
