import type { Connection } from '../../../src-preload/contract/printer-models.ts'
import { openDevice } from './device.ts'
import {
  createLine,
  type NotOpened,
  type OpenedWire,
  type PrinterLine,
  type WireEvents,
  type WireOptions,
} from './line.ts'
import { openNetwork } from './network.ts'
import { openSerial } from './serial.ts'
import type { PrinterReply, ReplyReader } from './status.ts'
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

/** Opens a line to a printer. Never rejects, and leaves nothing open when it fails. */
export async function openLine(
  connection: DirectConnection,
  options: WireOptions & { readonly read: ReplyReader; readonly heard: (reply: PrinterReply) => void },
): Promise<{ readonly ok: true; readonly line: PrinterLine } | NotOpened> {
  const { clock, signal, read, heard } = options
  const { events, over } = createLine({ clock, signal, read, heard })
  const opened = await openWire(connection, events, options)
  return opened.ok ? { ok: true, line: over(opened.wire) } : opened
}
