import { BlockList, isIP } from 'node:net'
import type { Account } from '../../src-preload/contract/providers.ts'
import { KauntaError } from '../problem.ts'

/** Networks in which no provider stands: this machine, the shop's own network, the inside of a cloud (RFC 6890). */
const nearNets = {
  ipv4: ['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'].concat(
    ['192.0.0.0/24', '192.168.0.0/16', '198.18.0.0/15', '224.0.0.0/3'],
  ),
  ipv6: ['::/96', '::ffff:0:0/96', '64:ff9b::/96', 'fc00::/7', 'fe80::/10', 'ff00::/8'],
} as const
const nearName = /(^|\.)(localhost|local|internal|lan|home\.arpa)\.?$/i
const loopback = /^(127\.[\d.]+|\[::1\])$/

/** True for a host, as a URL writes it, that stands in the shop or in this machine. */
function isNear(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, '')
  const family = isIP(address)
  if (family === 0) return nearName.test(address)
  const kind = family === 4 ? 'ipv4' : 'ipv6'
  const nets = new BlockList()
  for (const net of nearNets[kind]) {
    const [first = '', bits] = net.split('/')
    nets.addSubnet(first, Number(bits), kind)
  }
  return nets.check(address, kind)
}

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
 * Judges where an account's secrets may be sent: for real ones https to a machine on the internet, without a name and
 * password in the address; for practice this machine only.
 * @throws KauntaError ACCOUNT_ADDRESS_REFUSED
 */
export function checkAddress(place: Place, world: World): void {
  if (!mayReach(place, world)) throw new KauntaError('ACCOUNT_ADDRESS_REFUSED', { field: 'baseUrl' })
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
