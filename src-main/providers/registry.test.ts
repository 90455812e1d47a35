import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { isReasonCode } from '../../src-preload/contract/reasons.ts'
import { createSimulatorHost } from '../simulator/host.ts'
import { realClock, realRandom } from './conformance/stand.ts'
import { checkAccount } from './form.ts'
import { registry } from './registry.ts'

const here = new URL('.', import.meta.url)
const folders = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'conformance')
  .map((entry) => entry.name)

it('lists every folder once, in the order of the alphabet', () => {
  expect(registry.map((entry) => entry.declaration.id)).toEqual(folders.toSorted())
})

it.each(folders)('%s has adapter, simulator and test', (folder) => {
  const files = readdirSync(new URL(`${folder}/`, here))
  expect(files).toEqual(expect.arrayContaining(['adapter.ts', 'simulator.ts', `${folder}.test.ts`]))
})

it.each(registry.map((entry) => entry.declaration))(
  '$id declares what it can do and can do what it declares',
  (declaration) => {
    const abilities = declaration.connect({
      settings: {},
      secrets: {},
      call: () => Promise.reject(new Error('nothing may be called while connecting')),
    })
    const able = Object.keys(abilities).filter((name) => name !== 'test')
    expect(able).toEqual([...declaration.capabilities])
    expect(declaration.errors.length).toBeGreaterThan(5)
    for (const row of declaration.errors) {
      expect(isReasonCode(row.reason)).toBe(true)
      expect(row.source).not.toBe('')
    }
    for (const address of Object.values(declaration.addresses)) {
      expect(new URL(address).protocol).toBe('https:')
      expect(address.endsWith('/')).toBe(false)
    }
  },
)

it('gives practice mode an account of each that passes its own check', async () => {
  const host = await createSimulatorHost({ clock: realClock, random: realRandom })
  const accounts = host.accounts()
  await host.close()
  expect(accounts.map((account) => account.provider)).toEqual(folders.toSorted())
  for (const { declaration } of registry) {
    const account = accounts.find((known) => known.provider === declaration.id)
    expect(checkAccount(declaration, account?.settings ?? {}, account?.secrets ?? {})).toEqual([])
  }
})
