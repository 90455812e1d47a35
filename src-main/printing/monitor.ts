import type { ConnectionKind } from '../../src-preload/contract/printer-models.ts'
import type { Printer, PrinterStatus } from '../../src-preload/contract/printing.ts'
import type { ReasonCode } from '../../src-preload/contract/reasons.ts'
import type { Feed } from '../live/feed.ts'
import type { Clock, Stop } from '../ports.ts'
import { createDeviceLock } from './device-lock.ts'
import type { PrintOutcome, ReportedStatus } from './transports/port.ts'
import { checkPrinter, printTo } from './transports/print.ts'

/** Every use of a printer goes through here: one at a time, and what it says of itself is kept for the screens. */
export interface PrinterMonitor {
  /** @param deadlineAt epoch ms of the wall clock; what has not begun by then does not go out */
  print(printer: Printer, bytes: Uint8Array, signal: AbortSignal, deadlineAt?: number): Promise<PrintOutcome>
  /** Asks a printer how it is, without printing. */
  check(printer: Printer): Promise<PrinterStatus>
  statuses(): PrinterStatus[]
  /** Forgets a printer that was removed or changed. */
  forget(printerId: string): void
  /** Asks every printer from time to time, so that an empty roll is seen before the sale is closed. */
  start(): void
  stop(): void
}

export interface MonitorDeps {
  readonly clock: Clock
  readonly feed: Feed
  readonly printers: () => readonly Printer[]
  readonly onFault: (what: string, error: unknown) => void
  /** A printer that could not print can again: what waits may go. */
  readonly recovered: (printerId: string) => void
}

/** Milliseconds between two rounds of questions. */
const roundMs = 15_000
/** The same while a drawer stands open: whoever looks wants to know when it is shut. */
const drawerMs = 3_000

const isOpen = ({ drawerOpen }: PrinterStatus) => drawerOpen === true

function isDrawerOpen(printer: Printer, { drawerPinHigh }: ReportedStatus): boolean | null {
  if (!printer.drawer || printer.drawerOpenHigh === null || drawerPinHigh === null) return null
  return drawerPinHigh === printer.drawerOpenHigh
}

/**
 * Connections that are opened without anybody's notice. Bluetooth printers beep at each connection, serial ones may be
 * reset by it, and a queue knows nothing: those are asked before each job and when a person wants to know.
 */
const unheard: ReadonlySet<ConnectionKind> = new Set(['network', 'device', 'usb'])

function differs(a: ReportedStatus | undefined, b: ReportedStatus): boolean {
  return (
    a === undefined ||
    a.reachable !== b.reachable ||
    a.reports !== b.reports ||
    a.reason !== b.reason ||
    a.paperLow !== b.paperLow ||
    a.drawerPinHigh !== b.drawerPinHigh
  )
}

/** Reasons that a printer which cannot be reached does not tell itself. */
const unreachable: ReadonlySet<ReasonCode> = new Set(['printerOffline', 'printerForbidden'])

/** Reasons of ours for not sending, which say nothing of the printer. */
const ours: ReadonlySet<ReasonCode> = new Set(['cancelledHere', 'deadlinePassed'])

/** How a printer is that told nothing, as far as a job shows it. */
function shown(reason: ReasonCode | null): ReportedStatus {
  const reachable = reason === null || !unreachable.has(reason)
  return { reachable, reports: false, reason, paperLow: false, drawerPinHigh: null }
}

/** What a job shows of a printer that told nothing during it; undefined where it shows nothing. */
function shownBy(outcome: PrintOutcome, sentBytes: number): ReasonCode | null | undefined {
  if (outcome.kind === 'notStarted') return ours.has(outcome.reason) ? undefined : outcome.reason
  if (outcome.kind === 'printed') return null
  return outcome.bytesAccepted === sentBytes && outcome.takenBack !== true ? null : undefined
}

export function createPrinterMonitor(deps: MonitorDeps): PrinterMonitor {
  const { clock, feed } = deps
  const lock = createDeviceLock()
  const known = new Map<string, PrinterStatus>()
  /** How often a printer was forgotten: what was asked of it before that is about another. */
  const ages = new Map<string, number>()
  let stop: Stop | null = null
  let asking: AbortController | null = null
  feed.shows({
    printerStatus(printerId) {
      const printerStatus = known.get(printerId)
      return printerStatus === undefined ? null : { topic: 'printerStatus', printerStatus }
    },
  })

  /** Takes up what is heard of a printer from now on, until it is forgotten. */
  const noter = (printer: Printer) => {
    const printerId = printer.id
    const age = ages.get(printerId)
    return (reported: ReportedStatus): PrinterStatus => {
      const drawerOpen = isDrawerOpen(printer, reported)
      const status = { ...reported, drawerOpen, printerId, at: clock.now() }
      if (ages.get(printerId) === age) note(printerId, status)
      return status
    }
  }

  const note = (printerId: string, status: PrinterStatus): void => {
    const before = known.get(printerId)
    known.set(printerId, status)
    if (status.drawerOpen === true && stop !== null) again(drawerMs)
    if (differs(before, status)) feed.tell('printerStatus', printerId)
    if (before !== undefined && before.reason !== null && status.reason === null) deps.recovered(printerId)
  }

  const check = (printer: Printer): Promise<PrinterStatus> => {
    const heard = noter(printer)
    return lock.exclusive(printer.connection, async () => heard(await checkPrinter(printer, { clock })))
  }

  const round = async (): Promise<void> => {
    // A printer at work speaks for itself, and must not be disturbed.
    const idle = deps
      .printers()
      .filter(({ connection }) => unheard.has(connection.kind) && !lock.busy(connection))
    asking = new AbortController()
    const { signal } = asking
    await Promise.all(
      idle.map((printer) => {
        const heard = noter(printer)
        return lock.exclusive(printer.connection, async () => {
          const reported = await checkPrinter(printer, { clock, signal })
          if (!signal.aborted) heard(reported)
        })
      }),
    )
  }

  const again = (afterMs: number): void => {
    stop?.()
    stop = clock.after(afterMs, () => {
      round()
        .catch((error: unknown) => deps.onFault('asking the printers failed', error))
        .finally(() => {
          if (stop !== null) again([...known.values()].some(isOpen) ? drawerMs : roundMs)
        })
    })
  }

  return {
    check,
    print(printer, bytes, signal, deadlineAt) {
      // A paper waits for no question that nobody asked.
      asking?.abort()
      const heard = noter(printer)
      return lock.exclusive(printer.connection, async () => {
        let told = false
        const onStatus = (status: ReportedStatus) => {
          told = true
          heard(status)
        }
        const outcome = await printTo(printer, bytes, { clock, signal, onStatus, deadlineAt })
        const reason = shownBy(outcome, bytes.length)
        const before = known.get(printer.id)?.reason ?? null
        // Nobody else asks the kinds that are not polled: what a job shows of them must not stand for ever.
        if (reason !== undefined && reason !== before && !(told && reason === null)) heard(shown(reason))
        return outcome
      })
    },
    statuses: () => [...known.values()],
    forget(printerId) {
      known.delete(printerId)
      ages.set(printerId, (ages.get(printerId) ?? 0) + 1)
    },
    start() {
      if (stop === null) again(roundMs)
    },
    stop() {
      stop?.()
      stop = null
      asking?.abort()
    },
  }
}
