import { lookup as askSystem, type LookupAddress, type LookupOptions } from 'node:dns'
import { BlockList, isIP } from 'node:net'

/** Networks in which no provider stands: this machine, the shop's own network, the inside of a cloud (RFC 6890). */
const nearNets = {
  ipv4: ['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'].concat(
    ['192.0.0.0/24', '192.168.0.0/16', '198.18.0.0/15', '224.0.0.0/3'],
  ),
  ipv6: ['::/96', '100::/64', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
} as const
const nearName = /(^|\.)(localhost|local|internal|lan|home\.arpa)\.?$/i

/** Forms of IPv6 that carry an IPv4 address (mapped, NAT64, 6to4), and the groups of 16 bits in which it stands. */
const carriers = [
  { net: '::ffff:0:0', bits: 96, at: 6 },
  { net: '::ffff:0:0:0', bits: 96, at: 6 },
  { net: '64:ff9b::', bits: 96, at: 6 },
  { net: '64:ff9b:1::', bits: 96, at: 6 },
  { net: '2002::', bits: 16, at: 1 },
] as const

/** True for a host, as a URL writes it, that stands in the shop or in this machine, by its address or by its name. */
export function isNear(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, '')
  const family = isIP(address)
  if (family === 0) return nearName.test(address)
  if (family === 4) return isIn(address, nearNets.ipv4, 'ipv4')
  const inner = carried(address)
  return inner === null ? isIn(address, nearNets.ipv6, 'ipv6') : isNear(inner)
}

function isIn(address: string, nets: readonly string[], kind: 'ipv4' | 'ipv6'): boolean {
  const list = new BlockList()
  for (const net of nets) {
    const [first = '', bits] = net.split('/')
    list.addSubnet(first, Number(bits), kind)
  }
  return list.check(address, kind)
}

/** The IPv4 address inside an IPv6 one; a shop behind NAT64 reaches every provider by such. */
function carried(address: string): string | null {
  const carrier = carriers.find(({ net, bits }) => {
    const list = new BlockList()
    list.addSubnet(net, bits, 'ipv6')
    return list.check(address, 'ipv6')
  })
  if (carrier === undefined) return null
  const groups = groupsOf(address)
  const [high = 0, low = 0] = groups.slice(carrier.at, carrier.at + 2)
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

/** The eight groups of an IPv6 address; URL writes it in one form, without a zone. */
function groupsOf(address: string): number[] {
  const plain = new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname.slice(1, -1)
  const [head = '', tail] = plain.split('::')
  const numbers = (text: string) => (text === '' ? [] : text.split(':').map((group) => parseInt(group, 16)))
  const [first, last] = [numbers(head), numbers(tail ?? '')]
  const gap = tail === undefined ? 0 : 8 - first.length - last.length
  return [...first, ...Array<number>(gap).fill(0), ...last]
}

type Found = (error: Error | null, addresses: LookupAddress[]) => void

/** Finds all addresses of a name. */
export type Resolve = (name: string, options: LookupOptions, found: Found) => void

/** What the operating system knows: its hosts file, then DNS. */
export const systemResolve: Resolve = (name, options, found) =>
  askSystem(name, { ...options, all: true }, (error, addresses) =>
    found(error, error === null ? addresses : []),
  )

/** The code of the refusal to connect to a name that stands for this machine or for the shop's own network only. */
export const nearAddress = 'NEAR_ADDRESS'

/**
 * A `lookup` for sockets that gives only addresses on the internet. A name is judged by what it stands for at the very
 * connection: who owns a name may point it anywhere at any time.
 */
export function farLookup(resolve: Resolve) {
  return (
    name: string,
    options: LookupOptions,
    done: (error: Error | null, address: string | LookupAddress[], family?: number) => void,
  ): void => {
    resolve(name, options, (error, addresses) => {
      const far = addresses.filter(({ address }) => !isNear(address))
      const [first] = far
      if (error !== null) done(error, [])
      else if (first === undefined) done(Object.assign(new Error('near'), { code: nearAddress }), [])
      else if (options.all === true) done(null, far)
      else done(null, first.address, first.family)
    })
  }
}
