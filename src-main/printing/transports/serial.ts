import type { SerialPort } from 'serialport'
import type { Connection } from '../../../src-preload/contract/printer-models.ts'
import type { Clock } from '../../ports.ts'
import { sleep } from '../../sleep.ts'
import { closingMs, describe, refusal, type Wire, type WireOpener, within } from './line.ts'

type SerialConnection = Extract<Connection, { kind: 'serial' }>

/** What a driver holds at most of the bytes that it took. */
const driverBytes = 4_096

function wireOver(port: SerialPort, baudRate: number, clock: Clock): Wire {
  const timeOf = (bytes: number) => (bytes * 10_000) / baudRate
  let pending = 0
  let busyUntil = clock.monotonic()
  let idle = () => {}
  /** Closing throws away what stands in the driver; ten bits a byte tell when it is out. */
  const drained = () => Math.min(timeOf(driverBytes), Math.max(0, busyUntil - clock.monotonic()))
  return {
    twoWay: true,
    write(bytes, taken) {
      pending += 1
      port.write(Buffer.from(bytes), (error) => {
        pending -= 1
        if (error === undefined || error === null) {
          busyUntil = Math.max(busyUntil, clock.monotonic()) + timeOf(bytes.length)
          taken(bytes.length)
        }
        if (pending === 0) idle()
      })
    },
    async end() {
      if (!port.isOpen) return
      if (pending > 0) {
        await new Promise<void>((resolve) => {
          idle = resolve
          clock.after(closingMs, resolve)
        })
      }
      await sleep(clock, drained())
      await new Promise<void>((resolve) => {
        clock.after(closingMs, resolve)
        port.close(() => resolve())
      })
    },
  }
}

/**
 * Serial port, or the port of a paired Bluetooth printer (SPP): 8 data bits, no parity, one stop bit. Without flow
 * control a full buffer of the printer loses bytes silently (facts §7).
 */
export const openSerial: WireOpener<SerialConnection> = ({ path, baudRate, flow }, events, options) =>
  within(options, async (giveUp) => {
    // Its native part is loaded by those who have such a printer.
    const { SerialPort } = await import('serialport')
    const soft = flow === 'xonxoff'
    const port = new SerialPort({
      path,
      baudRate,
      rtscts: flow === 'rtscts',
      xon: soft,
      xoff: soft,
      autoOpen: false,
    })
    port.on('data', (bytes: Buffer) => events.data(bytes))
    port.on('error', (error) => events.lost(describe(error)))
    port.on('close', () => events.lost('the port was closed'))
    return new Promise((resolve) => {
      port.open((error) => {
        if (error !== null && error !== undefined) return resolve(refusal(error))
        const wire = wireOver(port, baudRate, options.clock)
        // Many printers print only while the host says that it is there; a pseudo-terminal has no such line.
        if (flow !== 'rtscts' && !giveUp.aborted) port.set({ dtr: true, rts: true }, () => {})
        resolve({ ok: true, wire })
      })
    })
  })
