import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { PrinterProfile } from '../../../src-preload/contract/printer-models.ts'
import { usualProfile } from '../../../test/fixtures/printer.ts'
import { systemClock } from '../../system-ports.ts'
import { findPrinters } from '../discovery/find.ts'
import { queueSource } from '../discovery/queues.ts'
import type { Target } from './port.ts'
import { checkPrinter, printTo } from './print.ts'

const daemon = '/usr/sbin/cupsd'
const machineHasCups = existsSync(daemon) && spawnSync('lpstat', ['-r']).error === undefined
const clock = systemClock()

const profile: PrinterProfile = { ...usualProfile, confirms: 'processId' }
const to = (queue: string): Target => ({ connection: { kind: 'queue', queue }, profile })
/** Every byte there is, as a picture would hold, with what a filter would like to change. */
const job = Uint8Array.from({ length: 4_096 }, (_byte, at) => at % 256)

/** Raw queues of a print service that knows this folder and nothing else. */
function configure(folder: string, printerPort: number, closedPort: number): void {
  for (const name of ['etc', 'run', 'run/certs', 'cache', 'spool', 'spool/tmp', 'log']) {
    mkdirSync(join(folder, name))
    chmodSync(join(folder, name), 0o777)
  }
  chmodSync(folder, 0o755)
  const { username, gid } = userInfo()
  const root = process.getuid?.() === 0
  writeFileSync(
    join(folder, 'etc/cups-files.conf'),
    `${[
      `ServerRoot ${folder}/etc`,
      `StateDir ${folder}/run`,
      `CacheDir ${folder}/cache`,
      `RequestRoot ${folder}/spool`,
      `TempDir ${folder}/spool/tmp`,
      ...['Access', 'Error', 'Page'].map((log) => `${log}Log ${folder}/log/${log}`),
      'Sandboxing relaxed',
      `User ${root ? 'lp' : username}`,
      `Group ${root ? 'lp' : gid}`,
      'SystemGroup root',
    ].join('\n')}\n`,
  )
  writeFileSync(
    join(folder, 'etc/cupsd.conf'),
    `${[
      `Listen ${folder}/cups.sock`,
      'DefaultAuthType None',
      'WebInterface No',
      'Browsing No',
      '<Location />\nAllow all\n</Location>',
      '<Policy default>\n<Limit All>\nOrder deny,allow\nAllow all\n</Limit>\n</Policy>',
    ].join('\n')}\n`,
  )
  const uri = (port: number) => `socket://127.0.0.1:${port}/?waiteof=false&snmp=false`
  const queues = [
    ['counter', uri(printerPort), 'Idle', 'Yes'],
    ['deaf', uri(closedPort), 'Idle', 'Yes'],
    ['stopped', uri(printerPort), 'Stopped', 'Yes'],
    ['refusing', uri(printerPort), 'Idle', 'No'],
  ]
  const printers = queues.map(
    ([name, device, state, accepting]) =>
      `<Printer ${name}>\nDeviceURI ${device}\nState ${state}\nAccepting ${accepting}\nErrorPolicy retry-job\n</Printer>\n`,
  )
  writeFileSync(join(folder, 'etc/printers.conf'), printers.join(''), { mode: 0o600 })
}

async function listening(): Promise<{ port: number; received: Buffer[]; close(): void }> {
  const received: Buffer[] = []
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => {})
    socket.on('data', (bytes: Buffer) => received.push(bytes))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    received,
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

const kept = (queue: string) => spawnSync('lpstat', ['-o', queue]).stdout.toString()

