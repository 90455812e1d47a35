import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SimulatorHost } from '../../../src-main/simulator/host.ts'

interface PrinterPlace {
  readonly host: string
  readonly port: number
}

/** Nobody listens there. */
export const deadPrinter: PrinterPlace = { host: '127.0.0.1', port: 9 }

/** @returns a world file for `--world` that leads to these simulated providers */
export function writeHostWorld(
  folder: string,
  host: SimulatorHost,
  printerAddress: PrinterPlace = deadPrinter,
): string {
  const file = join(folder, 'world.json')
  const world = {
    simulatorUrl: host.url,
    publicAddress: 'https://kaunta.practice.example',
    accounts: host.accounts(),
    printerAddress: { host: printerAddress.host, port: printerAddress.port },
    apiKey: null,
  }
  writeFileSync(file, JSON.stringify(world))
  return file
}
