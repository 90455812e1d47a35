import type { Status } from '../../../src-preload/contract/live.ts'
import type { Account, Capability, ProviderInfo } from '../../../src-preload/contract/providers.ts'
import type { Shop } from '../../../src-preload/contract/settings.ts'

/** What a shop needs before its first real sale, with the minutes each takes somebody who does it for the first time. */
export const parts = [
  { name: 'shop', minutes: 2 },
  { name: 'pin', minutes: 1 },
  { name: 'sms', minutes: 5 },
  { name: 'money', minutes: 10 },
  { name: 'printer', minutes: 5 },
  { name: 'whatsapp', minutes: 5 },
] as const
export type Part = (typeof parts)[number]['name']

/** What a shop is called until somebody names it. */
const unnamed = 'Duka'

/** What is known of the shop. */
interface Known {
  readonly shop: Pick<Shop, 'name' | 'address' | 'phone'>
  readonly pinMissing: boolean
  readonly accounts: readonly Pick<Account, 'id' | 'provider' | 'enabled' | 'outOfOrder'>[]
  readonly providers: readonly Pick<ProviderInfo, 'id' | 'capabilities'>[]
  readonly printers: number
  readonly stops: Status['stops']
}

/** Accounts that are on and can carry this. */
function accountsFor(capability: Capability, { accounts, providers }: Known) {
  const able = new Set(
    providers.filter(({ capabilities }) => capabilities.includes(capability)).map(({ id }) => id),
  )
  return accounts.filter(({ provider, enabled, outOfOrder }) => enabled && !outOfOrder && able.has(provider))
}

/** Which parts are done: an account whose phone waits to be linked carries nothing yet. */
export function doneOf(known: Known): Readonly<Record<Part, boolean>> {
  const { shop, pinMissing, printers, stops } = known
  const unlinked = new Set(
    stops.filter(({ reason }) => reason === 'notPaired').map(({ accountId }) => accountId),
  )
  const carries = (capability: Capability) =>
    accountsFor(capability, known).some(({ id }) => !unlinked.has(id))
  return {
    shop: shop.name !== unnamed || shop.address !== '' || shop.phone !== '',
    pin: !pinMissing,
    sms: carries('sms'),
    money: carries('mobileMoney'),
    printer: printers > 0,
    whatsapp: carries('whatsapp'),
  }
}

/** Where each part is done. */
export function waysOf(known: Known): Readonly<Record<Part, string>> {
  return {
    shop: '/settings/shop',
    pin: '/settings/staff',
    sms: '/settings/accounts/sms',
    money: '/settings/accounts/mobileMoney',
    printer: '/settings/printer',
    whatsapp: accountsFor('whatsapp', known).length > 0 ? '/whatsapp' : '/settings/accounts/whatsapp',
  }
}
