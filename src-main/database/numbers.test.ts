import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { tempFolder } from '../../test/fixtures/temp-folder.ts'
import { openNumbers } from './numbers.ts'

const turn = () => new Promise((resolve) => setImmediate(resolve))

it('what was raised last before the end stays, whatever was on its way to the disk then', async () => {
  for (let turns = 0; turns < 12; turns += 1) {
    const folder = tempFolder()
    const faults: unknown[] = []
    const numbers = openNumbers(folder, (_what, error) => faults.push(error))
    numbers.raise('receipt 1', 1)
    for (let waited = 0; waited < turns; waited += 1) await turn()
    numbers.raise('receipt 1', 2)
    numbers.close()
    const seen = new Set<string>()
    for (let looks = 0; looks < 200; looks += 1) {
      seen.add(readFileSync(join(folder, 'numbers.json'), 'utf8'))
      await turn()
    }
    expect([...seen]).toEqual(['{"receipt 1":2}'])
    expect(openNumbers(folder, () => {}).highest('receipt 1')).toBe(2)
    expect(faults).toEqual([])
  }
})
