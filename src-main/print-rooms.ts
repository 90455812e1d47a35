import type { Foundations } from './foundations.ts'
import { printEffect } from './printing/effect.ts'
import { createReceiptLook } from './printing/look.ts'
import { createPrinterMonitor } from './printing/monitor.ts'
import { printLane, registerPrintLanes } from './printing/queue.ts'
import { createDrawLine } from './printing/scripts/draw-line.ts'
import { createPrinting, type PrintingDeps } from './printing/service.ts'
import { createPrintStore } from './printing/store.ts'

type RoomsAround = Omit<PrintingDeps, 'store' | 'monitor' | 'look' | 'practicePrinter' | 'draw'>

/** Printing: its rows, what is known of the devices, and how a job goes out. */
export function createPrintRooms({ base, settings, practice }: Foundations, rooms: RoomsAround) {
  const { outbox, events } = base
  const store = createPrintStore(base)
  const monitor = createPrinterMonitor({
    ...base,
    printers: store.printers,
    mended: (printerId) => outbox.nudge(printLane(printerId)),
  })
  const printing = createPrinting({
    ...rooms,
    store,
    monitor,
    look: createReceiptLook({ ...base, settings }),
    draw: createDrawLine(),
    practicePrinter: practice?.printerAddress ?? null,
  })
  const { receipts } = rooms
  events.on('sale.recorded', (tx, id) => printing.saleRecorded(tx, receipts.get(id)))
  events.on('sale.tendered', printing.saleGrown)
  events.on('sale.fiscalised', printing.saleGrown)
  events.on('sale.cashTaken', printing.cashTaken)
  outbox.register(printEffect(store, monitor, printing.redo))
  registerPrintLanes(outbox)
  return { monitor, printing }
}
