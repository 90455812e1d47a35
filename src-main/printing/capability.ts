import type { Accounts } from '../accounts/service.ts'
import type { Customers } from '../customers/service.ts'
import type { Host } from '../host.ts'
import type { Receipts } from '../receipts/service.ts'
import { printEffect } from './effect.ts'
import { createReceiptLook } from './look.ts'
import { createPrinterMonitor } from './monitor.ts'
import { printNotifications } from './notifications.ts'
import { printingProcedures } from './procedures.ts'
import { printLane, registerPrintLanes } from './queue.ts'
import { createDrawLine } from './scripts/draw-line.ts'
import { createPrinting, type Printing } from './service.ts'
import { createPrintStore } from './store.ts'

export interface PrintingNeeds {
  readonly accounts: Accounts
  readonly customers: Customers
  readonly receipts: Receipts
}

/** Printers and their papers; a sale's recording and its money put papers into the queue in the same commit. */
export function joinPrinting(host: Host, needs: PrintingNeeds): Printing {
  const { outbox, events, practice } = host
  const store = createPrintStore(host)
  const monitor = createPrinterMonitor({
    ...host,
    printers: store.printers,
    recovered: (printerId) => outbox.nudge(printLane(printerId)),
  })
  const printing = createPrinting({
    ...host,
    ...needs,
    store,
    monitor,
    look: createReceiptLook(host),
    draw: createDrawLine(),
    practicePrinter: practice?.printerAddress ?? null,
  })
  const { receipts } = needs
  events.on('sale.recorded', (tx, id) => printing.saleRecorded(tx, receipts.get(id)))
  events.on('sale.tendered', printing.saleChanged)
  events.on('sale.fiscalised', printing.saleChanged)
  events.on('sale.cashTaken', printing.cashTaken)
  host.notifications.of(printNotifications)
  outbox.register(printEffect(store, monitor, printing.redo))
  registerPrintLanes(outbox)
  host.procedures(printingProcedures(printing))
  host.onStart(monitor.start)
  host.onStop(monitor.stop)
  return printing
}
