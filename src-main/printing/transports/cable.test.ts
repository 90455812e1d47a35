import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Connection, PrinterProfile } from '../../../src-preload/contract/printer-models.ts'
import { usualProfile } from '../../../test/fixtures/printer.ts'
import { systemClock } from '../../system-ports.ts'
import { checkPrinter, printTo } from './print.ts'
import { createScriptedPrinter, processIdAnswer, type Script } from './scripted-printer.ts'

const machineHasSocat = spawnSync('socat', ['-V']).error === undefined
const root = process.getuid?.() === 0
const clock = systemClock()
const patient = { clock, statusTimeoutMs: 3_000, idleTimeoutMs: 3_000, connectTimeoutMs: 5_000 }
/** For printers that never answer. */
const brisk = { ...patient, statusTimeoutMs: 100, idleTimeoutMs: 300 }

const profile: PrinterProfile = { ...usualProfile, confirms: 'processId' }
const receipt = Buffer.from(`\x1b@DUKA LA ASHA\n${'Sukari 1kg     3,200\n'.repeat(20)}\x1dVB\0`, 'latin1')
const huge = Buffer.alloc(300_000, 'x')

let folder = ''
const ends: (() => void)[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kaunta-cable-'))
  ends.push(() => rmSync(folder, { recursive: true, force: true }))
})
afterEach(() => {
  for (const end of ends.splice(0).toReversed()) end()
})

