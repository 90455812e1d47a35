import { problems } from '../../src-preload/contract/errors.ts'
import type { Status } from '../../src-preload/contract/live.ts'
import type { Sentence } from '../../src-preload/contract/paging.ts'
import { keychainFaults } from '../credentials/vault.ts'
import type { Damage } from '../database/damage.ts'
import type { DatabaseWarning, StartedDatabase } from '../database/start.ts'
import type { Outbox } from '../outbox/service.ts'
import type { Clock, Vault } from '../ports.ts'
import { createClockWords } from './clock-words.ts'

export interface StatusDeps {
  readonly mode: 'practice' | 'live'
  readonly version: string
  readonly dataFolder: string
  readonly vault: Vault
  readonly outbox: Outbox
  /** Knows whether the program before this one ended in order. */
  readonly database: Pick<StartedDatabase, 'uncleanEnd' | 'warnings'>
  readonly damage: Pick<Damage, 'warning'>
  readonly clock: Clock
  /** The run before met a fault, and this one took its place. */
  readonly tookOver: boolean
  /** What else a manager must see: wrong PINs that were tried, events that were set aside. */
  readonly warnings: () => readonly Sentence[]
  /** Accounts that stand still until a person puts them right. */
  readonly stops: () => Status['stops']
}

const warnings: Readonly<Record<DatabaseWarning, Sentence>> = {
  damaged: {
    en: 'The data file is damaged. Close Kaunta and start it with --restore; the damaged file is kept.',
    sw: 'Faili la data limeharibika. Funga Kaunta na uianze na --restore; faili lililoharibika linahifadhiwa.',
  },
  snapshotFailed: {
    en: 'The safety copy could not be made. Kaunta tries again by itself; if this stays, call the manager.',
    sw: 'Nakala ya usalama haikufanyika. Kaunta itajaribu tena yenyewe; ikiendelea, mwite meneja.',
  },
  diskLow: {
    en: 'This computer’s disk is nearly full. Delete what is not needed before it stops the till.',
    sw: 'Diski ya kompyuta hii inakaribia kujaa. Futa visivyohitajika kabla haijasimamisha kaunta.',
  },
  diskFull: problemSentence('DISK_FULL'),
  busy: problemSentence('DATABASE_BUSY'),
}

const tookOver: Sentence = {
  en: 'Kaunta met a fault and started itself again. Nothing that was accepted is lost. The log says what happened.',
  sw: 'Kaunta ilipata hitilafu na imejiwasha tena. Hakuna kilichokubaliwa kilichopotea. Kumbukumbu ya programu inasema kilichotokea.',
}

function problemSentence(code: 'DISK_FULL' | 'DATABASE_BUSY'): Sentence {
  return { en: problems[code].en, sw: problems[code].sw }
}

/** What a person is told of a keychain's fault; an unforeseen one says that it refused. */
function faultOf(detail: string | null): Sentence | null {
  if (detail === null) return null
  const known = Object.entries(keychainFaults).find(([fault]) => fault === detail)
  return known?.[1] ?? keychainFaults.failed
}

/** What the status line says. Connectivity is what the providers' calls show, not what the network card says. */
export function createStatus(deps: StatusDeps) {
  let online = true
  let recovered: Status['recovered'] = null
  let money = (): Status['money'] => {
    throw new Error('no room has said what money is not certain')
  }
  const clockWords = createClockWords(deps.clock)
  return {
    clockWasSet: clockWords.wasSet,
    clockCompared: clockWords.compared,
    /** Told once, by the rooms of money: how to count what is not certain. */
    countMoney(count: () => Status['money']): void {
      money = count
    },
    /** @returns true when this call changed the picture */
    online(left: boolean): boolean {
      if (online === left) return false
      online = left
      return true
    },
    recovered({ waiting, unknown }: { readonly waiting: number; readonly unknown: number }): void {
      if (waiting + unknown > 0)
        recovered = { at: deps.clock.now(), waiting, unknown, uncleanEnd: deps.database.uncleanEnd }
    },
    read: (): Status => ({
      mode: deps.mode,
      version: deps.version,
      dataFolder: deps.dataFolder,
      online,
      keychain: deps.vault.kind,
      keychainDetail: faultOf(deps.vault.detail),
      recovered,
      outbox: deps.outbox.summary(),
      stops: deps.stops(),
      money: money(),
      warnings: [
        ...(deps.tookOver ? [tookOver] : []),
        ...deps.database.warnings().map((what) => warnings[what]),
        ...[deps.damage.warning()].filter((told) => told !== null),
        ...clockWords.warnings(),
        ...deps.warnings(),
      ],
    }),
  }
}
