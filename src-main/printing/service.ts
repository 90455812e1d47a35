import { networkInterfaces } from 'node:os'
import type { Language } from '../../src-preload/contract/paging.ts'
import type { Paper } from '../../src-preload/contract/printer-models.ts'
import type {
  Printer,
  PrinterInput,
  PrinterStatus,
  PrintJob,
  ReceiptFile,
} from '../../src-preload/contract/printing.ts'
import type { ReceiptLayout } from '../../src-preload/contract/receipt-layout.ts'
import type { Sale } from '../../src-preload/contract/receipts.ts'
import type { Shop } from '../../src-preload/contract/settings.ts'
import type { Customers } from '../customers/service.ts'
import type { Database, Transaction } from '../database/open.ts'
import type { Feed } from '../live/feed.ts'
import type { Outbox } from '../outbox/service.ts'
import type { Clock, Randomness } from '../ports.ts'
import { KauntaError } from '../problem.ts'
import type { Receipts } from '../receipts/service.ts'
import { findPrinters, localSubnets } from './discovery/find.ts'
import type { FindInput, Found } from './discovery/port.ts'
import type { ReceiptDocument } from './documents/document.ts'
import { printerModels } from './encoding/models.ts'
import type { ReceiptLook } from './look.ts'
import type { PrinterMonitor } from './monitor.ts'
import { createPapers } from './papers.ts'
import { createPrintQueue, printLane } from './queue.ts'
import { type FileFormat, type Preview, previewPaper, receiptFile } from './receipt-file.ts'
import type { DrawLine } from './scripts/draw-line.ts'
import type { PrintStore } from './store.ts'

export type { Block, ReceiptDocument } from './documents/document.ts'

export interface Printing {
  printers(): Printer[]
  /** The printer of receipts, or null before one is set up. */
  receiptPrinter(): Printer | null
  /** @throws KauntaError PRINTER_NOT_FOUND, PRINTER_FALLBACK_ITSELF */
  savePrinter(id: string | undefined, input: PrinterInput): Printer
  /** What waited for it is cancelled; papers it printed keep naming it. */
  removePrinter(id: string): void
  /** Practice: points the shop's printer at this run's address, keeping how it is set. */
  seedPrinter(address: { readonly host: string; readonly port: number }): void
  subnets(): { subnet: string; port: number; label: string }[]
  find(input: FindInput, signal: AbortSignal | undefined): Promise<Found>
  check(id: string): Promise<PrinterStatus>
  statuses(): PrinterStatus[]
  /** The receipt of a sale; a second paper of it is a copy and says so. */
  printReceipt(saleId: string, language: Language | undefined): PrintJob
  /** @param jobId the id that the job is to have */
  printReceiptIn(tx: Transaction, saleId: string, language: Language | undefined, jobId?: string): string
  reprintLast(): PrintJob
  openDrawer(): PrintJob
  printTestPage(id: string): PrintJob
  /** A day's cash-up, in the caller's transaction. @throws KauntaError PRINTER_MISSING */
  printCashUp(tx: Transaction, title: string, document: ReceiptDocument): string
  /** A sale got its number: second printers get their lines. */
  saleRecorded(tx: Transaction, sale: Sale): void
  /** Money or fiscal numbers came for a recorded sale: papers of it that wait tell them. */
  saleChanged(tx: Transaction, saleId: string): void
  cashTaken(tx: Transaction, saleId: string): void
  job(id: string): PrintJob
  list(saleId: string | undefined): PrintJob[]
  /** A person's word: the paper came out, or it did not (then a copy is printed). */
  decide(id: string, printed: boolean): PrintJob
  /** Wants a job anew whose paper did not come, in this transaction. @throws KauntaError PRINTER_NOT_FOUND, PRINTER_MISSING */
  redo(tx: Transaction, jobId: string): void
  receiptFile(saleId: string, format: FileFormat, language: Language | undefined): Promise<ReceiptFile>
  preview(layout: ReceiptLayout, paper: Paper, language: Language): Preview
  readonly look: ReceiptLook
}

export interface PrintingDeps {
  readonly draw: DrawLine
  readonly database: Database
  readonly random: Randomness
  readonly clock: Clock
  readonly feed: Feed
  readonly store: PrintStore
  readonly monitor: PrinterMonitor
  readonly look: ReceiptLook
  readonly outbox: Outbox
  readonly receipts: Receipts
  readonly customers: Customers
  readonly shop: () => Shop
  /** Where the practice printer listens; null in live mode. */
  readonly practicePrinter: { readonly host: string; readonly port: number } | null
}

const rawPort = 9100

function firstPractice(address: { readonly host: string; readonly port: number }): PrinterInput {
  const model = printerModels.find(({ id }) => id === 'generic-80')
  if (model === undefined) throw new Error('the generic printer is missing')
  return {
    name: 'Printa ya kaunta',
    connection: { kind: 'network', ...address },
    model: model.id,
    profile: model.profile,
    receipts: true,
    drawer: true,
    drawerPin: 2,
    drawerOnCash: true,
    drawerOpenHigh: true,
    fallbackId: null,
    tickets: { lines: 'none', words: [] },
  }
}

