import type { ConnectionKind } from '../../src-preload/contract/printer-models.ts'
import type { Printer, PrinterStatus } from '../../src-preload/contract/printing.ts'
import type { ReasonCode } from '../../src-preload/contract/reasons.ts'
import type { Hub } from '../live/hub.ts'
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
  readonly hub: Hub
  readonly printers: () => readonly Printer[]
  readonly onFault: (what: string, error: unknown) => void
  /** A printer that could not print can again: what waits may go. */
  readonly mended: (printerId: string) => void
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

function silentBecause(reason: ReasonCode): ReportedStatus {
  return { reachable: false, reports: false, reason, paperLow: false, drawerPinHigh: null }
}

export function createPrinterMonitor(deps: MonitorDeps): PrinterMonitor {
  const { clock, hub } = deps
  const lock = createDeviceLock()
  const known = new Map<string, PrinterStatus>()
  let stop: Stop | null = null
  let asking: AbortController | null = null

  const note = (printer: Printer, reported: ReportedStatus): PrinterStatus => {
    const printerId = printer.id
    const before = known.get(printerId)
    const drawerOpen = isDrawerOpen(printer, reported)
    const status = { ...reported, drawerOpen, printerId, at: clock.now() }
    known.set(printerId, status)
    if (drawerOpen === true && stop !== null) again(drawerMs)
    if (differs(before, status)) hub.publish({ topic: 'printerStatus', printerStatus: status })
    if (before !== undefined && before.reason !== null && status.reason === null) deps.mended(printerId)
    return status
  }

  const check = (printer: Printer): Promise<PrinterStatus> =>
    lock.exclusive(printer.connection, async () => note(printer, await checkPrinter(printer, { clock })))

  const round = async (): Promise<void> => {
    // A printer at work speaks for itself, and must not be disturbed.
    const idle = deps
      .printers()
      .filter(({ connection }) => unheard.has(connection.kind) && !lock.busy(connection))
    asking = new AbortController()
    const { signal } = asking
    await Promise.all(
      idle.map((printer) =>
        lock.exclusive(printer.connection, async () => {
          const reported = await checkPrinter(printer, { clock, signal })
          if (!signal.aborted) note(printer, reported)
        }),
      ),
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
      return lock.exclusive(printer.connection, async () => {
        const onStatus = (status: ReportedStatus) => void note(printer, status)
        const outcome = await printTo(printer, bytes, { clock, signal, onStatus, deadlineAt })
        if (outcome.kind === 'notStarted' && unreachable.has(outcome.reason)) {
          if (known.get(printer.id)?.reason !== outcome.reason) onStatus(silentBecause(outcome.reason))
        }
        return outcome
      })
    },
    statuses: () => [...known.values()],
    forget: (printerId) => void known.delete(printerId),
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
