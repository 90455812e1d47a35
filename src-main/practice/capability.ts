import type { Host } from '../host.ts'
import type { Printing } from '../printing/service.ts'
import { practiceProcedures } from './procedures.ts'
import { createPracticeRoom } from './service.ts'

/** The practice side of the screen; a live shop has none, and its procedures refuse. */
export function joinPractice(host: Host, printing: Printing): void {
  const started = host.practice?.room ?? null
  const profile = () => printing.receiptPrinter()?.profile ?? null
  const deps = { feed: host.feed, profile, recovered: () => host.outbox.nudge() }
  const room = started === null ? null : createPracticeRoom(started.world, started.printer, deps)
  host.procedures({ practice: practiceProcedures(room) })
}
