import type { Connection } from '../../../src-preload/contract/printer-models.ts'
import { sleep } from '../../sleep.ts'
import { openDevice } from './device.ts'
import {
  createLine,
  type LineOptions,
  type NotOpened,
  type OpenedWire,
  type PrinterLine,
  type WireEvents,
  type WireOptions,
} from './line.ts'
import { openNetwork } from './network.ts'
import { openSerial } from './serial.ts'
import { openUsb, usbDevices } from './usb.ts'

/** Every connection but the system's own queues, which take whole files and have no line. */
export type DirectConnection = Exclude<Connection, { kind: 'queue' }>

function openWire(
  connection: DirectConnection,
  events: WireEvents,
  options: WireOptions,
): Promise<OpenedWire> {
  switch (connection.kind) {
    case 'network':
      return openNetwork(connection, events, options)
    case 'serial':
      return openSerial(connection, events, options)
    case 'device':
      return openDevice(connection, events, options)
    default:
      return openUsb(usbDevices)(connection, events, options)
  }
}

/**
 * Kinds that keep what nobody has read: an answer that came too late for its question stands there for the next one, and
 * `DLE EOT` does not say which question it answers.
 */
const keeping: ReadonlySet<DirectConnection['kind']> = new Set(['device', 'usb'])
/** For reading that away, ms. */
const staleMs = 30

/** Opens a line to a printer. Never rejects, and leaves nothing open when it fails. */
export async function openLine(
  connection: DirectConnection,
  options: LineOptions & WireOptions,
): Promise<{ readonly ok: true; readonly line: PrinterLine } | NotOpened> {
  const { clock, signal } = options
  const { events, over } = createLine(options)
  let stale = keeping.has(connection.kind)
  const data = (bytes: Uint8Array) => {
    if (!stale) events.data(bytes)
  }
  const opened = await openWire(connection, { ...events, data }, options)
  if (!opened.ok) return opened
  if (stale && opened.wire.twoWay) await sleep(clock, staleMs, signal)
  stale = false
  return { ok: true, line: over(opened.wire) }
}
