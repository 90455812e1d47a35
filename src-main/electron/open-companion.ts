import { join } from 'node:path'
import type { Sentence } from '../../src-preload/contract/paging.ts'
import { type Companion, createCompanion } from '../companion.ts'
import { memoryVault, openVault } from '../credentials/vault.ts'
import { createLog, type Log } from '../logging/log.ts'
import type { StartedPractice } from '../practice/start.ts'
import { registry } from '../providers/registry.ts'
import { listenForCallbacks } from '../server/callbacks.ts'
import { systemClock, systemRandomness } from '../system-ports.ts'

/** `practice`: the simulated world; `live`: the shop's own accounts. Each has a database of its own. */
export type Mode = 'practice' | 'live'

/** What the shell knows of the machine and the companion needs. */
export interface DesktopHost {
  /** Absolute path of the folder of everything this user's Kaunta keeps. */
  readonly folder: string
  readonly version: string
  readonly mode: Mode
  notify(notice: Sentence): void
}

export interface OpenOptions {
  /** The built database worker. */
  readonly databaseWorker: URL
  /** Put the newest good snapshot in place of a damaged file. */
  readonly restore: boolean
  /** The run before met a fault, and this one took its place. */
  readonly tookOver: boolean
}

/** Where a relay or tunnel finds the callback listener of a live Kaunta; the browser door's default too. */
const liveCallbackPort = 47_810

/**
 * Opens everything that stands behind the window; `close` of what is returned closes all of it.
 * @throws KauntaError as `createCompanion`; what was opened until then is closed again
 */
export async function openCompanion(
  host: DesktopHost,
  { databaseWorker, restore, tookOver }: OpenOptions,
): Promise<Companion> {
  const opened: (() => Promise<void>)[] = []
  const close = async () => {
    for (let end = opened.pop(); end !== undefined; end = opened.pop()) await end()
  }
  try {
    const clock = systemClock()
    const random = systemRandomness()
    const log = createLog({ folder: join(host.folder, 'logs'), level: 'info', clock })
    opened.push(() => log.close())
    const practice = host.mode === 'practice' ? await startWorld({ clock, random, timeScale: 1 }) : null
    if (practice !== null) opened.push(() => practice.close())
    const vault = practice === null ? await openVault({ service: 'kaunta' }) : memoryVault('practice', null)
    const companion = await createCompanion(
      { dataFolder: host.folder, version: host.version, clock, random, vault, notify: host.notify },
      {
        practice,
        timeScale: 1,
        databaseWorker,
        restore,
        tookOver,
        log,
        declarations: registry.map((entry) => entry.declaration),
      },
    )
    opened.push(() => companion.close())
    opened.push(await receiveCallbacks(companion, practice, log))
    return { ...companion, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Live mode never loads a simulator. */
async function startWorld(
  deps: Parameters<typeof import('../practice/start.ts').startPractice>[0],
): Promise<StartedPractice> {
  const { startPractice } = await import('../practice/start.ts')
  return startPractice(deps)
}

/** Answers how to stop listening. Without callbacks a live Kaunta still learns everything by asking, only later. */
async function receiveCallbacks(
  companion: Companion,
  practice: StartedPractice | null,
  log: Log,
): Promise<() => Promise<void>> {
  if (practice !== null) {
    const callbacks = await listenForCallbacks(companion, 0)
    practice.callbacksAt(callbacks.url, (provider) => companion.accounts.callbackPath(provider))
    return () => callbacks.close()
  }
  try {
    const callbacks = await listenForCallbacks(companion, liveCallbackPort)
    return () => callbacks.close()
  } catch (error) {
    log.warn('callbacks cannot be received', { port: liveCallbackPort, error })
    return async () => {}
  }
}
