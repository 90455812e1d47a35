import type { Status } from '../../src-preload/contract/live.ts'
import type { Sentence } from '../../src-preload/contract/paging.ts'
import { keychainFaults } from '../credentials/vault.ts'
import type { Outbox } from '../outbox/service.ts'
import type { Clock, Vault } from '../ports.ts'

export interface StatusDeps {
  readonly mode: 'practice' | 'live'
  readonly version: string
  readonly dataFolder: string
  readonly vault: Vault
  readonly outbox: () => Outbox
  /** Knows whether the program before this one ended in order. */
  readonly database: { readonly uncleanEnd: boolean }
  readonly clock: Clock
  /** Money that is not certain. */
  readonly money: () => Status['money']
}

const warnings = {
  damaged: {
    en: 'The data file is damaged. Close Kaunta and start it with --restore; the damaged file is kept.',
    sw: 'Faili la data limeharibika. Funga Kaunta na uianze na --restore; faili lililoharibika linahifadhiwa.',
  },
  snapshotFailed: {
    en: 'The safety copy could not be made. Is the disk full?',
    sw: 'Nakala ya usalama haikufanyika. Je, diski imejaa?',
  },
} as const

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
  const told = new Set<keyof typeof warnings>()
  return {
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
    warn(what: keyof typeof warnings): void {
      told.add(what)
    },
    read: (): Status => ({
      mode: deps.mode,
      version: deps.version,
      dataFolder: deps.dataFolder,
      online,
      keychain: deps.vault.kind,
      keychainDetail: faultOf(deps.vault.detail),
      recovered,
      outbox: deps.outbox().summary(),
      money: deps.money(),
      warnings: [...told].map((what) => warnings[what]),
    }),
  }
}
