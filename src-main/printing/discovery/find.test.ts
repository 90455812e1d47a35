import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Bonjour } from 'bonjour-service'
import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../system-ports.ts'
import { deviceSource, serialSource, usbSource } from './cables.ts'
import { findPrinters, localSubnets } from './find.ts'
import type { Found } from './port.ts'
import { queueSource } from './queues.ts'
import { CannotLook, type Source } from './source.ts'

const clock = systemClock()
const models = [
  { id: 'generic-80', name: 'Other printer, 80 mm' },
  { id: 'epson-tm-t20', name: 'TM-T20' },
  { id: 'epson-tm-t20iii', name: 'TM-T20III' },
  { id: 'xprinter-xp-58', name: 'XP-58 / POS-58' },
]
const only = { clock, models, ownSubnets: [], local: [] }
const silent = { port: 9100, network: false }

/** The ways that were missed, with why. */
function missesOf({ tried }: Found) {
  return tried.flatMap(({ way, missed }) => (missed === null ? [] : [{ way, ...missed }]))
}

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

/** A listener that counts what it is sent. */
async function listener(
  host: string,
  port = 0,
): Promise<{ port: number; bytes: () => number; met: () => number }> {
  let bytes = 0
  let met = 0
  const server: Server = createServer((socket) => {
    met += 1
    socket.on('error', () => {})
    socket.on('data', (chunk: Buffer) => {
      bytes += chunk.length
    })
  }).listen(port, host)
  await once(server, 'listening')
  ends.push(() => new Promise((resolve) => server.close(resolve)))
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    bytes: () => bytes,
    met: () => met,
  }
}

