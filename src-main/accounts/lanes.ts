import type { Status } from '../../src-preload/contract/live.ts'
import { type Capability, capabilitySchema } from '../../src-preload/contract/providers.ts'
import type { Outbox } from '../outbox/service.ts'
import type { Accounts, AccountsDeps } from './service.ts'

const capabilities: readonly Capability[] = capabilitySchema.options

/** An account's lanes are named `capability:account`. */
const lanesOf = (id: string): string[] => capabilities.map((capability) => `${capability}:${id}`)

/** Tells the outbox how fast accounts may be served: as their provider allows. */
export function registerAccountLanes(outbox: Outbox, accounts: Pick<Accounts, 'get'>): void {
  for (const capability of capabilities) outbox.lanes(capability, (id) => accounts.get(id).declaration.rate)
}

/** Accounts that stand still, by their lanes; a printer tells of itself. */
export function accountStops(outbox: Pick<Outbox, 'stopped'>): Status['stops'] {
  return outbox.stopped().flatMap(({ lane, ...stop }) => {
    const [kind, accountId = ''] = lane.split(':')
    const capability = capabilities.find((one) => one === kind)
    return capability === undefined ? [] : [{ accountId, capability, ...stop }]
  })
}

export interface NewsDeps {
  readonly outbox: Outbox
  readonly live: { touched(): void }
  readonly status: { online(left: boolean): boolean; clockCompared(differenceMs: number): boolean }
}

/** What a call to a provider, and a saved account, mean for the lanes. */
export function accountNews({
  outbox,
  live,
  status,
}: NewsDeps): Pick<AccountsDeps, 'onCall' | 'onClockDifference' | 'onSaved' | 'onGoodTest' | 'holdOf'> {
  return {
    onClockDifference(ms) {
      if (status.clockCompared(ms)) live.touched()
    },
    onCall(left) {
      if (!status.online(left)) return
      live.touched()
      if (left) outbox.nudge('', 'offline')
    },
    onSaved(id) {
      for (const lane of lanesOf(id)) outbox.release(lane)
    },
    onGoodTest(id) {
      for (const lane of lanesOf(id)) outbox.release(lane)
    },
    holdOf: ({ id, capabilities: own }) => {
      const holds = own.map((capability) => outbox.holdOf(`${capability}:${id}`))
      return holds.find((hold) => hold !== null) ?? null
    },
  }
}
