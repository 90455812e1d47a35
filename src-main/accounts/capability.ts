import type { CompanionOptions } from '../foundations.ts'
import type { Host } from '../host.ts'
import { accountNews, accountStops, registerAccountLanes } from './lanes.ts'
import { accountsProcedures } from './procedures.ts'
import { type Accounts, createAccounts } from './service.ts'

/** Accounts at providers, and the lanes that are named after them. */
export function joinAccounts(host: Host, { declarations, standIns }: CompanionOptions): Accounts {
  const { practice, outbox } = host
  const live = standIns === true ? 'standIn' : 'live'
  const accounts = createAccounts({
    ...host,
    ...accountNews(host),
    declarations,
    world: practice === null ? live : 'practice',
    practiceAddress: (provider) =>
      practice?.accounts.find((seed) => seed.provider === provider)?.baseUrl ?? null,
  })
  registerAccountLanes(outbox, accounts)
  host.status.counts({ stops: () => accountStops(outbox) })
  host.procedures(accountsProcedures(accounts, host.clock, host.staff))
  return accounts
}