describe('knocking at a subnet', () => {
  it('finds who accepts on the port, and sends not one byte', async () => {
    const first = await listener('127.0.0.3')
    const second = await listener('127.0.0.11', first.port)
    const { found, tried } = await findPrinters(
      { subnet: '127.0.0.0/28', port: first.port, network: false },
      only,
    )
    expect(tried).toEqual([{ way: 'network', places: ['127.0.0.0/28'], found: 2, missed: null }])
    expect(found).toEqual(
      ['127.0.0.3', '127.0.0.11'].map((host) => ({
        source: 'network',
        connection: { kind: 'network', host, port: first.port },
        name: `${host}:${first.port}`,
        model: null,
      })),
    )
    await expect.poll(() => [first.met(), second.met()]).toEqual([1, 1])
    expect([first.bytes(), second.bytes()]).toEqual([0, 0])
  })

  it('goes through 1,022 hosts and finds nobody where nobody is', async () => {
    const { port } = await listener('127.1.0.1')
    const answer = await findPrinters({ subnet: '127.1.4.0/22', port, network: false }, only)
    expect(answer.found).toEqual([])
    expect(missesOf(answer)).toEqual([])
  })

  it.each([
    ['8.8.8.0/24', 'notPrivate', 'not a private network'],
    ['172.32.0.0/24', 'notPrivate', 'not a private network'],
    ['192.0.2.0/28', 'notPrivate', 'not a private network'],
    ['10.0.0.0/21', 'failed', 'more than 1024 addresses'],
    ['10.0.0.0/0', 'failed', 'more than 1024 addresses'],
    ['10.0.0.300/24', 'failed', 'no IPv4 subnet'],
    ['10.0.0.0', 'failed', 'no IPv4 subnet'],
    ['localhost/24', 'failed', 'no IPv4 subnet'],
  ])('refuses %s', async (subnet, why, words) => {
    const answer = await findPrinters({ subnet, port: 9, network: false }, only)
    expect(answer.found).toEqual([])
    expect(missesOf(answer)).toEqual([{ way: 'network', why, detail: expect.stringContaining(words) }])
  })

  it('goes through the networks this machine stands in when it is asked to, and through 1,024 addresses at most', async () => {
    const first = await listener('127.0.0.5')
    await listener('127.2.0.9', first.port)
    const ownSubnets = ['127.0.0.0/28', '127.2.0.0/28']
    const input = { port: first.port, network: true }
    // Announcements are asked for on the loopback interface alone.
    const options = { ...only, multicastInterface: '127.0.0.1' }
    const answer = await findPrinters(input, { ...options, ownSubnets })
    expect(answer.found.map(({ name }) => name)).toEqual([
      `127.0.0.5:${first.port}`,
      `127.2.0.9:${first.port}`,
    ])
    expect(answer.tried.find(({ way }) => way === 'network')).toEqual({
      way: 'network',
      places: ownSubnets,
      found: 2,
      missed: null,
    })
    const wide = await findPrinters(input, { ...options, ownSubnets: ['127.4.0.0/22', '127.0.0.0/28'] })
    expect(missesOf(wide)).toContainEqual({
      way: 'network',
      why: 'incomplete',
      detail: '1024 of 1036 addresses were tried',
    })
  })

  it('says so when this machine stands in no private network', async () => {
    const answer = await findPrinters(
      { port: 9, network: true },
      { ...only, multicastInterface: '127.0.0.1' },
    )
    expect(missesOf(answer)).toContainEqual({
      way: 'network',
      why: 'noNetwork',
      detail: 'no private IPv4 network',
    })
  })

  it('finds the practice printer and leaves the real network alone while practising', async () => {
    const { port } = await listener('127.0.0.1')
    const practice = { host: '127.0.0.1', port }
    const answer = await findPrinters(
      { port: 9100, network: true },
      { ...only, ownSubnets: ['127.0.0.0/28'], practice },
    )
    expect(answer.found).toMatchObject([{ source: 'practice', connection: { host: '127.0.0.1', port } }])
    expect(answer.tried.map(({ way, missed }) => [way, missed?.why ?? null])).toEqual([
      ['practice', null],
      ['announced', 'practising'],
      ['network', 'practising'],
    ])
  })

  it('stops when it is cancelled, and says how far it came', async () => {
    const { port } = await listener('127.0.0.1')
    const answer = await findPrinters(
      { subnet: '127.0.0.0/24', port, network: false },
      { ...only, signal: AbortSignal.abort() },
    )
    expect(answer.found).toEqual([])
    expect(missesOf(answer)).toEqual([
      { way: 'network', why: 'incomplete', detail: '0 of 254 addresses were tried' },
    ])
  })

  it('hears who answered while this machine was too busy to look', async () => {
    const { port } = await listener('127.0.0.1')
    const looking = findPrinters({ subnet: '127.0.0.1/32', port, network: false }, only)
    setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 900))
    expect((await looking).found).toHaveLength(1)
  })

  it('tries the only address of a /32, and no network address of a wider one', async () => {
    const { port, met } = await listener('127.0.0.16')
    const at = (subnet: string) => findPrinters({ subnet, port, network: false }, only)
    expect((await at('127.0.0.16/32')).found).toHaveLength(1)
    expect((await at('127.0.0.16/28')).found).toEqual([])
    await expect.poll(met).toBe(1)
  })
})

/** Whether a multicast on the loopback interface comes back. */
async function loopbackMulticasts(): Promise<boolean> {
  const socket = createSocket({ type: 'udp4', reuseAddr: true })
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject)
      socket.bind(5353, '0.0.0.0', resolve)
    })
    socket.addMembership('224.0.0.251', '127.0.0.1')
    socket.setMulticastInterface('127.0.0.1')
    const heard = once(socket, 'message', { signal: AbortSignal.timeout(1_000) })
    socket.send(Buffer.alloc(12), 5353, '224.0.0.251')
    await heard
    return true
  } catch {
    return false
  } finally {
    socket.close()
  }
}

