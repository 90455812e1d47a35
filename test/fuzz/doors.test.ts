import { describe, expect, it } from 'vitest'
import { tempFolder } from '../fixtures/temp-folder.ts'
import { fuzzDoors } from './fuzz.ts'

/** Chosen once: this judges the change; hunts by chance are `npm run fuzz`. */
const seed = 20_261_130

describe('the doors', () => {
  it('hold through 2,000 connections that are cut, reset and misframed at every moment of their life', async () => {
    const { findings, byDoor, tries } = await fuzzDoors({ folder: tempFolder(), tries: 2_000, seed })
    expect(findings).toEqual([])
    expect(tries).toBe(2_000)
    expect(Object.values(byDoor).every((count) => count > 150)).toBe(true)
  }, 300_000)

  it('has teeth: without a listener for errors the program is found ended', async () => {
    const deaf = new URL('./deaf.ts', import.meta.url).href
    const { findings, tries } = await fuzzDoors({
      folder: tempFolder(),
      tries: 2_000,
      seed,
      nodeArguments: ['--import', deaf],
    })
    expect(findings.join('\n')).toMatch(/uncaught|the program ended/)
    expect(tries).toBeLessThan(2_000)
  }, 300_000)
})
