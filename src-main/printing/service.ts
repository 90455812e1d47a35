import type { z } from 'zod'
import type { Language } from '../../src-preload/contract/paging.ts'
import type { Printer, PrintJob, printerInputSchema } from '../../src-preload/contract/printing.ts'
import type { ReasonCode } from '../../src-preload/contract/reasons.ts'
import type { Shop } from '../../src-preload/contract/settings.ts'
import type { Customers } from '../customers/service.ts'
import type { Database, Transaction } from '../database/open.ts'
import type { Hub } from '../live/hub.ts'
import type { Outbox } from '../outbox/service.ts'
import type { Clock, Randomness } from '../ports.ts'
import { KauntaError } from '../problem.ts'
import type { Receipts } from '../receipts/service.ts'
import { drawerDocument, type ReceiptDocument } from './document.ts'
import { printKind } from './effect.ts'
import { encodeDocument } from './encode.ts'
import { receiptDocument } from './receipt-document.ts'
import type { JobRow, PrintStore } from './store.ts'
import { testPage } from './test-page.ts'
import { checkPrinter } from './transport.ts'

export type { Block, ReceiptDocument } from './document.ts'

export interface Printing {
  printer(): Printer | null
  savePrinter(input: z.infer<typeof printerInputSchema>): Printer
  /** Practice: points the shop's printer at this run's address, keeping how it is set. */
  seedPrinter(address: { readonly host: string; readonly port: number }): void
  check(): Promise<{ reachable: boolean; reason: ReasonCode | null }>
  /** The receipt of a sale; a second paper of it is a copy and says so. */
  printReceipt(saleId: string, language: Language | undefined): PrintJob
  reprintLast(): PrintJob
  openDrawer(): PrintJob
  printTestPage(): PrintJob
  /** A day's cash-up, in the caller's transaction. @throws KauntaError PRINTER_MISSING */
  printCashUp(tx: Transaction, title: string, document: ReceiptDocument): string
  job(id: string): PrintJob
  list(saleId: string | undefined): PrintJob[]
  /** A person's word: the paper came out, or it did not (then a copy is printed). */
  decide(id: string, printed: boolean): PrintJob
  /** Wants a job anew, after a person said that its paper did not come. */
  redo(tx: Transaction, jobId: string): void
}

export interface PrintingDeps {
  readonly database: Database
  readonly random: Randomness
  readonly clock: Clock
  readonly hub: Hub
  readonly store: PrintStore
  readonly outbox: Outbox
  readonly receipts: Receipts
  readonly customers: Customers
  readonly shop: () => Shop
  /** Papers of practice mode say so. */
  readonly practice: boolean
}

const practicePrinter = { name: '80 mm', paper: '80', drawer: true, drawerPin: 2, cutter: true } as const

/** A drawer that opens late opens for nobody: past this many milliseconds the pulse is dropped. */
const drawerLifeMs = 5_000

export function printLane(printerId: string): string {
  return `print:${printerId}`
}