describe.skipIf(!(await loopbackMulticasts()))(
  'announcements (skipped where the loopback interface carries no multicast)',
  () => {
    /** Announces on the loopback interface only. */
    function announce(type: string, name: string, port: number, txt: Record<string, string>) {
      const options: { name?: string; interface: string; bind: string } = {
        interface: '127.0.0.1',
        bind: '0.0.0.0',
      }
      const bonjour = new Bonjour(options)
      bonjour.publish({ type, name, port, txt, host: 'printer.local', probe: false, disableIPv6: true })
      ends.push(() => new Promise<void>((resolve) => bonjour.destroy(resolve)))
    }

    it('bring a name and a model, and an LPD printer is met at its raw port', async () => {
      announce('pdl-datastream', 'Counter', 9101, { ty: 'EPSON TM-T20III', product: '(TM-T20III)' })
      announce('printer', 'Kitchen XP-58', 515, {})
      const { found, tried } = await findPrinters(
        { port: 9100, network: true },
        { ...only, multicastInterface: '127.0.0.1' },
      )
      expect(tried.find(({ way }) => way === 'announced')).toMatchObject({
        found: found.length,
        missed: null,
      })
      const seen = found.map(({ source, name, model, connection }) => ({
        source,
        name,
        model,
        port: connection.kind === 'network' ? connection.port : null,
      }))
      expect(seen).toContainEqual({
        source: 'announced',
        name: 'EPSON TM-T20III',
        model: 'epson-tm-t20iii',
        port: 9101,
      })
      expect(seen).toContainEqual({
        source: 'announced',
        name: 'Kitchen XP-58',
        model: 'xprinter-xp-58',
        port: 9100,
      })
    })

    it('that cannot be heard are missed alone', async () => {
      const holder = createSocket({ type: 'udp4' }).bind(5353)
      ends.push(() => new Promise<void>((resolve) => holder.close(resolve)))
      await once(holder, 'listening')
      const answer = await findPrinters(
        { port: 9100, network: true },
        { ...only, multicastInterface: '127.0.0.1' },
      )
      expect(answer.found).toEqual([])
      expect(missesOf(answer)).toContainEqual({
        way: 'announced',
        why: 'portTaken',
        detail: expect.stringContaining('EADDRINUSE'),
      })
    })
  },
)

