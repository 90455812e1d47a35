import type { Sentence } from '../src-preload/contract/paging.ts'

/** Ends a timer or a subscription; calling it twice does nothing. */
export type Stop = () => void

/** Time as the host gives it. Wall time is for people and records, monotonic time for leases and time-outs. */
export interface Clock {
  /** UTC, epoch ms. */
  now(): number
  /** Milliseconds since some start; never goes back. */
  monotonic(): number
  /** Calls once after `ms` milliseconds; does not keep the process alive. */
  after(ms: number, run: () => void): Stop
}

/** The clock of the machine that the program runs on. */
export interface HostClock extends Clock {
  /** Milliseconds since some start, the machine's sleep included; nobody can set it. */
  elapsed(): number
}

export interface Randomness {
  /** A UUID, version 7, so that rows made together lie together. */
  id(): string
  /** 0 ≤ x < 1, for jitter. */
  fraction(): number
  /** Unpredictable text in base64url of `bytes` random bytes. */
  secret(bytes: number): string
}

/** Where provider credentials live. Every method may throw `KeychainError`. */
export interface Vault {
  /** `system`: the OS keychain · `memory`: none was reachable, kept for this run only · `practice`: made-up secrets. */
  readonly kind: 'system' | 'memory' | 'practice'
  /** Why it is not the system's, for a person. */
  readonly detail: string | null
  read(name: string): Promise<string | null>
  write(name: string, secret: string): Promise<void>
  remove(name: string): Promise<void>
}

/** What a host (Electron, plain Node, a test) must supply to `createCompanion`. */
export interface Ports {
  /** Absolute path of the folder that holds everything Kaunta keeps. */
  readonly dataFolder: string
  readonly version: string
  readonly clock: HostClock
  readonly random: Randomness
  readonly vault: Vault
  /** Shows a notice outside the window; a host without one ignores it. */
  notify(notice: Sentence): void
}
