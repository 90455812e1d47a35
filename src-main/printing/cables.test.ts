import { spawnSync } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Connection } from '../../src-preload/contract/printer-models.ts'
import type { Printer } from '../../src-preload/contract/printing.ts'
import { quietFeed } from '../../test/fixtures/feed.ts'
import { manualClock } from '../../test/fixtures/manual-clock.ts'
import { printerInput } from '../../test/fixtures/printer.ts'
import type { Clock } from '../ports.ts'
import { systemClock } from '../system-ports.ts'
import { createPrinterMonitor } from './monitor.ts'
import { type OpenedWire, offline, within } from './transports/line.ts'

/** A made-up Bluetooth printer: how long calling it takes, ms, and who may tell when it was called. */
const air = vi.hoisted(() => ({
  callMs: 0,
  held: false,
  written: 0,
  after: (_ms: number, run: () => void): void => run(),
}))

vi.mock('serialport', () => ({
  SerialPort: class extends EventEmitter {
    isOpen = false
    open(done: (error: Error | null) => void) {
      if (air.held) return done(new Error('Opening COM5: Access denied'))
      air.held = true
      air.after(air.callMs, () => {
        this.isOpen = true
        done(null)
      })
    }
    set(_lines: object, done: () => void) {
      done()
    }
    write(bytes: Buffer, done: (error: null) => void) {
      air.written += bytes.length
      done(null)
    }
    close(done: () => void) {
      this.isOpen = false
      air.held = false
      done()
    }
  },
}))

/** A made-up USB printer, whose answers stay in the cable until somebody reads them. */
const cable = vi.hoisted(() => ({ unread: [0], firstAnswerMs: 0 }))

vi.mock('usb', () => {
  const end = (endpointNumber: number, direction: string) => ({ endpointNumber, direction, type: 'bulk' })
  const alternate = { interfaceClass: 7, endpoints: [end(1, 'out'), end(2, 'in')] }
  const nothing = async () => {}
  const device = {
    vendorId: 1,
    productId: 2,
    configurations: [{ configurationValue: 1, interfaces: [{ interfaceNumber: 0, alternate }] }],
    open: nothing,
    close: nothing,
    selectConfiguration: nothing,
    claimInterface: nothing,
    detachKernelDriver: nothing,
    async nativeTransferOut(_endpoint: number, _ms: number, data: Uint8Array) {
      const { firstAnswerMs } = cable
      cable.firstAnswerMs = 3
      setTimeout(() => cable.unread.push(data[2] === 1 ? 0x16 : 0x12), firstAnswerMs)
      return data.length
    },
    async nativeTransferIn() {
      await new Promise((resolve) => setTimeout(resolve, 5))
      const byte = cable.unread.shift()
      return byte === undefined ? null : Uint8Array.of(byte)
    },
  }
  return { usb: { getDevices: async () => [device] } }
})

const { signal } = new AbortController()
const paper = Buffer.from('\x1b@DUKA\nSukari 3,200\n\x1dVB\0', 'latin1')

function printerOn(connection: Connection): Printer {
  return { id: 'p', ...printerInput({ host: '', port: 1 }), receipts: true, connection }
}

function monitorOf(clock: Clock) {
  return createPrinterMonitor({
    clock,
    feed: quietFeed(),
    printers: () => [],
    onFault: () => {},
    recovered: () => {},
  })
}

describe('a Bluetooth printer', () => {
  const printer = printerOn({ kind: 'serial', path: 'COM5', baudRate: 9_600, flow: 'none' })
  let clock = manualClock()
  beforeEach(() => {
    clock = manualClock()
    Object.assign(air, { held: false, written: 0, after: clock.after })
  })

  /** Lets the clock go until the outcome is there. */
  async function outcome<T>(pending: Promise<T>): Promise<T> {
    const told: T[] = []
    void pending.then((value) => told.push(value))
    return vi.waitFor(
      async () => {
        await clock.advance(100)
        const [value] = told
        if (value === undefined) throw new Error('no outcome yet')
        return value
      },
      { timeout: 20_000, interval: 1 },
    )
  }

  it('that takes seconds to be called is printed on', async () => {
    air.callMs = 6_000
    expect(await outcome(monitorOf(clock).print(printer, paper, signal))).toMatchObject({
      kind: 'unknown',
      bytesAccepted: paper.length,
    })
  })

  it('whose call was given up is called again only when the port is free', async () => {
    air.callMs = 11_000
    const monitor = monitorOf(clock)
    const first = monitor.print(printer, paper, signal)
    const second = monitor.print(printer, paper, signal)
    await vi.waitFor(() => expect(air.held).toBe(true))
    air.callMs = 100
    expect(await outcome(first)).toMatchObject({ kind: 'notStarted', reason: 'printerOffline' })
    expect(await outcome(second)).toMatchObject({ kind: 'unknown', bytesAccepted: paper.length })
    expect(air.written).toBeGreaterThanOrEqual(paper.length)
  })

  it('is given up for good when its port never opens', async () => {
    const never = new Promise<OpenedWire>(() => {})
    const opened = within({ clock, connectTimeoutMs: 1_500, signal }, () => never)
    expect(await outcome(opened)).toEqual(offline('no connection within 1500 ms'))
    expect(clock.monotonic()).toBeLessThanOrEqual(3_700)
  })
})

describe('a USB printer', () => {
  it('is not believed for an answer that came too late for its question', async () => {
    const monitor = monitorOf(systemClock())
    const printer = printerOn({ kind: 'usb', vendorId: 1, productId: 2, serialNumber: null })
    Object.assign(cable, { unread: [], firstAnswerMs: 400 })
    expect(await monitor.check(printer)).toMatchObject({ reachable: true, reports: false })
    await expect.poll(() => cable.unread.length).toBe(1)
    // Read as the cause of being offline, that answer says "cover open".
    expect(await monitor.check(printer)).toMatchObject({ reports: true, reason: null })
  })
})

describe('a program of the system', () => {
  it('that cannot be started for want of descriptors is a complaint', () => {
    const url = new URL('./transports/command.ts', import.meta.url).href
    const script = `
      import { openSync } from 'node:fs'
      import { runCommand } from ${JSON.stringify(url)}
      const clock = { after: (ms, run) => { const timer = setTimeout(run, ms); return () => clearTimeout(timer) } }
      try { for (;;) openSync('/dev/null') } catch {}
      const ran = await runCommand('lpstat', [], { clock, timeoutMs: 5000 })
      process.stdout.write(JSON.stringify(ran))`
    const node = `ulimit -n 80; exec "$0" --input-type=module -e "$1"`
    const ended = spawnSync('sh', ['-c', node, process.execPath, script], { encoding: 'utf8' })
    expect(ended.stderr).toBe('')
    expect(JSON.parse(ended.stdout)).toMatchObject({
      code: null,
      complaint: expect.stringContaining('EMFILE'),
    })
  })
})
