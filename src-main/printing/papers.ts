import type { Language } from '../../src-preload/contract/paging.ts'
import type { Paper } from '../../src-preload/contract/printer-models.ts'
import type { Printer, TicketRule } from '../../src-preload/contract/printing.ts'
import type { Sale, SaleLine } from '../../src-preload/contract/receipts.ts'
import { formatSaleNumber } from '../../src-preload/contract/sale-number.ts'
import type { Shop } from '../../src-preload/contract/settings.ts'
import type { Customers } from '../customers/service.ts'
import type { Transaction } from '../database/open.ts'
import type { Outbox } from '../outbox/service.ts'
import { KauntaError } from '../problem.ts'
import type { Receipts } from '../receipts/service.ts'
import { drawerDocument, type ReceiptDocument } from './documents/document.ts'
import { receiptDocument } from './documents/receipt-document.ts'
import { testPage } from './documents/test-page.ts'
import { ticketDocument } from './documents/ticket-document.ts'
import type { ReceiptLook } from './look.ts'
import type { DocumentFor, PrintQueue } from './queue.ts'
import type { JobRow, PrintStore } from './store.ts'

export interface PapersDeps {
  readonly store: PrintStore
  readonly queue: PrintQueue
  readonly outbox: Pick<Outbox, 'supersede'>
  readonly look: ReceiptLook
  readonly receipts: Receipts
  readonly customers: Customers
  readonly shop: () => Shop
  /** Papers of practice mode say so. */
  readonly practice: boolean
}

export type Papers = ReturnType<typeof createPapers>

function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}

/** The lines of a sale that a printer's rule asks for. */
export function linesFor({ lines: which, words }: TicketRule, lines: readonly SaleLine[]): SaleLine[] {
  if (which === 'none') return []
  if (which === 'all') return [...lines]
  return lines.filter(({ name }) => words.some((word) => plain(name).includes(plain(word))))
}

