import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { keychainFaults, memoryVault } from './vault.ts'

const vaultModule = fileURLToPath(new URL('./vault.ts', import.meta.url))
const canary = 'siri-ya-duka-7f3a'

/** Opens a vault in a process of its own, runs `steps` on it and prints what it saw as one JSON line. */
function program(steps: string, timeLimitMs = 20_000): string {
  return `
    const { openVault } = await import(${JSON.stringify(vaultModule)})
    const vault = await openVault({ service: 'kaunta-test', timeLimitMs: ${timeLimitMs} })
    const seen = { kind: vault.kind, detail: vault.detail, value: null, error: null }
    try { ${steps} } catch (error) { seen.error = error.name + ':' + error.fault }
    console.log(JSON.stringify(seen))
    process.exit(0)`
}

const seenSchema = z.object({
  kind: z.string(),
  detail: z.string().nullable(),
  value: z.string().nullable(),
  error: z.string().nullable(),
})

/** A home of its own: nothing of the machine's real keychain is seen or changed. */
interface Home {
  readonly folder: string
  readonly env: NodeJS.ProcessEnv
}

function newHome(): Home {
  const folder = mkdtempSync(join(tmpdir(), 'kaunta-keychain-'))
  const env = {
    PATH: process.env.PATH,
    LANG: 'C.UTF-8',
    HOME: folder,
    XDG_DATA_HOME: join(folder, 'data'),
    XDG_CONFIG_HOME: join(folder, 'config'),
    XDG_CACHE_HOME: join(folder, 'cache'),
    XDG_RUNTIME_DIR: folder,
  }
  return { folder, env }
}

const bus = 'dbus-send --print-reply=literal --dest=org.freedesktop.DBus / org.freedesktop.DBus'
const waitForService = `until ${bus}.GetNameOwner string:org.freedesktop.secrets; do sleep 0.02; done`
const servicePid = `${bus}.GetConnectionUnixProcessID string:org.freedesktop.secrets | awk '{print $2}'`
const lockAll = [
  '--print-reply',
  '--dest=org.freedesktop.secrets',
  '/org/freedesktop/secrets',
  'org.freedesktop.Secret.Service.Lock',
  'array:objpath:/org/freedesktop/secrets/collection/login',
]

/** Runs a program under a private D-Bus after `prepare` (a shell line) has put the keychain in the wanted state. */
function onBus(home: Home, prepare: string, source: string, after = 'true'): z.infer<typeof seenSchema> {
  const shell = `
    { ${prepare}; ${waitForService}; } >/dev/null 2>&1
    "$NODE" --input-type=module --eval "$PROGRAM"
    ${after}`
  const run = spawnSync('dbus-run-session', ['--', 'bash', '-c', shell], {
    env: { ...home.env, NODE: process.execPath, PROGRAM: source },
    encoding: 'utf8',
    timeout: 25_000,
  })
  return lastLine(run.stdout, run.stderr)
}

function lastLine(stdout: string, stderr: string): z.infer<typeof seenSchema> {
  const line = stdout.trim().split('\n').at(-1) ?? ''
  if (!line.startsWith('{')) throw new Error(`The child answered nothing: ${stderr}`)
  return seenSchema.parse(JSON.parse(line))
}

const unlock = (password: string) =>
  `printf %s '${password}' | gnome-keyring-daemon --unlock --components=secrets`
const startLocked = 'gnome-keyring-daemon --start --components=secrets'

function installed(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined
}
const missing = ['gnome-keyring-daemon', 'dbus-run-session'].filter((name) => !installed(name))
const onCi = process.env.CI === 'true'

