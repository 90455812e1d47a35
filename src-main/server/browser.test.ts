import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { tempFolder } from '../../test/fixtures/temp-folder.ts'
import { showInBrowser } from './browser.ts'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.useRealTimers()
})

// Windows finds its browser by the shell’s own word, in whose place no script can stand.
it.skipIf(process.platform === 'win32')(
  'gives the browser a file that only its user can read, and no argument with the address; the file goes with it',
  async () => {
    const folder = tempFolder()
    const programs = join(folder, 'bin')
    mkdirSync(programs)
    const seen = join(folder, 'arguments')
    for (const name of ['xdg-open', 'open']) {
      const script = `#!/bin/sh\nprintf '%s\\n' "$0" "$@" > '${seen}.part'\n/bin/mv '${seen}.part' '${seen}'\n`
      writeFileSync(join(programs, name), script, { mode: 0o700 })
    }
    vi.stubEnv('PATH', programs)
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    const url = 'http://127.0.0.1:4711/open-made-up-token'
    showInBrowser(folder, url)
    await expect.poll(() => existsSync(seen), { timeout: 10_000 }).toBe(true)
    const file = join(folder, 'open.html')
    expect(readFileSync(seen, 'utf8').trim().split('\n').slice(1)).toEqual([file])
    expect(readFileSync(file, 'utf8')).toContain(url)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    // Waiting for the script moved this clock on by no more than ten seconds.
    vi.advanceTimersByTime(49_000)
    expect(existsSync(file)).toBe(true)
    vi.advanceTimersByTime(11_000)
    expect(existsSync(file)).toBe(false)
  },
)
