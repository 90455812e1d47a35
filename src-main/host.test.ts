import { expect, it } from 'vitest'
import { contract } from '../src-preload/contract/index.ts'
import { statusSchema, topics } from '../src-preload/contract/live.ts'
import { manualClock } from '../test/fixtures/manual-clock.ts'
import { scriptedProvider } from '../test/fixtures/shop.ts'
import { tempFolder } from '../test/fixtures/temp-folder.ts'
import { joinAll } from './capabilities.ts'
import { memoryVault } from './credentials/vault.ts'
import { type CompanionOptions, createFoundations } from './foundations.ts'
import { createHost } from './host.ts'
import { systemRandomness } from './system-ports.ts'

const options: CompanionOptions = {
  practice: null,
  timeScale: 1,
  databaseWorker: null,
  restore: false,
  tookOver: false,
  log: { info: () => {}, warn: () => {}, error: () => {} },
  declarations: [scriptedProvider({})],
}

function openHost() {
  const ports = {
    dataFolder: tempFolder(),
    version: '0.0.0',
    clock: manualClock(),
    random: systemRandomness(),
    vault: memoryVault('practice', null),
    notify: () => {},
  }
  return createHost(createFoundations(ports, options))
}

it('every part of the contract is answered to, once, and every topic is shown', async () => {
  const host = openHost()
  expect(() => host.status.read()).toThrow(/"outbox"/)
  expect(() => host.routers()).toThrow(`nobody answers to ${Object.keys(contract).join(', ')}`)
  joinAll(host, options)
  expect(Object.keys(host.routers().router).toSorted()).toEqual(Object.keys(contract).toSorted())
  expect(topics.length).toBeGreaterThan(10)
  expect(host.feed.unshown()).toEqual([])
  expect(statusSchema.safeParse(host.status.read()).success).toBe(true)
  expect(() => joinAll(host, options)).toThrow(/^two rooms count /)
  await host.close()
})

it('starts and stops its capabilities in the order in which they joined', async () => {
  const host = openHost()
  const heard: string[] = []
  for (const name of ['first', 'second']) {
    host.onStart(() => heard.push(`start ${name}`))
    host.onStop(() => heard.push(`stop ${name}`))
  }
  host.start()
  host.stop()
  expect(heard).toEqual(['start first', 'start second', 'stop first', 'stop second'])
  await host.close()
})
