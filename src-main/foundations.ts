import { join } from 'node:path'
import { createActors } from './actor.ts'
import { createDamage } from './database/damage.ts'
import type { Connection } from './database/open.ts'
import { startDatabase } from './database/start.ts'
import { createConsumers } from './events/consumers.ts'
import { createEvents } from './events/events.ts'
import { createJournal, expectOlderFile } from './events/journal.ts'
import { createHttpClient } from './http/client.ts'
import { createFeed } from './live/feed.ts'
import { createNotifications } from './live/notifications.ts'
import { createLive } from './live/service.ts'
import { createStatus } from './live/status.ts'
import type { Log } from './logging/log.ts'
import { createOutbox } from './outbox/service.ts'
import type { Ports } from './ports.ts'
import type { StartedPractice } from './practice/start.ts'
import type { ProviderDeclaration } from './providers/provider.ts'
import { liveShop, practicePeople, practiceShop } from './settings/defaults.ts'
import { createSettings } from './settings/service.ts'
import { createStaff } from './staff/service.ts'

export interface CompanionOptions {
  /** The simulated world to practise in; null is live. */
  readonly practice: StartedPractice | null
  /** Divides the providers' waits: more than 1 only where the world is simulated. */
  readonly timeScale: number
  /** The built database worker; null makes copies on the calling thread. */
  readonly databaseWorker: URL | null
  /** Put the newest good snapshot in place of a damaged file. */
  readonly restore: boolean
  /** The run before met a fault, and this one took its place. */
  readonly tookOver: boolean
  readonly log: Log
  /** Where a test lets the disk fail. */
  readonly engine?: (connection: Connection) => Connection
  /** Tests only, given by a door and never by an account: live accounts may talk to a stand-in on this machine. */
  readonly standIns?: boolean
  /** The providers there are: the registry's, or a test's own. */
  readonly declarations: readonly ProviderDeclaration[]
}

interface Heard {
  /** The warnings of file or journal became others. */
  readonly onWarning: () => void
  readonly onClockSet: (byMs: number) => void
}

/** Level 1: the file and what happens in it; every room is made over these. */
function openFile(ports: Ports, options: CompanionOptions, folder: string, { onWarning, onClockSet }: Heard) {
  const { clock, random } = ports
  const { timeScale, log } = options
  const onFault = (what: string, error: unknown) => log.error(what, { error })
  const events = createEvents()
  const actors = createActors()
  const database = startDatabase({
    folder,
    name: 'kaunta.db',
    clock,
    worker: options.databaseWorker,
    restore: options.restore,
    onRestore: expectOlderFile,
    onFault,
    onWarning,
    onClockSet,
    actor: actors.current,
    emit: events.emit,
    ...(options.engine === undefined ? {} : { engine: options.engine }),
  })
  const { numbers } = database
  const damage = createDamage({ random, onFault, changed: onWarning })
  const feed = createFeed({ onFault, damage })
  const journal = createJournal({ database, random, numbers })
  events.writtenBy(journal.append)
  const { asSystem } = actors
  const made = {
    database,
    numbers,
    clock,
    random,
    timeScale,
    onFault,
    damage,
    feed,
    events,
    journal,
    actors,
    asSystem,
  }
  return { ...made, consumers: createConsumers({ ...made, onWarning }) }
}

/** Who wants to know of a set clock is made after the database that notices it. */
function createClockRelay() {
  let heard: (byMs: number) => void = () => {}
  return {
    wasSet: (byMs: number) => heard(byMs),
    /** Called when the wall clock was set by so many ms, before anything is written with the new time. */
    whenSet(run: (byMs: number) => void): void {
      heard = run
    },
  }
}

export type Foundations = ReturnType<typeof createFoundations>

/** Levels 0 to 2, and who is at the counter: file, screens' news, settings, outbox, status. */
export function createFoundations(ports: Ports, options: CompanionOptions) {
  const { clock, vault, version } = ports
  const { practice, log, tookOver } = options
  const mode = practice === null ? 'live' : 'practice'
  const dataFolder = join(ports.dataFolder, mode)
  const clockRelay = createClockRelay()
  const touched = () => live.touched()
  const files = openFile(ports, options, dataFolder, {
    onWarning: touched,
    onClockSet(byMs) {
      status.clockWasSet(byMs)
      live.touched()
      clockRelay.wasSet(byMs)
    },
  })
  const { consumers } = files
  const settings = createSettings({ ...files, defaults: practice === null ? liveShop : practiceShop })
  const shop = () => settings.shop()
  const staff = createStaff({
    ...files,
    log,
    vault,
    shop,
    onWarning: touched,
    practice: practice === null ? [] : practicePeople,
  })
  const base = { ...files, outbox: createOutbox({ ...files, nameOf: staff.nameOf, onChange: touched }) }
  const status = createStatus({
    ...base,
    mode,
    version,
    dataFolder,
    vault,
    tookOver,
    warnings: () => [...staff.warnings(), ...[consumers.warning()].filter((told) => told !== null)],
  })
  const live = createLive({ feed: base.feed, clock, status })
  const notifications = createNotifications(consumers, (sentence) => ports.notify(sentence))
  const http = createHttpClient()
  return {
    ...base,
    settings,
    shop,
    staff,
    nameOf: staff.nameOf,
    status,
    live,
    notifications,
    vault,
    practice,
    http,
    whenClockSet: clockRelay.whenSet,
    close() {
      live.stop()
      base.journal.stop()
      return http.close().then(() => base.database.close())
    },
  }
}