/** What can be wanted on paper, each put in the queue within the caller's transaction. */
export function createPapers(deps: PapersDeps) {
  const { store, queue, outbox, look, receipts, customers, practice } = deps

  /** @throws KauntaError PRINTER_MISSING */
  const receiptPrinter = (): Printer => {
    const printer = store.printers().find((one) => one.receipts)
    if (printer === undefined) throw new KauntaError('PRINTER_MISSING')
    return printer
  }

  const languageOf = (sale: Sale, wanted: Language | undefined): Language => {
    const { phone } = sale.customer
    const known = phone === null ? null : customers.byPhone(phone)
    return wanted ?? known?.language ?? deps.shop().language
  }

  const numbered = (printer: Printer, sale: Sale) => `${printer.name} · ${formatSaleNumber(sale)}`

  const receiptOf = (sale: Sale, paper: Paper, language: Language, copyNumber: number): ReceiptDocument => {
    return receiptDocument({
      shop: deps.shop(),
      sale,
      language,
      copyNumber,
      practice,
      layout: look.layout(),
      logo: look.logo(),
      paper,
    })
  }

  const ticketOf = (sale: Sale, printer: Printer, copyNumber: number): ReceiptDocument | null => {
    const { name: printerName, tickets } = printer
    const shop = deps.shop()
    const lines = linesFor(tickets, sale.lines)
    if (lines.length === 0) return null
    const { language } = shop
    return ticketDocument({ shop, sale, lines, printerName, language, copyNumber, practice })
  }

  const testOf =
    (): DocumentFor =>
    ({ profile }) => {
      const { name: shopName, language } = deps.shop()
      return testPage({ shopName, profile, language, practice })
    }

  /** What a paper that waits would say today; null where nothing here can tell. */
  const today = ({ purpose, saleId, language, copyNumber, printerId }: JobRow): DocumentFor | null => {
    if (purpose === 'drawer') return drawerDocument
    if (purpose === 'test') return testOf()
    if (saleId === null) return null
    const sale = receipts.get(saleId)
    if (purpose === 'ticket') {
      const ticket = ticketOf(sale, store.printer(printerId), copyNumber)
      return ticket === null ? null : () => ticket
    }
    return ({ profile }) =>
      receiptOf(sale, profile.paper, language ?? languageOf(sale, undefined), copyNumber)
  }

  /** The receipt of a sale; a second paper of it is a copy and says so. */
  const receipt = (tx: Transaction, saleId: string, wanted: Language | undefined, jobId?: string): string => {
    const printer = receiptPrinter()
    const sale = receipts.recordIn(tx, saleId)
    // What never went out was no paper: the next one takes its place, and its name.
    for (const effectId of store.unsentReceipts(saleId)) outbox.supersede(tx, effectId)
    const copyNumber = store.nextReceipt(saleId)
    // A copy speaks as its original did.
    const language = languageOf(sale, wanted ?? store.languageOf(saleId) ?? undefined)
    return queue.want(tx, {
      printer,
      purpose: copyNumber === 0 ? 'receipt' : 'copy',
      saleId,
      copyNumber,
      language,
      jobId,
      title: numbered(printer, sale),
      documentFor: ({ profile }) => receiptOf(sale, profile.paper, language, copyNumber),
    })
  }

  /** @returns the job's id, or null where the printer's rule asks for none of the lines */
  const ticket = (tx: Transaction, sale: Sale, printer: Printer): string | null => {
    const copyNumber = store.nextTicket(sale.id, printer.id)
    const document = ticketOf(sale, printer, copyNumber)
    if (document === null) return null
    return queue.want(tx, {
      printer,
      purpose: 'ticket',
      saleId: sale.id,
      copyNumber,
      title: numbered(printer, sale),
      documentFor: () => document,
    })
  }

  const drawer = (tx: Transaction, printer: Printer, saleId: string | null): string =>
    queue.want(tx, {
      printer,
      purpose: 'drawer',
      saleId,
      copyNumber: 0,
      documentFor: drawerDocument,
      title: printer.name,
    })

  return {
    languageOf,
    receiptOf,
    receipt,
    /** @throws KauntaError PRINTER_MISSING, DRAWER_MISSING */
    drawer(tx: Transaction): string {
      const printer = receiptPrinter()
      if (!printer.drawer) throw new KauntaError('DRAWER_MISSING', { printer: printer.name })
      return drawer(tx, printer, null)
    },
    /** Cash was taken: the drawer opens where the shop wants that. */
    drawerForCash(tx: Transaction, saleId: string): void {
      const printer = store.printers().find((one) => one.receipts)
      if (printer?.drawer === true && printer.drawerOnCash) drawer(tx, printer, saleId)
    },
    /** A sale was recorded: second printers get the lines their rule names. */
    tickets(tx: Transaction, sale: Sale): void {
      for (const printer of store.printers()) ticket(tx, sale, printer)
    },
    /** What is no receipt and did not come, once more. */
    again(tx: Transaction, job: JobRow, printer: Printer): void {
      const { saleId, purpose } = job
      const made = purpose === 'ticket' && saleId !== null ? ticket(tx, receipts.get(saleId), printer) : null
      // The rule may name none of the lines any more, and the kitchen still waits for them.
      if (made === null)
        queue.again(tx, printer, job, saleId === null ? 0 : store.nextTicket(saleId, printer.id))
    },
    /** More is known, or a printer is set anew, while papers wait: they come out as they would be made now. */
    renew(tx: Transaction, jobs: readonly JobRow[]): void {
      for (const job of jobs) {
        const documentFor = today(job)
        if (documentFor !== null) queue.renew(tx, job, documentFor)
      }
    },
    test(tx: Transaction, printer: Printer): string {
      return queue.want(tx, {
        printer,
        purpose: 'test',
        saleId: null,
        copyNumber: 0,
        title: printer.name,
        documentFor: testOf(),
      })
    },
    cashUp: (tx: Transaction, title: string, document: ReceiptDocument): string =>
      queue.want(tx, {
        printer: receiptPrinter(),
        purpose: 'cashUp',
        saleId: null,
        copyNumber: 0,
        documentFor: () => document,
        title,
      }),
  }
}
