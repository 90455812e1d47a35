import { isIPv4 } from 'node:net'
import { CannotLook } from './source.ts'

/** Longest list of addresses that is ever tried. */
export const mostAddresses = 1_024

/** Networks that belong to nobody outside: RFC 1918, loopback, link-local. */
const privateNetworks = Object.freeze([
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
] as const)

function toNumber(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
}

function toAddress(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.')
}

function sizeOf(prefix: number): number {
  return 2 ** (32 - prefix)
}

function networkOf(address: string, prefix: number): number {
  return Math.floor(toNumber(address) / sizeOf(prefix)) * sizeOf(prefix)
}

/** A narrower network lies within one of these when its first address does. */
function isPrivate(first: number): boolean {
  return privateNetworks.some(
    ([network, prefix]) => networkOf(toAddress(first), prefix) === toNumber(network),
  )
}

/**
 * The addresses of hosts in a subnet, as `192.168.1.0/24`.
 * @throws CannotLook when it is no subnet, has more than 1,024 addresses or is not private
 */
export function addressesOf(subnet: string): string[] {
  const [address = '', bits = ''] = subnet.split('/')
  const prefix = /^\d{1,2}$/.test(bits) ? Number(bits) : Number.NaN
  if (!isIPv4(address) || !(prefix >= 0 && prefix <= 32))
    throw new CannotLook('failed', `${subnet} is no IPv4 subnet`)
  const size = sizeOf(prefix)
  if (size > mostAddresses)
    throw new CannotLook('failed', `${subnet} has more than ${mostAddresses} addresses`)
  const first = networkOf(address, prefix)
  if (!isPrivate(first)) throw new CannotLook('notPrivate', `${subnet} is not a private network`)
  const all = Array.from({ length: size }, (_address, at) => toAddress(first + at))
  // The first and the last are the network itself and everybody on it.
  return size > 2 ? all.slice(1, -1) : all
}

interface InterfaceAddress {
  readonly address: string
  readonly family: string
  readonly internal: boolean
  readonly cidr: string | null
}

/** Interfaces of tunnels and of machines within this one: what stands there is not the shop's. */
const notTheShops =
  /^(?:tun|tap|wg|ppp|utun|ipsec|docker|br-|veth|virbr|vmnet|vboxnet|zt|tailscale)|vEthernet|VirtualBox|VMware|TAP-/i

/** Of a network too wide to be tried whole, the part around this machine's own address. */
const partPrefix = 24

/**
 * The shop's networks as far as this machine stands in them and they may be searched: private ones, and of those with
 * more than 1,024 addresses the 256 around its own.
 * @param interfaces as `networkInterfaces()` of node:os gives them
 */
export function localSubnets(
  interfaces: Readonly<Record<string, readonly InterfaceAddress[] | undefined>>,
): { readonly subnet: string; readonly label: string }[] {
  const found = new Map<string, string>()
  for (const [name, addresses = []] of Object.entries(interfaces)) {
    if (notTheShops.test(name)) continue
    for (const subnet of addresses.flatMap(subnetsOf)) if (!found.has(subnet)) found.set(subnet, name)
  }
  return [...found].map(([subnet, label]) => ({ subnet, label }))
}

/** The network of one address, or the part of it around that address; none where it may not be searched. */
function subnetsOf({ address, family, internal, cidr }: InterfaceAddress): string[] {
  const told = Number(cidr?.split('/')[1] ?? Number.NaN)
  if (internal || family !== 'IPv4' || !(told <= 32)) return []
  const prefix = sizeOf(told) > mostAddresses ? partPrefix : told
  const network = networkOf(address, prefix)
  return isPrivate(network) ? [`${toAddress(network)}/${prefix}`] : []
}
