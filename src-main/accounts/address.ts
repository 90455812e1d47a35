import type { Account } from '../../src-preload/contract/providers.ts'
import { isNear } from '../http/near.ts'
import { KauntaError } from '../problem.ts'
import type { ProviderDeclaration, SettingValue } from '../providers/provider.ts'

const loopback = /^(127\.[\d.]+|\[::1\])$/

/** The world that the program stands in; `standIn` is for tests: live accounts may talk to a server on this machine. */
export type World = 'live' | 'practice' | 'standIn'

function mayReach({ environment, baseUrl }: Place, world: World): boolean {
  if (world === 'practice' && environment !== 'practice') return false
  // Null is the provider's own address, which practice must never reach.
  if (baseUrl === null) return environment !== 'practice'
  const url = new URL(baseUrl)
  if (url.username !== '' || url.password !== '') return false
  if (loopback.test(url.hostname)) return environment === 'practice' || world === 'standIn'
  return environment !== 'practice' && url.protocol === 'https:' && !isNear(url.hostname)
}

/**
 * Judges where an account’s secrets may be sent: for real ones https to a machine on the internet, without a name and
 * password in the address; for practice this machine only. What a name stands for is judged at each connection.
 * @throws KauntaError ACCOUNT_ADDRESS_REFUSED
 */
export function checkAddress(place: Place, world: World): void {
  if (!mayReach(place, world)) throw new KauntaError('ACCOUNT_ADDRESS_REFUSED', { field: 'baseUrl' })
  for (const [field, baseUrl] of Object.entries(place.sentTo ?? {})) {
    if (!URL.canParse(baseUrl) || !mayReach({ ...place, baseUrl }, world))
      throw new KauntaError('ACCOUNT_ADDRESS_REFUSED', { field })
  }
}

interface Place extends Pick<Account, 'environment' | 'baseUrl'> {
  /** Other addresses that secrets are sent to, by the settings they stand in. */
  readonly sentTo?: Readonly<Record<string, string>>
}

/** The addresses among an account's settings to which its secrets are sent, beside `baseUrl`; what only follows that is none. */
export function sentTo(
  { fields }: Pick<ProviderDeclaration, 'fields'>,
  settings: Readonly<Record<string, SettingValue>>,
): Record<string, string> {
  const named = Object.entries(settings).filter(
    ([name, value]) => fields[name]?.takesSecrets && value !== '' && !/^\/(?!\/)/.test(String(value)),
  )
  return Object.fromEntries(named.map(([name, value]) => [name, String(value)]))
}

/** True when the account would talk to another address than before. */
export function movesTo(before: Place, after: Place): boolean {
  if (before.baseUrl !== after.baseUrl || before.environment !== after.environment) return true
  const [was, is] = [before.sentTo ?? {}, after.sentTo ?? {}]
  return [...Object.keys(was), ...Object.keys(is)].some((field) => was[field] !== is[field])
}

/** @throws KauntaError ACCOUNT_SECRETS_AGAIN naming the first stored secret that was not typed again */
export function checkTypedAgain(
  stored: Readonly<Record<string, string>>,
  { secrets }: { readonly secrets: Readonly<Record<string, string>> },
): void {
  const left = Object.keys(stored).find((field) => secrets[field] === undefined)
  if (left !== undefined) throw new KauntaError('ACCOUNT_SECRETS_AGAIN', { field: left })
}
