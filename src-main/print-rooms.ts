import type { Foundations } from './foundations.ts'
import { later } from './later.ts'
import { printEffect } from './printing/effect.ts'
import { createReceiptLook } from './printing/look.ts'
import { createPrinterMonitor } from './printing/monitor.ts'
import { printLane } from './printing/queue.ts'
import { createDrawLine } from './printing/scripts/draw-line.ts'
import { createPrinting, type Printing, type PrintingDeps } from './printing/service.ts'
import { createPrintStore } from './printing/store.ts'

type RoomsAround = Omit<PrintingDeps, 'store' | 'monitor' | 'look' | 'practicePrinter' | 'draw'>

/** Printing in two steps: the outbox wants its kind of effect before printing can have the outbox. */
export function createPrintRooms({ base, settings, practice }: Foundations) {
  const printing = later<Printing>('printing')
  const store = createPrintStore(base)
  const monitor = createPrinterMonitor({
    ...base,
    printers: store.printers,
    mended: (printerId) => base.outbox().nudge(printLane(printerId)),
  })
  return {
    monitor,
    kind: printEffect(store, monitor, (tx, jobId) => printing.get().redo(tx, jobId)),
    get: printing.get,
    open(rooms: RoomsAround): Printing {
      const look = createReceiptLook({ ...base, settings })
      const made = createPrinting({
        ...rooms,
        store,
        monitor,
        look,
        draw: createDrawLine(),
        practicePrinter: practice?.printerAddress ?? null,
      })
      printing.set(made)
      return made
    },
  }
}
