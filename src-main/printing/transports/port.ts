import type { Connection, PrinterProfile } from '../../../src-preload/contract/printer-models.ts'
import type { PrinterStatus } from '../../../src-preload/contract/printing.ts'
import type { ReasonCode } from '../../../src-preload/contract/reasons.ts'
import type { Clock } from '../../ports.ts'

/** Where a printer is and how it is spoken to. */
export interface Target {
  readonly connection: Connection
  readonly profile: PrinterProfile
}

/**
 * printed: the printer itself said that everything was printed · notStarted: no byte of the job left this machine,
 * it may be sent again · unknown: some or all of it was handed over, and only a look at the paper can tell.
 */
export type PrintOutcome =
  | { readonly kind: 'printed' }
  | { readonly kind: 'notStarted'; readonly reason: ReasonCode; readonly detail: string }
  | {
      readonly kind: 'unknown'
      readonly detail: string
      readonly bytesAccepted: number
      /** A queue of the system gave it back: it has not gone out, as far as that can be known. */
      readonly takenBack?: true
    }

/** How a printer says it is. */
export type ReportedStatus = Omit<PrinterStatus, 'printerId' | 'at' | 'drawerOpen'>

export interface TransportOptions {
  readonly clock: Clock
  /** Milliseconds; default 1,500, for a serial port 10,000. */
  readonly connectTimeoutMs?: number
  /** Milliseconds for one real-time answer; default 300. A printer that gives none is printed on all the same. */
  readonly statusTimeoutMs?: number
  /** Milliseconds without any progress before giving up, on top of the time the paper needs; default 3,000. */
  readonly idleTimeoutMs?: number
  /** Milliseconds to wait for a person while the printer says paper out, cover open or offline; default 20,000. */
  readonly offlineWaitMs?: number
  /**
   * Epoch ms of the wall clock from which on the job is worth nothing (a drawer's pulse): it is not begun any more, a queue
   * gives it back, and its proof is waited for a moment only.
   */
  readonly deadlineAt?: number | undefined
  readonly signal?: AbortSignal
  /** Told whenever the printer says how it is, also by itself in the middle of a job (automatic status). */
  readonly onStatus?: (status: ReportedStatus) => void
}

/** "Not started" once the job's deadline has passed, else null. */
export function tooLate({ clock, deadlineAt }: TransportOptions): PrintOutcome | null {
  if (deadlineAt === undefined || clock.now() < deadlineAt) return null
  return { kind: 'notStarted', reason: 'deadlinePassed', detail: 'the printer was not free in time' }
}

/** Milliseconds to wait for a person at the printer, or for a queue to pass the job on. */
export function patienceMs({ clock, deadlineAt, offlineWaitMs = 20_000 }: TransportOptions): number {
  return deadlineAt === undefined
    ? offlineWaitMs
    : Math.max(0, Math.min(offlineWaitMs, deadlineAt - clock.now()))
}