describe('the ports and queues of this machine', () => {
  it('are each listed or missed with a reason, and none takes the others along', async () => {
    const answer = await findPrinters(silent, { clock, models, ownSubnets: [] })
    const { found, tried } = answer
    expect(tried.map(({ way }) => way)).toEqual(['usb', 'device', 'queue', 'serial'])
    for (const { detail } of missesOf(answer)) expect(detail).not.toBe('')
    if (!existsSync('/sys/bus/usb/devices'))
      expect(missesOf(answer)).toContainEqual(expect.objectContaining({ way: 'usb', why: 'noService' }))
    for (const printer of found) expect(printer.name).not.toBe('')
  })

  it('of which one fails leave the rest', async () => {
    const broken: Source = { name: 'usb', look: () => Promise.reject(new Error('no bus')) }
    const works = serialSource(() => Promise.resolve([{ path: '/dev/ttyUSB0', manufacturer: 'Xprinter' }]))
    const shut: Source = {
      name: 'device',
      look: () => Promise.reject(new CannotLook('forbidden', 'no way in')),
    }
    expect(await findPrinters(silent, { ...only, local: [broken, works, shut] })).toEqual({
      found: [
        {
          source: 'serial',
          connection: { kind: 'serial', path: '/dev/ttyUSB0', baudRate: 9600, flow: 'none' },
          name: 'Xprinter (/dev/ttyUSB0)',
          model: null,
        },
      ],
      tried: [
        { way: 'usb', places: [], found: 0, missed: { why: 'failed', detail: 'no bus' } },
        { way: 'device', places: [], found: 0, missed: { why: 'forbidden', detail: 'no way in' } },
        { way: 'serial', places: [], found: 1, missed: null },
      ],
    })
  })

  it('leave out the ports that Linux lists and no machine has', async () => {
    const paths = ['/dev/ttyS0', '/dev/ttyS31', '/dev/rfcomm0'].map((path) => ({ path }))
    const { found } = await findPrinters(silent, {
      ...only,
      local: [serialSource(() => Promise.resolve(paths))],
    })
    expect(found.map(({ name }) => name)).toEqual(['/dev/ttyS0', '/dev/rfcomm0'])
  })

  it('find device files by the name that the kernel keeps', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kaunta-lp-'))
    ends.push(() => rmSync(folder, { recursive: true }))
    for (const name of ['lp0', 'lp1', 'hiddev0']) writeFileSync(join(folder, name), '')
    mkdirSync(join(folder, 'names/lp0/device'), { recursive: true })
    writeFileSync(
      join(folder, 'names/lp0/device/ieee1284_id'),
      'MFG:EPSON;CMD:ESC/POS;MDL:TM-T20III;CLS:PRINTER;',
    )
    const source = deviceSource(folder, join(folder, 'names'))
    const { found } = await findPrinters(silent, { ...only, local: [source] })
    expect(found).toEqual([
      {
        source: 'device',
        connection: { kind: 'device', path: join(folder, 'lp0') },
        name: 'EPSON TM-T20III',
        model: 'epson-tm-t20iii',
      },
      {
        source: 'device',
        connection: { kind: 'device', path: join(folder, 'lp1') },
        name: join(folder, 'lp1'),
        model: null,
      },
    ])
  })

  it('find USB printers among other devices (made up: no machine of this project has one)', async () => {
    const never = () => Promise.reject(new Error('only listed'))
    const device = (interfaceClass: number, productName: string | null) => ({
      vendorId: 0x0416,
      productId: 0x5011,
      serialNumber: '',
      productName,
      manufacturerName: null,
      configurations: [
        {
          configurationValue: 1,
          interfaces: [
            {
              interfaceNumber: 0,
              alternate: {
                interfaceClass,
                endpoints: [{ endpointNumber: 1, direction: 'out', type: 'bulk' }],
              },
            },
          ],
        },
      ],
      open: never,
      close: never,
      selectConfiguration: never,
      claimInterface: never,
      detachKernelDriver: never,
      nativeTransferOut: never,
      nativeTransferIn: never,
    })
    const devices = () =>
      Promise.resolve([device(3, 'Keyboard'), device(7, 'POS58 Printer'), device(7, null)])
    const { found } = await findPrinters(silent, { ...only, local: [usbSource(devices)] })
    // The second has no serial number either: the same connection, hence the same printer.
    expect(found).toEqual([
      {
        source: 'usb',
        connection: { kind: 'usb', vendorId: 0x0416, productId: 0x5011, serialNumber: null },
        name: 'POS58 Printer',
        model: 'xprinter-xp-58',
      },
    ])
  })

  it('name no model that only begins like a known one', async () => {
    const ports = ['XP-580', 'TM-T20', 'epson tm t20III', 'Printer'].map((manufacturer, at) => ({
      path: `COM${at}`,
      manufacturer,
    }))
    const { found } = await findPrinters(silent, {
      ...only,
      local: [serialSource(() => Promise.resolve(ports))],
    })
    expect(found.map(({ model }) => model)).toEqual([null, 'epson-tm-t20', 'epson-tm-t20iii', null])
  })

  it('miss the queues when the print service is not there', async () => {
    const before = process.env.CUPS_SERVER
    process.env.CUPS_SERVER = join(tmpdir(), 'no-print-service-here.sock')
    ends.push(() => {
      if (before === undefined) delete process.env.CUPS_SERVER
      else process.env.CUPS_SERVER = before
    })
    const answer = await findPrinters(silent, { ...only, local: [queueSource()] })
    expect(answer.found).toEqual([])
    expect(missesOf(answer)).toEqual([
      { way: 'queue', why: 'noService', detail: expect.stringMatching(/\S/) },
    ])
  })
})

describe('localSubnets', () => {
  const address = (cidr: string, more: { family?: string; internal?: boolean } = {}) => ({
    address: cidr.split('/')[0] ?? '',
    cidr,
    family: 'IPv4',
    internal: false,
    ...more,
  })

  it('offers private IPv4 subnets, each once, of wide ones its own part, and none of a tunnel or a machine within', () => {
    expect(
      localSubnets({
        lo: [address('127.0.0.1/8', { internal: true })],
        eth0: [address('192.168.1.77/24'), address('fe80::1/64', { family: 'IPv6' })],
        wlan0: [address('192.168.1.78/24'), address('10.20.33.5/22')],
        eth1: [address('10.0.7.5/8')],
        tun0: [address('10.8.0.9/24')],
        docker0: [address('172.17.0.1/16')],
        'vEthernet (WSL)': [address('172.29.0.1/20')],
        wan: [address('41.59.1.2/24')],
        point: [address('172.31.0.1/32')],
        none: undefined,
      }),
    ).toEqual([
      { subnet: '192.168.1.0/24', label: 'eth0' },
      { subnet: '10.20.32.0/22', label: 'wlan0' },
      { subnet: '10.0.7.0/24', label: 'eth1' },
      { subnet: '172.31.0.1/32', label: 'point' },
    ])
  })
})
