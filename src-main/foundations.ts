import { join } from 'node:path'
import { accountStops } from './accounts/lanes.ts'
import { createDamage } from './database/damage.ts'
import type { Connection } from './database/open.ts'
import { type StartedDatabase, startDatabase } from './database/start.ts'
import { createHttpClient } from './http/client.ts'
import { createFeed } from './live/feed.ts'
import { sendNotices } from './live/notices.ts'
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
  readonly haste: number
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

interface BaseDeps {
  readonly random: Ports['random']
  readonly onFault: (what: string, error: unknown) => void
  readonly touched: () => void
}

/** What every room is made over. */
function createBase(database: StartedDatabase, { random, onFault, touched }: BaseDeps) {
  const damage = createDamage({ random, onFault, changed: touched })
  const feed = createFeed({ onFault, damage })
  return { database, numbers: database.numbers, damage, feed, random, onFault }
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
  const { clock, random, vault, version } = ports
  const { practice, haste, log, tookOver } = options
  const onFault = (what: string, error: unknown) => log.error(what, { error })
  const mode = practice === null ? 'live' : 'practice'
  const dataFolder = join(ports.dataFolder, mode)
  const clockRelay = createClockRelay()
  const database = startDatabase({
    folder: dataFolder,
    name: 'kaunta.db',
    clock,
    worker: options.databaseWorker,
    restore: options.restore,
    onFault,
    onWarning: () => touched(),
    onClockSet(byMs) {
      status.clockWasSet(byMs)
      live.touched()
      clockRelay.wasSet(byMs)
    },
    ...(options.engine === undefined ? {} : { engine: options.engine }),
  })
  const touched = () => live.touched()
  const files = { ...createBase(database, { random, onFault, touched }), clock, haste }
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
  const { actor, nameOf } = staff
  const base = { ...files, outbox: createOutbox({ ...files, actor, nameOf, onChange: touched }) }
  const status = createStatus({
    ...base,
    mode,
    version,
    dataFolder,
    vault,
    tookOver,
    staff: staff.warnings,
    stops: () => accountStops(base.outbox),
  })
  const live = createLive({ feed: base.feed, clock, status: status.read })
  sendNotices(base.feed, (notice) => ports.notify(notice))
  return {
    base,
    settings,
    shop,
    staff,
    status,
    live,
    vault,
    practice,
    http: createHttpClient(),
    whenClockSet: clockRelay.whenSet,
  }
}
