import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Facts, factsSchema, points } from './checklist.ts'

const folder = mkdtempSync(join(tmpdir(), 'kaunta-shell-'))
const built = join(import.meta.dirname, '../../out')
let facts: Facts

/** Runs the built shell on the stand-in and reads what was seen. */
function runShell(): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'run-shell.ts'), folder, built], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    let errors = ''
    child.stdout.on('data', (data: Buffer) => {
      said += data.toString()
    })
    child.stderr.on('data', (data: Buffer) => {
      errors += data.toString()
    })
    child.once('close', (code) =>
      code === 0 ? resolve(said) : reject(new Error(`the shell ended with ${code}: ${errors}`)),
    )
  })
}

beforeAll(async () => {
  facts = factsSchema.parse(JSON.parse(await runShell()))
}, 60_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('Electron’s security checklist, as seen from what the built shell did', () => {
  for (const point of points) {
    it(`${point.numbers}: ${point.name}`, () => {
      expect(point.fault(facts)).toBeNull()
    })

    it(`${point.numbers}: has teeth`, () => {
      for (const spoil of point.spoils) {
        const spoiled = structuredClone(facts)
        spoil(spoiled)
        expect(point.fault(spoiled), String(spoil)).not.toBeNull()
      }
      expect(point.spoils.length).toBeGreaterThan(0)
    })
  }

  it.skip('19: fuses are read back from the packaged program (nothing is packaged yet)', () => {})
})

describe('the window', () => {
  it('opens in practice mode on a fresh machine, without a word of trouble', () => {
    expect(facts.errorBoxes).toEqual([])
    expect(facts.answered).toBe('practice')
  })

  it('is shown again by a second instance', () => {
    expect(facts.lockAsked).toBe(1)
    expect(facts.second).toEqual(expect.arrayContaining(['show', 'focus']))
  })

  it('hides behind its tray icon when it is closed, and says so once', () => {
    expect(facts.trays).toBe(1)
    expect(facts.close.held).toBe(true)
    expect(facts.close.did).toContain('hide')
    expect(facts.close.notices).toBe(1)
  })

  it('neither ends nor changes its world by the tray while the counter is locked', () => {
    const words = expect.stringMatching(/PIN/)
    expect(facts.tray.locked).toEqual([
      [words, 0],
      [words, 0],
    ])
    expect(facts.tray.open).toEqual([[expect.stringMatching(/Work live|Fanya kazi halisi/), 0]])
  })

  it('leaves the till’s function keys to the page: there is no menu bar', () => {
    expect(facts.menuBar).toBe(process.platform === 'darwin' ? expect.anything() : null)
  })

  it('quits only after the outbox had its time', () => {
    expect(facts.quit).toEqual({ atOnce: 0, inTheEnd: 1 })
  })
})
