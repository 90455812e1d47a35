import { groundProblems } from '../../src-preload/contract/ground-problems.ts'
import { type Figures, type Status, statusSchema, type Topic } from '../../src-preload/contract/live.ts'
import type { Sentence } from '../../src-preload/contract/paging.ts'
import { keychainFaults } from '../credentials/vault.ts'
import type { Damage } from '../database/damage.ts'
import type { DatabaseWarning, StartedDatabase } from '../database/start.ts'
import type { Clock, Vault } from '../ports.ts'
import { createClockWords } from './clock-words.ts'

export interface StatusDeps {
  readonly mode: 'practice' | 'live'
  readonly version: string
  readonly dataFolder: string
  readonly vault: Vault
  /** Knows whether the program before this one ended in order. */
  readonly database: Pick<StartedDatabase, 'uncleanEnd' | 'warnings'>
  readonly damage: Pick<Damage, 'warning'>
  readonly clock: Clock
  /** The run before met a fault, and this one took its place. */
  readonly tookOver: boolean
  /** What else a manager must see: wrong PINs that were tried, events that were set aside. */
  readonly warnings: () => readonly Sentence[]
}

/** How each figure of the status line is counted, at this moment. */
export type Counts = { readonly [Name in keyof Figures]: () => Figures[Name] }

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
  return { en: groundProblems[code].en, sw: groundProblems[code].sw }
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
  const counts = new Map<string, () => unknown>()
  const moving = new Set<Topic>()
  const clockWords = createClockWords(deps.clock)
  return {
    clockWasSet: clockWords.wasSet,
    clockCompared: clockWords.compared,
    /**
     * Each capability says once how its figures are counted.
     * @param movedBy topics whose changes may move them, beside the outbox
     */
    counts(own: Partial<Counts>, movedBy: readonly Topic[] = []): void {
      for (const [name, count] of Object.entries(own)) {
        if (counts.has(name)) throw new Error(`two rooms count ${name}`)
        counts.set(name, count)
      }
      for (const topic of movedBy) moving.add(topic)
    },
    movedBy: (topic: Topic): boolean => moving.has(topic),
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
    /** @throws ZodError where a figure is nobody's */
    read: (): Status =>
      statusSchema.parse({
        mode: deps.mode,
        version: deps.version,
        dataFolder: deps.dataFolder,
        online,
        keychain: deps.vault.kind,
        keychainDetail: faultOf(deps.vault.detail),
        recovered,
        warnings: [
          ...(deps.tookOver ? [tookOver] : []),
          ...deps.database.warnings().map((what) => warnings[what]),
          ...[deps.damage.warning()].filter((told) => told !== null),
          ...clockWords.warnings(),
          ...deps.warnings(),
        ],
        ...Object.fromEntries([...counts].map(([name, count]) => [name, count()])),
      }),
  }
}
