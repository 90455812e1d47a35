import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { version } from '../../package.json'
import type { Scope } from '../../src-preload/contract/rights.ts'
import { type Companion, createCompanion } from '../companion.ts'
import { memoryVault, openVault } from '../credentials/vault.ts'
import { prepareFolder } from '../database/open.ts'
import { createLog, type OpenLog } from '../logging/log.ts'
import type { Ports } from '../ports.ts'
import type { StartedPractice } from '../practice/start.ts'
import { KauntaError } from '../problem.ts'
import { registry } from '../providers/registry.ts'
import { systemClock, systemRandomness } from '../system-ports.ts'
import { refuse } from './admission.ts'
import { readArguments, type ServerArguments } from './arguments.ts'
import { closeServer, listen, listenForCallbacks, portOf } from './callbacks.ts'
import { createServer } from './node-http.ts'
import { createPage, safeHeaders } from './page.ts'
import { createRest } from './rest.ts'
import { createSession } from './session.ts'
import { carryContract } from './websocket.ts'

const settleMs = 5_000
/** The key that `--practice` prints, so that a POS can be tried at once; the one of the run before is revoked. */
const practiceKeyLabel = 'practice (this run)'
const practiceScopes: readonly Scope[] = ['sales', 'messages', 'payments', 'outbox']

/** The browser door: Kaunta on plain Node, its page and its REST API on one loopback port. */
async function main(): Promise<void> {
  const given = readArguments(process.argv.slice(2), process.env)
  prepareFolder(given.dataFolder)
  const clock = systemClock()
  const random = systemRandomness()
  const log = createLog({ folder: join(given.dataFolder, 'logs'), level: 'info', clock })
  const practice = given.practice ? await practiceWorld(given, { clock, random, haste: given.haste }) : null
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
    haste: given.haste,
    databaseWorker: new URL('./database-worker.js', import.meta.url),
    restore: given.restore,
    log,
    declarations: registry.map((entry) => entry.declaration),
  })
  const callbacks = await listenForCallbacks(companion, given.callbackPort)
  practice?.callbacksAt(callbacks.url, (provider) => companion.accounts.callbackPath(provider))
  const door = await openDoor(companion, given.port, { clock, random })
  endInOrder(async () => {
    await door.close()
    await callbacks.close()
    await companion.settle(settleMs)
    await companion.close()
    await practice?.close()
    await log.close()
  }, log)
  tell(given, door, practice, companion)
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

interface Door {
  readonly url: string
  /** A fresh address that lets one browser in. */
  newAddress(): string
  close(): Promise<void>
}

async function openDoor(
  companion: Companion,
  port: number,
  { clock, random }: Pick<Ports, 'clock' | 'random'>,
): Promise<Door> {
  const server = createServer({ maxHeaderSize: 8192, headersTimeout: 10_000, requestTimeout: 30_000 })
  server.maxConnections = 64
  await listen(server, port)
  const url = `http://127.0.0.1:${portOf(server)}`
  const session = createSession(random)
  const page = createPage(join(import.meta.dirname, '../renderer'), url)
  const rest = createRest(companion, clock, version)
  server.on('request', (request, response) => {
    for (const [name, value] of Object.entries(safeHeaders)) response.setHeader(name, value)
    const refusal = refuse(request, url, false)
    const words = (status: number, text: string) =>
      response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(text)
    if (refusal !== null) words(refusal.status, refusal.words)
    else if (request.url?.startsWith('/api/') === true) void rest(request, response)
    else if (session.open(request, response)) return
    else if (!session.knows(request)) words(401, unknownBrowser)
    else if (!page(request, response)) words(404, 'There is nothing at this address.')
  })
  const contract = carryContract(server, companion, url, session)
  return {
    url,
    newAddress: () => url + session.newPath(),
    async close() {
      contract.close()
      await closeServer(server)
    },
  }
}

const unknownBrowser =
  'Kaunta does not know this browser. Open the address that Kaunta printed; it works once. Press Enter in its terminal for a new one.\n' +
  'Kaunta haikitambui kivinjari hiki. Fungua anwani iliyochapishwa na Kaunta; inafanya kazi mara moja. Bonyeza Enter kwenye terminali yake kupata mpya.\n'

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
      `Kaunta: ${url}\n(The address works once. Press Enter for a new one, Ctrl+C to end.)\n`,
    )
    showInBrowser(url)
  }
  if (process.stdin.isTTY)
    process.stdin.on('data', () => process.stdout.write(`Kaunta: ${door.newAddress()}\n`))
}

function practiceKey({ settings }: Companion, held: string | null): string {
  if (held !== null) {
    settings.keepApiKey(held, 'practice (kept)', practiceScopes)
    return held
  }
  for (const key of settings.apiKeys()) if (key.label === practiceKeyLabel) settings.revokeApiKey(key.id)
  return settings.createApiKey(practiceKeyLabel, practiceScopes).key
}

/** A machine without a browser is no fault: the address stands in the terminal. */
function showInBrowser(url: string): void {
  const [program, ...before] =
    process.platform === 'darwin'
      ? ['open']
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '']
        : ['xdg-open']
  const child = spawn(program ?? 'xdg-open', [...before, url], { stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
}

function endInOrder(close: () => Promise<void>, log: OpenLog): void {
  let ending = false
  const end = (code: number) => {
    if (ending) return
    ending = true
    // Timers hold no program open by themselves, and the doors are shut first: it would be gone before its last words.
    setInterval(() => {}, 1_000)
    close().then(
      () => process.exit(code),
      () => process.exit(1),
    )
  }
  process.on('SIGINT', () => end(0))
  process.on('SIGTERM', () => end(0))
  process.on('uncaughtException', (error) => {
    log.error('uncaught', { error })
    end(1)
  })
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