export function createPrinting(deps: PrintingDeps): Printing {
  const { database, store, outbox, receipts, customers, random } = deps

  const mustPrinter = (): Printer => {
    const printer = store.thePrinter()
    if (printer === null) throw new KauntaError('PRINTER_MISSING')
    return printer
  }

  interface Wish {
    readonly printer: Printer
    readonly purpose: JobRow['purpose']
    readonly saleId: string | null
    readonly copyNumber: number
    readonly document: ReceiptDocument
    readonly title: string
    readonly lifeMs?: number
  }

  const enqueue = (
    tx: Transaction,
    printer: Printer,
    jobId: string,
    title: string,
    lifeMs: number | undefined,
  ): number =>
    outbox.enqueue(tx, {
      lane: printLane(printer.id),
      kind: printKind,
      subjectId: jobId,
      title,
      payload: { jobId },
      priority: 5,
      ...(lifeMs === undefined ? {} : { lifeMs }),
    })

  const want = (tx: Transaction, { printer, document, title, lifeMs, ...job }: Wish): string => {
    const id = random.id()
    const effectId = enqueue(tx, printer, id, title, lifeMs)
    store.insert(tx, {
      id,
      printerId: printer.id,
      effectId,
      bytes: Buffer.from(encodeDocument(document, printer)),
      ...job,
    })
    return id
  }

  const paper = (tx: Transaction, saleId: string, wanted: Language | undefined): string => {
    const printer = mustPrinter()
    const sale = receipts.recordIn(tx, saleId)
    const copyNumber = store.papersOf(saleId)
    const shop = deps.shop()
    const known = sale.customer.phone === null ? null : customers.byPhone(sale.customer.phone)
    const language = wanted ?? known?.language ?? shop.language
    return want(tx, {
      printer,
      purpose: copyNumber === 0 ? 'receipt' : 'copy',
      saleId,
      copyNumber,
      title: `${printer.name} · ${String(sale.number).padStart(6, '0')}`,
      document: receiptDocument({
        shop,
        sale,
        language,
        copyNumber,
        practice: deps.practice,
        till: shop.till,
        cashier: sale.staffName ?? '',
      }),
    })
  }

  const other = (tx: Transaction, purpose: 'drawer' | 'test'): string => {
    const printer = mustPrinter()
    const shop = deps.shop()
    const base = { printer, purpose, saleId: null, copyNumber: 0, title: printer.name }
    if (purpose === 'drawer') return want(tx, { ...base, document: drawerDocument(), lifeMs: drawerLifeMs })
    const { language, name: shopName } = shop
    return want(tx, {
      ...base,
      document: testPage({ shopName, paper: printer.paper, language, practice: deps.practice }),
    })
  }

  /** The same paper once more: what it says was true on its day. */
  const again = (tx: Transaction, { bytes, purpose }: JobRow): void => {
    const printer = mustPrinter()
    const id = random.id()
    const effectId = enqueue(tx, printer, id, printer.name, undefined)
    store.insert(tx, { id, printerId: printer.id, effectId, bytes, purpose, saleId: null, copyNumber: 0 })
  }

  return {
    printer: () => store.thePrinter(),
    job: (id) => store.get(id),
    list: (saleId) => store.list(saleId),
    savePrinter(input) {
      const id = store.thePrinter()?.id ?? random.id()
      database.transact((tx) => {
        store.savePrinter(tx, id, input)
        tx.afterCommit(() => deps.hub.publish({ topic: 'settings' }))
      })
      outbox.nudge(printLane(id))
      return store.printer(id)
    },
    seedPrinter(address) {
      const known = store.thePrinter()
      const { id, ...values } = known ?? { id: random.id(), ...practicePrinter }
      database.transact((tx) => store.savePrinter(tx, id, { ...values, ...address }))
    },
    check() {
      const { host, port } = mustPrinter()
      return checkPrinter({ host, port }, { clock: deps.clock })
    },
    printReceipt: (saleId, language) => store.get(database.transact((tx) => paper(tx, saleId, language))),
    reprintLast() {
      const saleId = store.lastSale()
      if (saleId === null) throw new KauntaError('NOTHING_TO_REPRINT')
      return store.get(database.transact((tx) => paper(tx, saleId, undefined)))
    },
    openDrawer: () => store.get(database.transact((tx) => other(tx, 'drawer'))),
    printTestPage: () => store.get(database.transact((tx) => other(tx, 'test'))),
    printCashUp: (tx, title, document) =>
      want(tx, {
        printer: mustPrinter(),
        purpose: 'cashUp',
        saleId: null,
        copyNumber: 0,
        document,
        title,
      }),
    decide(id, printed) {
      outbox.decide(store.job(id).effectId, printed)
      return printed ? store.get(id) : store.newest()
    },
    redo(tx, jobId) {
      const job = store.job(jobId)
      const { saleId, purpose } = job
      if (purpose === 'cashUp') again(tx, job)
      else if (saleId !== null) paper(tx, saleId, undefined)
      else other(tx, purpose === 'drawer' ? 'drawer' : 'test')
    },
  }
}