/** A printer by script at the far end of a pseudo-terminal. */
async function terminal(script: Script, served: (socket: Socket) => void = () => {}) {
  const path = join(folder, 'tty')
  let received: () => Uint8Array = () => new Uint8Array(0)
  const server = createServer((socket) => {
    const printer = createScriptedPrinter(script, (...bytes) => void socket.write(Uint8Array.from(bytes)))
    received = printer.received
    socket.on('error', () => {})
    socket.on('data', (bytes: Buffer) => printer.take(bytes))
    served(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const socat = spawn('socat', [`pty,raw,echo=0,link=${path}`, `tcp:127.0.0.1:${port}`], { stdio: 'ignore' })
  ends.push(() => {
    socat.kill('SIGKILL')
    server.close()
  })
  await once(server, 'connection')
  await expect.poll(() => existsSync(path)).toBe(true)
  return { path, received: () => received(), unplug: () => socat.kill('SIGKILL') }
}

const good: Script = { status: () => 0x12, processId: (id, say) => say(...processIdAnswer(id)) }
const serial = (path: string): Connection => ({ kind: 'serial', path, baudRate: 115_200, flow: 'none' })
const device = (path: string): Connection => ({ kind: 'device', path })

describe.skipIf(!machineHasSocat)('a terminal (skipped where socat is not installed)', () => {
  describe.each([
    ['serial', serial],
    ['device', device],
  ] as const)('as a %s printer', (_kind, over) => {
    it('prints when the printer confirms, and every byte arrives', async () => {
      const { path, received } = await terminal(good)
      expect(await printTo({ connection: over(path), profile }, receipt, patient)).toEqual({
        kind: 'printed',
      })
      expect(Buffer.from(received()).includes(receipt.subarray(2))).toBe(true)
      // And again: the port was given back.
      expect(await printTo({ connection: over(path), profile }, receipt, patient)).toEqual({
        kind: 'printed',
      })
    })

    it('starts nothing without paper', async () => {
      const { path, received } = await terminal({ ...good, status: (n) => (n === 4 ? 0x72 : 0x12) })
      const target = { connection: over(path), profile }
      expect(await printTo(target, receipt, patient)).toMatchObject({
        kind: 'notStarted',
        reason: 'noPaper',
      })
      expect(received()).toHaveLength(12)
      expect(await checkPrinter(target, patient)).toMatchObject({ reports: true, reason: 'noPaper' })
    })

    it('does not know what became of a job on a printer that never answers', async () => {
      const { path, received } = await terminal({})
      expect(await printTo({ connection: over(path), profile }, receipt, brisk)).toEqual({
        kind: 'unknown',
        detail: 'the printer does not report',
        bytesAccepted: receipt.length,
      })
      await expect.poll(() => Buffer.from(received()).includes(receipt)).toBe(true)
    })

    it('is unknown when it is unplugged in the middle', async () => {
      const held = await terminal({
        status: () => 0x12,
        automatic: () => void held.unplug(),
      })
      expect(await printTo({ connection: over(held.path), profile }, receipt, patient)).toMatchObject({
        kind: 'unknown',
      })
    })

    it('is unknown when the printer stops taking bytes', async () => {
      const { path } = await terminal({}, (socket) => socket.pause())
      // Sockets of this size hold more than the terminal does.
      const outcome = await printTo({ connection: over(path), profile }, Buffer.alloc(12_000_000), brisk)
      expect(outcome).toMatchObject({ kind: 'unknown' })
      expect(outcome.kind === 'unknown' ? outcome.bytesAccepted : 0).toBeLessThan(12_000_000)
    })

    it('is unknown when it is cancelled in the middle, and not started before', async () => {
      const controller = new AbortController()
      const { path } = await terminal({ status: () => 0x12, automatic: () => controller.abort() })
      const target = { connection: over(path), profile }
      const signal = controller.signal
      expect(await printTo(target, receipt, { ...patient, signal })).toMatchObject({ detail: 'cancelled' })
      expect(await printTo(target, receipt, { ...patient, signal })).toMatchObject({
        kind: 'notStarted',
        reason: 'cancelledHere',
      })
    })
  })
})

describe.each([
  ['serial', serial],
  ['device', device],
] as const)('a %s port', (_kind, over) => {
  it('that is not there is offline', async () => {
    const connection = over(join(folder, 'nothing'))
    expect(await printTo({ connection, profile }, receipt, patient)).toMatchObject({
      kind: 'notStarted',
      reason: 'printerOffline',
    })
    expect(await checkPrinter({ connection, profile }, patient)).toMatchObject({ reachable: false })
  })

  it.skipIf(!root)('that this user may not open is forbidden (skipped unless run as root)', async () => {
    const path = join(folder, 'mine')
    writeFileSync(path, '', { mode: 0o600 })
    chmodSync(folder, 0o755)
    process.seteuid?.(65_534)
    try {
      const target = { connection: over(path), profile }
      expect(await printTo(target, receipt, patient)).toMatchObject({ reason: 'printerForbidden' })
    } finally {
      process.seteuid?.(0)
    }
  })
})

describe('a device that never answers', () => {
  it('a plain file takes the whole job and confirms nothing', async () => {
    const path = join(folder, 'paper')
    writeFileSync(path, 'before')
    const target = { connection: device(path), profile }
    expect(await printTo(target, receipt, patient)).toEqual({
      kind: 'unknown',
      detail: 'sent; this connection cannot hear the printer',
      bytesAccepted: receipt.length,
    })
    expect(readFileSync(path)).toEqual(Buffer.concat([Buffer.from('before'), receipt]))
    expect(await checkPrinter(target, patient)).toMatchObject({ reachable: true, reports: false })
  })

  it('a folder is no printer', async () => {
    expect(await printTo({ connection: device(folder), profile }, receipt, patient)).toMatchObject({
      kind: 'notStarted',
      reason: 'printerOffline',
    })
  })

  describe('a pipe', () => {
    const pipe = () => {
      const path = join(folder, 'lp0')
      execFileSync('mkfifo', [path])
      return path
    }

    it('carries every byte to who reads it', async () => {
      const path = pipe()
      const reader = spawn('cat', [path])
      const chunks: Buffer[] = []
      reader.stdout.on('data', (bytes: Buffer) => chunks.push(bytes))
      await expect
        .poll(() => printTo({ connection: device(path), profile }, huge, patient))
        .toMatchObject({ kind: 'unknown', bytesAccepted: huge.length })
      await once(reader, 'close')
      expect(Buffer.concat(chunks)).toEqual(huge)
    })

    it('is offline when nobody reads it', async () => {
      expect(await printTo({ connection: device(pipe()), profile }, receipt, patient)).toMatchObject({
        kind: 'notStarted',
        reason: 'printerOffline',
      })
    })

    it('that is full holds up nothing else, and says how much it took', async () => {
      const path = pipe()
      const reader = spawn('sh', ['-c', `exec 3<"$1"; echo open; sleep 60`, 'sh', path])
      ends.push(() => reader.kill('SIGKILL'))
      // Opening it for writing lets the reader's own opening return.
      const opener = spawn('sh', ['-c', ': >"$1"', 'sh', path])
      await Promise.all([once(reader.stdout, 'data'), once(opener, 'close')])
      const printing = printTo({ connection: device(path), profile }, huge, brisk)
      const others = await Promise.all(Array.from({ length: 8 }, () => readFile('/dev/null')))
      expect(others).toHaveLength(8)
      const outcome = await printing
      expect(outcome).toMatchObject({ kind: 'unknown', detail: 'the printer took no more bytes for 300 ms' })
      const accepted = outcome.kind === 'unknown' ? outcome.bytesAccepted : 0
      expect(accepted).toBeGreaterThan(1_024)
      expect(accepted).toBeLessThan(huge.length)
    })

    it('that breaks in the middle is unknown', async () => {
      const path = pipe()
      const reader = spawn('sh', ['-c', 'head -c 2000 <"$1" >/dev/null', 'sh', path])
      await expect
        .poll(() => printTo({ connection: device(path), profile }, huge, brisk))
        .toMatchObject({ kind: 'unknown' })
      if (reader.exitCode === null) await once(reader, 'exit')
    })
  })
})