describe.skipIf(!machineHasCups)('a CUPS queue (skipped where cupsd or lpstat is not installed)', () => {
  const before = process.env.CUPS_SERVER
  const ends: (() => void | Promise<void>)[] = []
  let received: Buffer[] = []

  beforeAll(async () => {
    // Not the folder for temporary files, which may be ours alone: the print service runs as a user of its own.
    const folder = mkdtempSync('/tmp/kaunta-cups-')
    const printer = await listening()
    const closed = await listening()
    closed.close()
    received = printer.received
    configure(folder, printer.port, closed.port)
    const files = ['-c', join(folder, 'etc/cupsd.conf'), '-s', join(folder, 'etc/cups-files.conf')]
    const cupsd = spawn(daemon, ['-f', ...files], { stdio: 'ignore' })
    ends.push(async () => {
      printer.close()
      cupsd.kill('SIGTERM')
      if (cupsd.exitCode === null) await once(cupsd, 'exit')
      rmSync(folder, { recursive: true, force: true })
    })
    process.env.CUPS_SERVER = join(folder, 'cups.sock')
    await vi.waitUntil(() => spawnSync('lpstat', ['-e']).stdout.includes('counter'), {
      timeout: 15_000,
      interval: 100,
    })
  })
  beforeEach(() => void received.splice(0))
  afterAll(async () => {
    for (const end of ends) await end()
    if (before === undefined) delete process.env.CUPS_SERVER
    else process.env.CUPS_SERVER = before
  })

  it('hands every byte on as it is, and claims nothing', async () => {
    const outcome = await printTo(to('counter'), job, { clock })
    expect(outcome).toMatchObject({ kind: 'unknown', bytesAccepted: job.length })
    expect(outcome.kind === 'unknown' ? outcome.detail : '').toMatch(/^sent as counter-\d+; the system/)
    await expect.poll(() => Buffer.concat(received)).toEqual(Buffer.from(job))
    expect(kept('counter')).toBe('')
  })

  it.each(['stopped', 'refusing', 'unheard-of'])('that is %s gets nothing to keep', async (queue) => {
    expect(await printTo(to(queue), job, { clock })).toMatchObject({
      kind: 'notStarted',
      reason: 'printerOffline',
    })
    expect(await checkPrinter(to(queue), { clock })).toMatchObject({
      reachable: false,
      reason: 'printerOffline',
    })
    expect(kept('')).toBe('')
  })

  it('is reachable and does not speak for the printer', async () => {
    expect(await checkPrinter(to('counter'), { clock })).toEqual({
      reachable: true,
      reports: false,
      reason: null,
      paperLow: false,
      drawerPinHigh: null,
    })
  })

  it('is found by its name', async () => {
    const input = { port: 9100, network: false }
    const { found, tried } = await findPrinters(input, {
      clock,
      models: [],
      ownSubnets: [],
      local: [queueSource()],
    })
    expect(tried).toMatchObject([{ way: 'queue', missed: null }])
    expect(found.map(({ connection }) => connection)).toContainEqual({ kind: 'queue', queue: 'counter' })
  })

  it('that cannot reach its printer has the job taken back', async () => {
    const outcome = await printTo(to('deaf'), job, { clock, offlineWaitMs: 1_500 })
    expect(outcome).toMatchObject({ kind: 'unknown', bytesAccepted: job.length })
    expect(outcome.kind === 'unknown' ? outcome.detail : '').toMatch(/deaf-\d+ was taken back$/)
    await expect.poll(() => kept('deaf')).toBe('')
  })

  it('has the job taken back when it is cancelled', async () => {
    const controller = new AbortController()
    const printing = printTo(to('deaf'), job, { clock, signal: controller.signal })
    await expect.poll(() => kept('deaf')).toContain('deaf-')
    controller.abort()
    expect(await printing).toMatchObject({ kind: 'unknown' })
    await expect.poll(() => kept('deaf')).toBe('')
  })

  it('has the job taken back when it is cancelled in the middle of a question', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kaunta-lpstat-'))
    const asked = join(folder, 'asked')
    const path = process.env.PATH
    const slow = `#!/bin/sh\n[ "$1" = -o ] && touch ${asked} && sleep 0.5\nPATH='${path}' exec lpstat "$@"\n`
    writeFileSync(join(folder, 'lpstat'), slow, { mode: 0o755 })
    process.env.PATH = `${folder}:${path}`
    try {
      const controller = new AbortController()
      const printing = printTo(to('deaf'), job, { clock, signal: controller.signal })
      await expect.poll(() => existsSync(asked), { interval: 10 }).toBe(true)
      controller.abort()
      expect(await printing).toMatchObject({ detail: expect.stringMatching(/deaf-\d+ was taken back$/) })
    } finally {
      process.env.PATH = path
      rmSync(folder, { recursive: true, force: true })
    }
    await expect.poll(() => kept('deaf')).toBe('')
  })

  it('gets nothing when it was cancelled before', async () => {
    expect(await printTo(to('counter'), job, { clock, signal: AbortSignal.abort() })).toMatchObject({
      kind: 'notStarted',
      reason: 'cancelledHere',
    })
  })

  it('is offline when the print service is gone', async () => {
    for (const end of ends.splice(0)) await end()
    expect(await printTo(to('counter'), job, { clock })).toMatchObject({
      kind: 'notStarted',
      reason: 'printerOffline',
    })
  })
})

describe.skipIf(machineHasCups)('a machine without CUPS (skipped where it is installed)', () => {
  it('says so and starts nothing', async () => {
    expect(await printTo(to('counter'), job, { clock })).toMatchObject({ kind: 'notStarted' })
  })
})
