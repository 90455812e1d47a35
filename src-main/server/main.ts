import { join } from 'node:path'
import { version } from '../../package.json'
import type { Scope } from '../../src-preload/contract/rights.ts'
import { type Companion, createCompanion } from '../companion.ts'
import { memoryVault, openVault } from '../credentials/vault.ts'
import { prepareFolder } from '../database/open.ts'
import { createLog } from '../logging/log.ts'
import type { Ports } from '../ports.ts'
import type { StartedPractice } from '../practice/start.ts'
import { KauntaError } from '../problem.ts'
import { registry } from '../providers/registry.ts'
import { systemClock, systemRandomness } from '../system-ports.ts'
import { readArguments, type ServerArguments } from './arguments.ts'
import { showInBrowser } from './browser.ts'
import { listenForCallbacks } from './callbacks.ts'
import { type Door, openDoor } from './door.ts'
import { endInOrder } from './ending.ts'
import { type HandOver, readHandOver } from './take-over.ts'

const drainMs = 5_000
/** The key that `--practice` prints, so that a POS can be tried at once; the one of the run before is revoked. */
const practiceKeyLabel = 'practice (this run)'
const practiceScopes: readonly Scope[] = ['sales', 'messages', 'payments', 'outbox']

/** The browser door: Kaunta on plain Node, its page and its REST API on one loopback port. */
async function main(): Promise<void> {
  const given = readArguments(process.argv.slice(2), process.env)
  const before = readHandOver(process.env)
  // A closed terminal is no fault.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  // Whatever is written from here on is this user's alone.
  process.umask(0o077)
  prepareFolder(given.dataFolder)
  const clock = systemClock()
  const random = systemRandomness()
  const log = createLog({ folder: join(given.dataFolder, 'logs'), level: 'info', clock })
  const practice = given.practice
    ? await practiceWorld(given, { clock, random, timeScale: given.timeScale })
    : null
  const ports: Ports = {
    dataFolder: given.dataFolder,
    version,
    clock,
    random,
    vault: given.practice ? memoryVault('practice', null) : await openVault({ service: 'kaunta' }),
    notify: () => {},
  }
  const companion = await createCompanion(ports, {
    practice,
    timeScale: given.timeScale,
    databaseWorker: new URL('./database-worker.js', import.meta.url),
    // What was restored must not be restored over again.
    restore: before === null && given.restore,
    tookOver: before !== null,
    log,
    declarations: registry.map((entry) => entry.declaration),
  })
  const opened = await openDoors(companion, practice, { clock, random }, { given, before })
  endInOrder({
    async close() {
      await opened.close()
      await companion.drain(drainMs)
      await companion.close()
      await practice?.close()
      await log.close()
    },
    log,
    clock,
    tookOver: before !== null,
    handOver: opened.handOver,
  })
  const { door } = opened
  // Whoever waited for the first line has read it, and the page finds the new run by itself.
  if (before === null) tell(given, door, practice, companion)
  if (process.stdin.isTTY)
    process.stdin.on('data', () => process.stdout.write(`Kaunta: ${door.newAddress()}\n`))
}

/** The two doors, at the ports and with the secrets of the run before, if this one takes its place. */
async function openDoors(
  companion: Companion,
  practice: StartedPractice | null,
  { clock, random }: Pick<Ports, 'clock' | 'random'>,
  { given, before }: { readonly given: ServerArguments; readonly before: HandOver | null },
) {
  const callbacks = await listenForCallbacks(companion, before?.callbackPort ?? given.callbackPort)
  practice?.callbacksAt(callbacks.url, (provider) => companion.accounts.callbackPath(provider))
  const page = join(import.meta.dirname, '../renderer')
  const secrets = before?.secrets ?? null
  const door = await openDoor(
    { companion, clock, random, version, page, secrets },
    before?.port ?? given.port,
  )
  return {
    door,
    handOver: (): HandOver => ({ port: door.port, callbackPort: callbacks.port, secrets: door.secrets }),
    async close() {
      await door.close()
      await callbacks.close()
    },
  }
}

async function practiceWorld(
  given: ServerArguments,
  deps: Parameters<typeof import('../practice/start.ts').startPractice>[0],
): Promise<StartedPractice> {
  if (given.world !== null) {
    const { readWorld } = await import('../practice/outside.ts')
    return readWorld(given.world)
  }
  const { startPractice } = await import('../practice/start.ts')
  return startPractice(deps)
}

function tell(
  given: ServerArguments,
  door: Door,
  practice: StartedPractice | null,
  companion: Companion,
): void {
  const url = door.newAddress()
  if (!given.open) {
    const apiKey = practice === null ? {} : { apiKey: practiceKey(companion, practice.apiKey) }
    const world =
      practice === null ? {} : { simulatorUrl: practice.simulatorUrl, printer: practice.printerAddress }
    process.stdout.write(`${JSON.stringify({ url, apiUrl: `${door.url}/api/v1`, ...apiKey, ...world })}\n`)
  } else {
    process.stdout.write(
      `Kaunta: ${url}\n(The address works once, for a minute. Press Enter for a new one, Ctrl+C to end.)\n`,
    )
    showInBrowser(given.dataFolder, url)
  }
}

function practiceKey({ settings }: Companion, held: string | null): string {
  if (held !== null) {
    settings.importApiKey(held, 'practice (kept)', practiceScopes)
    return held
  }
  for (const key of settings.apiKeys()) if (key.label === practiceKeyLabel) settings.revokeApiKey(key.id)
  return settings.createApiKey(practiceKeyLabel, practiceScopes).key
}

main().catch((error: unknown) => {
  // Both languages: nobody has chosen one yet.
  const words = error instanceof KauntaError ? error.sentence() : null
  process.stderr.write(
    words === null
      ? `${String(error instanceof Error ? error.stack : error)}\n`
      : `${words.en}\n${words.sw}\n`,
  )
  process.exit(1)
})
