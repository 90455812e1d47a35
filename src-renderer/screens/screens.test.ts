import { expect, test } from 'vitest'
import { topics } from '../../src-preload/contract/live.ts'
import { keyJobs } from '../components/keys.tsx'
import { meanings, overScreens, screens, sideScreens } from './index.ts'

const ways = [
  ...screens.flatMap(({ keys = [] }) => keys),
  ...overScreens.map(({ key }) => ({ ...key, to: null })),
]

test('every folder of screens stands in the list, and the other way round', () => {
  const folders = Object.keys(import.meta.glob('./*/index.ts'))
  expect(screens.length + overScreens.length + Object.keys(sideScreens).length).toBe(folders.length)
})

test('every topic that main tells of means something to the page', () => {
  const known = new Set(meanings.map(({ topic }) => topic))
  expect(topics.filter((topic) => !known.has(topic))).toEqual([])
})

test('no two screens have one address or one key', () => {
  const paths = screens.map(({ path }) => path)
  const keys = ways.map(({ key }) => key)
  expect(new Set(paths).size).toBe(paths.length)
  expect(new Set(keys).size).toBe(keys.length)
})

test('a key stands under the same job in the list of keys as its screen says', () => {
  for (const { key, job } of ways) {
    const [listed] = Object.entries(keyJobs).find(([, keys]) => keys.some((one) => one === key)) ?? [job]
    expect(listed, key).toBe(job)
  }
})

test('each way into a screen leads to an address that the list knows', () => {
  const known = screens.map(({ path }) => path.split('/:')[0])
  const addresses = [
    ...screens.flatMap(({ rail }) => rail?.href ?? []),
    ...ways.flatMap(({ to }) => to ?? []),
  ]
  for (const address of addresses.filter((one) => one !== '/'))
    expect(
      known.some((path) => path !== undefined && address.startsWith(path)),
      address,
    ).toBe(true)
})