describe('the keychain', () => {
  if (missing.length > 0 && onCi) {
    it('can be tested at all', () => {
      expect.unreachable(`Not installed: ${missing.join(', ')}. apt-get install gnome-keyring dbus`)
    })
  }

  describe.skipIf(missing.length > 0)(
    `against gnome-keyring${missing.map((name) => `, ${name} is not installed`).join('')}`,
    () => {
      let home = newHome()
      beforeAll(() => {
        rmSync(home.folder, { recursive: true, force: true })
        home = newHome()
        onBus(home, unlock('test-pass'), program(`await vault.write('daraja.passkey', '${canary}')`))
      })
      afterAll(() => rmSync(home.folder, { recursive: true, force: true }))

      it('keeps a secret over a restart of the keychain, and forgets it when told', () => {
        const read = program(`seen.value = await vault.read('daraja.passkey')`)
        expect(onBus(home, unlock('test-pass'), read)).toEqual({
          kind: 'system',
          detail: null,
          value: canary,
          error: null,
        })
        const remove =
          program(`await vault.write('gone', 'x'); await vault.remove('gone'); await vault.remove('gone')
        seen.value = await vault.read('gone')`)
        expect(onBus(home, unlock('test-pass'), remove)).toEqual({
          kind: 'system',
          detail: null,
          value: null,
          error: null,
        })
      })

      it('writes the secret to the disk only encrypted', () => {
        const files = readdirSync(home.folder, { recursive: true, withFileTypes: true }).filter((f) =>
          f.isFile(),
        )
        const keyrings = files.filter((file) => file.name === 'login.keyring')
        expect(keyrings).toHaveLength(1)
        for (const file of files) {
          expect(readFileSync(join(file.parentPath, file.name)).includes(canary), file.name).toBe(false)
        }
      })

      it.each([
        ['locked', startLocked],
        ['opened with a wrong password', unlock('not-the-pass')],
      ])('%s: says so and keeps secrets in memory', (_name, prepare) => {
        const source = program(
          `const before = await vault.read('daraja.passkey'); await vault.write('a', 'b')
         seen.value = String(before) + '/' + await vault.read('a')`,
        )
        expect(onBus(home, prepare, source)).toEqual({
          kind: 'memory',
          detail: 'locked',
          value: 'null/b',
          error: null,
        })
      })

      it('without a keyring: says that none was set up, although reading alone would look well', () => {
        const fresh = newHome()
        try {
          const seen = onBus(fresh, startLocked, program(''))
          expect(seen).toEqual({ kind: 'memory', detail: 'notSetUp', value: null, error: null })
        } finally {
          rmSync(fresh.folder, { recursive: true, force: true })
        }
      })

      it('on a bus that knows no keychain service: says that none is there', () => {
        const config = join(home.folder, 'bus.conf')
        const policy =
          '<policy context="default"><allow send_destination="*"/><allow eavesdrop="true"/><allow own="*"/></policy>'
        writeFileSync(config, `<busconfig><listen>unix:tmpdir=/tmp</listen>${policy}</busconfig>`)
        const args = [
          `--config-file=${config}`,
          '--',
          process.execPath,
          '--input-type=module',
          '--eval',
          program(''),
        ]
        const run = spawnSync('dbus-run-session', args, { env: home.env, encoding: 'utf8', timeout: 25_000 })
        expect(lastLine(run.stdout, run.stderr)).toMatchObject({ kind: 'memory', detail: 'absent' })
      })

      it('that is locked while Kaunta runs: throws a KeychainError instead of answering "not set"', () => {
        const source = program(
          `const { execFileSync } = await import('node:child_process')
         execFileSync('dbus-send', ${JSON.stringify(lockAll)}, { stdio: 'ignore' })
         seen.value = await vault.read('daraja.passkey')`,
        )
        expect(onBus(home, unlock('test-pass'), source)).toEqual({
          kind: 'system',
          detail: null,
          value: null,
          error: 'KeychainError:locked',
        })
      })

      it('that hangs before Kaunta starts: is given up', () => {
        const hang = `${unlock('test-pass')}; ${waitForService}; kill -STOP $(${servicePid})`
        const seen = onBus(home, hang, program(''), `kill -CONT $(${servicePid})`)
        expect(seen).toEqual({ kind: 'memory', detail: 'unanswered', value: null, error: null })
      })

      it('that hangs while Kaunta runs: is given up after the time limit', () => {
        const source = program(
          `const { execFileSync } = await import('node:child_process')
         await vault.read('daraja.passkey')
         execFileSync('bash', ['-c', ${JSON.stringify(`kill -STOP $(${servicePid})`)}])
         seen.value = await vault.read('daraja.passkey')`,
          // For the answer before it too, which a busy machine gives late.
          2_000,
        )
        const seen = onBus(home, unlock('test-pass'), source, `kill -CONT $(${servicePid})`)
        expect(seen).toEqual({ kind: 'system', detail: null, value: null, error: 'KeychainError:unanswered' })
      })
    },
  )

  it('absent: says so and keeps secrets in memory', () => {
    const home = newHome()
    const run = spawnSync(process.execPath, ['--input-type=module', '--eval', program('')], {
      env: home.env,
      encoding: 'utf8',
    })
    rmSync(home.folder, { recursive: true, force: true })
    expect(lastLine(run.stdout, run.stderr)).toEqual({
      kind: 'memory',
      detail: 'absent',
      value: null,
      error: null,
    })
  })
})

describe('a vault in memory', () => {
  it('starts with what it is given and forgets what is removed', async () => {
    const vault = memoryVault('practice', null, { 'daraja.passkey': 'made up' })
    expect(vault.kind).toBe('practice')
    expect(await vault.read('daraja.passkey')).toBe('made up')
    await vault.remove('daraja.passkey')
    expect(await vault.read('daraja.passkey')).toBeNull()
  })

  it('shares nothing with another', async () => {
    const one = memoryVault('memory', 'absent')
    await one.write('a', '1')
    expect(await memoryVault('memory', 'absent').read('a')).toBeNull()
  })
})

it('every fault has its sentence in both languages', () => {
  for (const sentence of Object.values(keychainFaults)) {
    expect(sentence.en.length).toBeGreaterThan(10)
    expect(sentence.sw.length).toBeGreaterThan(10)
  }
})
