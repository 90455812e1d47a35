import type { Connection } from '../../../src-preload/contract/printer-models.ts'
import type { Clock } from '../../ports.ts'
import {
  closingMs,
  describe,
  type OpenedWire,
  offline,
  refusal,
  type Wire,
  type WireEvents,
  type WireOpener,
  within,
} from './line.ts'

type UsbConnection = Extract<Connection, { kind: 'usb' }>

/** What is used of a device of the package `usb` 3; `native…` because only those take a time-out. */
export interface UsbHandle {
  readonly vendorId: number
  readonly productId: number
  readonly serialNumber?: string | null | undefined
  readonly productName?: string | null | undefined
  readonly manufacturerName?: string | null | undefined
  readonly configurations: readonly UsbConfiguration[]
  open(): Promise<void>
  close(): Promise<void>
  selectConfiguration(value: number): Promise<void>
  claimInterface(number: number): Promise<void>
  detachKernelDriver(number: number): Promise<void>
  nativeTransferOut(endpoint: number, timeoutMs: number, data: Uint8Array): Promise<number>
  nativeTransferIn(endpoint: number, timeoutMs: number, length: number): Promise<Uint8Array | null>
}

interface UsbConfiguration {
  readonly configurationValue: number
  readonly interfaces: readonly {
    readonly interfaceNumber: number
    readonly alternate: {
      readonly interfaceClass: number
      readonly endpoints: readonly {
        readonly endpointNumber: number
        readonly direction: string
        readonly type: string
      }[]
    }
  }[]
}

/** USB's number for printers. */
const printerClass = 7
const outTimeoutMs = 30_000
const inTimeoutMs = 500
/** Pause after an empty answer, ms: some printers answer at once with nothing. */
const quietMs = 20

/** Where a printer takes bytes, and where it answers if it does; null when the device is no printer. */
export function printerInterface(device: Pick<UsbHandle, 'configurations'>): {
  readonly configuration: number
  readonly number: number
  readonly out: number
  readonly in: number | null
} | null {
  for (const { configurationValue, interfaces } of device.configurations) {
    for (const { interfaceNumber, alternate } of interfaces) {
      if (alternate.interfaceClass !== printerClass) continue
      const bulk = alternate.endpoints.filter((endpoint) => endpoint.type === 'bulk')
      const out = bulk.find((endpoint) => endpoint.direction === 'out')?.endpointNumber
      const back = bulk.find((endpoint) => endpoint.direction === 'in')?.endpointNumber
      if (out === undefined) continue
      return { configuration: configurationValue, number: interfaceNumber, out, in: back ?? null }
    }
  }
  return null
}

function wireOver(
  device: UsbHandle,
  ends: { readonly out: number; readonly in: number | null },
  events: WireEvents,
  clock: Clock,
): Wire {
  let last = Promise.resolve()
  let closed = false
  const lose = (error: unknown) => {
    if (!closed) events.lost(describe(error))
  }
  const close = async () => {
    if (closed) return
    closed = true
    await device.close().catch(() => {})
  }
  const listen = async (endpoint: number): Promise<void> => {
    while (!closed) {
      const heard = await device.nativeTransferIn(endpoint, inTimeoutMs, 64).catch((error: unknown) => {
        if (/time/i.test(describe(error))) return null
        throw error
      })
      if (heard !== null && heard.length > 0) events.data(heard)
      else await new Promise<void>((resolve) => void clock.after(quietMs, resolve))
    }
  }
  if (ends.in !== null) listen(ends.in).catch(lose)
  return {
    twoWay: ends.in !== null,
    write(bytes, taken) {
      last = last
        .then(async () => {
          if (!closed) taken(await device.nativeTransferOut(ends.out, outTimeoutMs, bytes))
        })
        .catch(lose)
    },
    end: () =>
      new Promise((resolve) => {
        const finish = () => void close().finally(resolve)
        clock.after(closingMs, finish)
        void last.finally(finish)
      }),
  }
}

async function claim(device: UsbHandle, events: WireEvents, clock: Clock): Promise<OpenedWire> {
  await device.open()
  try {
    const ends = printerInterface(device)
    if (ends === null) {
      await device.close()
      return offline('this USB device is no printer')
    }
    // Linux: usblp holds the printer until it is asked to let go; elsewhere there is nothing to detach.
    await device.detachKernelDriver(ends.number).catch(() => {})
    await device.selectConfiguration(ends.configuration)
    await device.claimInterface(ends.number)
    return { ok: true, wire: wireOver(device, ends, events, clock) }
  } catch (error) {
    await device.close().catch(() => {})
    throw error
  }
}

/** Every USB device that this process may see. Loads the package on first use. */
export async function usbDevices(): Promise<readonly UsbHandle[]> {
  const { usb } = await import('usb')
  return usb.getDevices()
}

/**
 * USB printer class without a driver (Linux, macOS; on Windows only with WinUSB, which takes the printer from every
 * other program: facts §7). Proved against a made-up device only: no machine of this project has a USB printer.
 */
export function openUsb(devices: () => Promise<readonly UsbHandle[]>): WireOpener<UsbConnection> {
  return (wanted, events, options) =>
    within(options, async () => {
      const found = (await devices()).find(
        ({ vendorId, productId, serialNumber }) =>
          vendorId === wanted.vendorId &&
          productId === wanted.productId &&
          (wanted.serialNumber === null || wanted.serialNumber === serialNumber),
      )
      if (found === undefined) return offline('the USB printer is not plugged in')
      return claim(found, events, options.clock).catch((error: unknown) => refusal(error))
    })
}