export function createPrinting(deps: PrintingDeps): Printing {
  const { database, store, outbox, monitor, random, look, practicePrinter } = deps
  const queue = createPrintQueue(deps)
  const papers = createPapers({ ...deps, queue, practice: practicePrinter !== null })

  const ordered = (work: (tx: Transaction) => string): PrintJob => store.get(database.transact(work))
  const inUse = (id: string): Printer => {
    const found = store.printers().find((one) => one.id === id)
    if (found === undefined) throw new KauntaError('PRINTER_NOT_FOUND')
    return found
  }
  const receiptPrinter = () => store.printers().find((one) => one.receipts) ?? null

  const save = (id: string, input: PrinterInput): Printer => {
    if (input.fallbackId === id) throw new KauntaError('PRINTER_FALLBACK_ITSELF', { field: 'fallbackId' })
    if (input.fallbackId !== null) inUse(input.fallbackId)
    const before = store.printers().find((one) => one.id === id)?.profile
    database.transact((tx) => {
      store.savePrinter(tx, id, input)
      // Letters, width and language of what waits would be the old ones.
      if (before !== undefined && JSON.stringify(before) !== JSON.stringify(input.profile))
        papers.renew(tx, store.waiting({ printerId: id }))
      deps.feed.changed(tx, 'settings')
    })
    monitor.forget(id)
    outbox.nudge(printLane(id))
    return store.printer(id)
  }

  return {
    look,
    receiptPrinter,
    printers: store.printers,
    statuses: monitor.statuses,
    job: store.get,
    list: store.list,
    savePrinter(id, input) {
      if (id !== undefined) inUse(id)
      // The first printer of a till prints its receipts.
      const receipts = input.receipts || store.printers().every((one) => one.id === id)
      return save(id ?? random.id(), { ...input, receipts })
    },
    removePrinter(id) {
      inUse(id)
      // One that is being tried this moment ends by itself: its printer is gone.
      for (const job of store.waiting({ printerId: id })) {
        if (job.printerId === id) outbox.cancel(job.effectId)
      }
      database.transact((tx) => {
        store.removePrinter(tx, id)
        deps.feed.changed(tx, 'settings')
      })
      monitor.forget(id)
    },
    seedPrinter(address) {
      const known = receiptPrinter()
      if (known === null) {
        save(random.id(), firstPractice(address))
        return
      }
      const { id, ...input } = known
      save(id, { ...input, connection: { kind: 'network', ...address } })
    },
    subnets: () =>
      practicePrinter === null
        ? localSubnets(networkInterfaces()).map((one) => ({ ...one, port: rawPort }))
        : [{ subnet: `${practicePrinter.host}/32`, port: practicePrinter.port, label: 'practice' }],
    find: (input, signal) =>
      findPrinters(input, {
        clock: deps.clock,
        models: printerModels,
        signal,
        ownSubnets: localSubnets(networkInterfaces()).map(({ subnet }) => subnet),
        practice: practicePrinter,
      }),
    check: (id) => monitor.check(inUse(id)),
    printReceipt: (saleId, language) => ordered((tx) => papers.receipt(tx, saleId, language)),
    printReceiptIn: papers.receipt,
    reprintLast() {
      const saleId = store.lastSale()
      if (saleId === null) throw new KauntaError('NOTHING_TO_REPRINT')
      return ordered((tx) => papers.receipt(tx, saleId, undefined))
    },
    openDrawer: () => ordered(papers.drawer),
    printTestPage: (id) => ordered((tx) => papers.test(tx, inUse(id))),
    printCashUp: papers.cashUp,
    saleRecorded: papers.tickets,
    saleChanged: (tx, saleId) => papers.renew(tx, store.waiting({ saleId })),
    cashTaken: papers.drawerForCash,
    decide(id, printed) {
      outbox.decide(store.job(id).effectId, printed)
      return printed ? store.get(id) : store.newest()
    },
    redo(tx, jobId) {
      const job = store.job(jobId)
      const { saleId, purpose } = job
      if (saleId !== null && (purpose === 'receipt' || purpose === 'copy'))
        papers.receipt(tx, saleId, undefined)
      else papers.again(tx, job, inUse(job.printerId))
    },
    receiptFile(saleId, format, wanted) {
      const sale = database.transact((tx) => deps.receipts.recordIn(tx, saleId))
      const profile = receiptPrinter()?.profile ?? null
      const language = papers.languageOf(sale, wanted)
      const document = papers.receiptOf(sale, profile?.paper ?? '80', language, 0)
      return receiptFile(sale, format, language, document, profile, deps.draw)
    },
    preview: (layout, paper, language) =>
      previewPaper({
        shop: deps.shop(),
        layout,
        paper,
        language,
        logo: look.logo(),
        profile: receiptPrinter()?.profile ?? null,
        practice: practicePrinter !== null,
        draw: deps.draw,
      }),
  }
}
