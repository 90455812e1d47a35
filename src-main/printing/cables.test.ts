import { EventEmitter } from 'node:events'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Connection } from '../../src-preload/contract/printer-models.ts'
import type { Printer } from '../../src-preload/contract/printing.ts'
import { manualClock } from '../../test/fixtures/manual-clock.ts'
import { printerInput } from '../../test/fixtures/printer.ts'
import { createHub } from '../live/hub.ts'
import type { Clock } from '../ports.ts'
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

const { signal } = new AbortController()
const paper = Buffer.from('\x1b@DUKA\nSukari 3,200\n\x1dVB\0', 'latin1')

function printerOn(connection: Connection): Printer {
  return { id: 'p', ...printerInput({ host: '', port: 1 }), receipts: true, connection }
}

function monitorOf(clock: Clock) {
  return createPrinterMonitor({
    clock,
    hub: createHub(),
    printers: () => [],
    onFault: () => {},
    mended: () => {},
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
