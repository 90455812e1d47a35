import type { Account } from '../../src-preload/contract/providers.ts'
import { KauntaError } from '../problem.ts'

/** This machine, its own network card, and addresses that a router or a cloud gives to itself. */
const near =
  /^(localhost|.*\.localhost|127\.[\d.]+|0\.0\.0\.0|169\.254\.[\d.]+|\[::1?\]|\[fe[89ab][0-9a-f]:.*\]|\[::ffff:.*\])$/i
const loopback = /^(127\.[\d.]+|\[::1\])$/

/**
 * Judges where an account's secrets may be sent: for real ones https to another machine, without a name and password in
 * the address; for practice this machine only.
 * @param loopbackAllowed tests only: live accounts may talk to a stand-in on this machine
 * @throws KauntaError ACCOUNT_ADDRESS_REFUSED
 */
export function checkAddress(
  { environment, baseUrl }: Pick<Account, 'environment' | 'baseUrl'>,
  loopbackAllowed: boolean,
): void {
  if (baseUrl === null) return
  const url = new URL(baseUrl)
  const local = loopback.test(url.hostname)
  const named = url.username !== '' || url.password !== ''
  const right =
    environment === 'practice' || (loopbackAllowed && local)
      ? local
      : url.protocol === 'https:' && !near.test(url.hostname)
  if (named || !right) throw new KauntaError('ACCOUNT_ADDRESS_REFUSED', { field: 'baseUrl' })
}

type Place = Pick<Account, 'environment' | 'baseUrl'>

/** True when the account would talk to another address than before. */
export function movesTo(before: Place, after: Place): boolean {
  return before.baseUrl !== after.baseUrl || before.environment !== after.environment
}

/** @throws KauntaError ACCOUNT_SECRETS_AGAIN naming the first stored secret that was not typed again */
export function checkTypedAgain(
  stored: Readonly<Record<string, string>>,
  { secrets }: { readonly secrets: Readonly<Record<string, string>> },
): void {
  const left = Object.keys(stored).find((field) => secrets[field] === undefined)
  if (left !== undefined) throw new KauntaError('ACCOUNT_SECRETS_AGAIN', { field: left })
}
