import { readdir, readFile } from 'node:fs/promises'
import type { FoundPrinter } from '../../../src-preload/contract/printer-models.ts'
import { printerInterface, type UsbHandle, usbDevices } from '../transports/usb.ts'
import { CannotLook, missedBy, type Source } from './source.ts'

function hex(id: number): string {
  return id.toString(16).padStart(4, '0')
}

/** Printers on USB that this process may see. */
export function usbSource(devices: () => Promise<readonly UsbHandle[]> = usbDevices): Source {
  return {
    name: 'usb',
    async look({ guess }) {
      const listed = await devices().catch((error: unknown) => {
        const { why, detail } = missedBy(error)
        throw new CannotLook(why === 'failed' ? 'noService' : why, detail)
      })
      const printers = listed.filter((device) => printerInterface(device) !== null)
      const found = printers.map((device): FoundPrinter => {
        const { vendorId, productId, serialNumber = null } = device
        const said = [device.manufacturerName, device.productName].filter(Boolean).join(' ')
        return {
          source: 'usb',
          connection: { kind: 'usb', vendorId, productId, serialNumber: serialNumber || null },
          name: said || `USB ${hex(vendorId)}:${hex(productId)}`,
          model: guess(said),
        }
      })
      return { found, missed: null }
    },
  }
}

/** What is used of a port in the list of the package `serialport`. */
interface PortInfo {
  readonly path: string
  readonly manufacturer?: string | undefined
  readonly pnpId?: string | undefined
  readonly vendorId?: string | undefined
  readonly friendlyName?: string | undefined
}

async function serialPorts(): Promise<readonly PortInfo[]> {
  const { SerialPort } = await import('serialport')
  return SerialPort.list()
}

/** Linux lists up to 32 ports of its chip driver, of which a machine has a few. */
const ghost = /^\/dev\/ttyS\d{2,}$/

/** Serial ports, and those of paired Bluetooth printers. On Linux the list needs `udevadm`. */
export function serialSource(ports: () => Promise<readonly PortInfo[]> = serialPorts): Source {
  return {
    name: 'serial',
    async look({ guess }) {
      const there = (await ports()).filter(
        ({ path, vendorId }) => vendorId !== undefined || !ghost.test(path),
      )
      const found = there.map((port): FoundPrinter => {
        const said = port.friendlyName ?? [port.manufacturer, port.pnpId].filter(Boolean).join(' ')
        return {
          source: 'serial',
          connection: { kind: 'serial', path: port.path, baudRate: 9600, flow: 'none' },
          name: said ? `${said} (${port.path})` : port.path,
          model: guess(said),
        }
      })
      return { found, missed: null }
    },
  }
}

/** `MFG:EPSON;CMD:ESC/POS;MDL:TM-T20;` (IEEE 1284 device id), long names or short. */
function deviceName(id: string): string {
  const field = (names: string) => new RegExp(`(?:^|;)\\s*(?:${names}):([^;]*)`, 'i').exec(id)?.[1]?.trim()
  return [field('MFG|MANUFACTURER'), field('MDL|MODEL')].filter(Boolean).join(' ')
}

/** Device files of Linux' usblp driver. @param names where the kernel keeps what each device says it is */
export function deviceSource(folder = '/dev/usb', names = '/sys/class/usbmisc'): Source {
  return {
    name: 'device',
    async look({ guess }) {
      const files = await readdir(folder).catch(() => [])
      const ports = files.filter((file) => /^lp\d+$/.test(file)).toSorted()
      const found = await Promise.all(
        ports.map(async (port): Promise<FoundPrinter> => {
          const id = await readFile(`${names}/${port}/device/ieee1284_id`, 'utf8').catch(() => '')
          const said = deviceName(id)
          const path = `${folder}/${port}`
          return {
            source: 'device',
            connection: { kind: 'device', path },
            name: said || path,
            model: guess(said),
          }
        }),
      )
      return { found, missed: null }
    },
  }
}
