import type { Status } from '../../src-preload/contract/live.ts'
import type { Capability } from '../../src-preload/contract/providers.ts'
import type { Later } from '../later.ts'
import type { LaneLimits } from '../outbox/lanes.ts'
import type { Outbox } from '../outbox/service.ts'
import type { Accounts, AccountsDeps } from './service.ts'

const capabilities: readonly Capability[] = ['sms', 'whatsapp', 'mobileMoney']
/** A printer takes one paper at a time, in order. */
const printerLimits: LaneLimits = { perSecond: 20, burst: 5, concurrency: 1 }

/** How accounts and lanes belong together: a lane is named `capability:account`, a printer's `print:printer`. */
export const accountLanes = {
  of: (id: string): string[] => capabilities.map((capability) => `${capability}:${id}`),
  /** Accounts that stand still, by their lanes; a printer tells of itself. */
  stops: (outbox: Pick<Outbox, 'stopped'>): Status['stops'] =>
    outbox.stopped().flatMap(({ lane, ...stop }) => {
      const [kind, accountId = ''] = lane.split(':')
      const capability = capabilities.find((one) => one === kind)
      return capability === undefined ? [] : [{ accountId, capability, ...stop }]
    }),
  limits(lane: string, accounts: Accounts): LaneLimits {
    const [kind, id = ''] = lane.split(':')
    return kind === 'print' ? printerLimits : accounts.get(id).declaration.rate
  },
  hold(
    account: { readonly id: string; readonly capabilities: readonly Capability[] },
    holdOf: (lane: string) => string | null,
  ): string | null {
    for (const capability of account.capabilities) {
      const hold = holdOf(`${capability}:${account.id}`)
      if (hold !== null) return hold
    }
    return null
  },
}

export interface NewsDeps {
  readonly outbox: Later<Outbox>
  readonly live: { touched(): void }
  readonly status: { online(left: boolean): boolean; clockCompared(differenceMs: number): boolean }
  readonly refreshInbox: () => void
}

/** What a call to a provider, and a saved account, mean for the lanes. */
export function accountNews({
  outbox,
  live,
  status,
  refreshInbox,
}: NewsDeps): Pick<AccountsDeps, 'onCall' | 'onClockDifference' | 'onSaved' | 'onGoodTest' | 'holdOf'> {
  return {
    onClockDifference(ms) {
      if (status.clockCompared(ms)) live.touched()
    },
    onCall(left) {
      if (!status.online(left)) return
      live.touched()
      if (left) outbox.get().nudge('', 'offline')
    },
    onSaved(id) {
      for (const lane of accountLanes.of(id)) outbox.get().release(lane)
      refreshInbox()
    },
    onGoodTest(id) {
      for (const lane of accountLanes.of(id)) outbox.get().release(lane)
    },
    holdOf: (account) => accountLanes.hold(account, (lane) => outbox.get().holdOf(lane)),
  }
}
