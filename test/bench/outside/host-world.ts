import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SimulatorHost } from '../../../src-main/simulator/host.ts'

/** @returns a world file for `--world` that leads to these simulated providers */
export function writeHostWorld(folder: string, host: SimulatorHost): string {
  const file = join(folder, 'world.json')
  const world = {
    simulatorUrl: host.url,
    publicAddress: 'https://kaunta.practice.example',
    accounts: host.accounts(),
    printerAddress: { host: '127.0.0.1', port: 9 },
    apiKey: null,
  }
  writeFileSync(file, JSON.stringify(world))
  return file
}
