import type { Language } from '../../src-preload/contract/paging.ts'
import type { Printer } from '../../src-preload/contract/printing.ts'
import type { Transaction } from '../database/open.ts'
import type { Outbox } from '../outbox/service.ts'
import type { Randomness } from '../ports.ts'
import type { ReceiptDocument } from './documents/document.ts'
import { printKind } from './effect.ts'
import { encodeDocument } from './encoding/encode.ts'
import type { DrawLine } from './scripts/draw-line.ts'
import type { JobRow, PrintStore } from './store.ts'

/** A drawer that opens late opens for nobody: past this many milliseconds the pulse is dropped. */
const drawerLifeMs = 5_000

/** One lane per printer, so that papers keep their order. */
export function printLane(printerId: string): string {
  return `print:${printerId}`
}

/** Tells the outbox that a printer takes one paper at a time, in order. */
export function registerPrintLanes(outbox: Outbox): void {
  outbox.lanes('print', () => ({ perSecond: 20, burst: 5, concurrency: 1 }))
}

export type DocumentFor = (printer: Printer) => ReceiptDocument

/** A paper that is wanted. */
export interface PrintRequest {
  readonly printer: Printer
  readonly purpose: JobRow['purpose']
  readonly saleId: string | null
  readonly copyNumber: number
  /** Null where nobody chose it for a customer. */
  readonly language?: Language
  /** The paper for a printer of this kind: width and language differ between a printer and its fallback. */
  readonly documentFor: DocumentFor
  readonly title: string
  /** Chosen by the caller; else a fresh one. */
  readonly jobId?: string | undefined
}

export type PrintQueue = ReturnType<typeof createPrintQueue>

/** Puts papers in the outbox, with their bytes. */
export function createPrintQueue(deps: {
  readonly store: PrintStore
  readonly outbox: Outbox
  readonly random: Randomness
  readonly draw: DrawLine
}) {
  const { store, outbox, random } = deps

  const encode = (documentFor: DocumentFor, printer: Printer): Buffer =>
    Buffer.from(encodeDocument(documentFor(printer), { ...printer.profile, ...printer }, deps.draw))

  const enqueue = (
    tx: Transaction,
    job: Omit<Parameters<PrintStore['insert']>[1], 'effectId'>,
    title: string,
  ) => {
    const effectId = outbox.enqueue(tx, {
      lane: printLane(job.printerId),
      kind: printKind,
      subjectId: job.id,
      title,
      payload: { jobId: job.id },
      // Whoever took cash stands before the drawer; papers can wait for it.
      priority: job.purpose === 'drawer' ? 0 : 5,
      ...(job.purpose === 'drawer' ? { lifeMs: drawerLifeMs } : {}),
    })
    store.insert(tx, { ...job, effectId })
    return job.id
  }

  return {
    /** @returns the job's id. @throws UnprintableDocument */
    want(tx: Transaction, request: PrintRequest): string {
      const { printer, purpose, saleId, copyNumber, title, documentFor, language = null } = request
      // The drawer hangs on its own printer; nothing can stand in for it.
      const fallback =
        purpose === 'drawer' || purpose === 'test' || printer.fallbackId === null
          ? null
          : store.printer(printer.fallbackId)
      const job = {
        id: request.jobId ?? random.id(),
        printerId: printer.id,
        purpose,
        saleId,
        copyNumber,
        language,
        bytes: encode(documentFor, printer),
        fallbackId: fallback?.id ?? null,
        fallbackBytes: fallback === null ? null : encode(documentFor, fallback),
      }
      return enqueue(tx, job, title)
    },
    /**
     * Makes a paper anew that waits, for the printers as they are set now. @throws UnprintableDocument
     */
    renew(tx: Transaction, { id, printerId, fallbackId }: JobRow, documentFor: DocumentFor): void {
      const madeFor = (printer: string) => encode(documentFor, store.printer(printer))
      const fallbackBytes = fallbackId === null ? null : madeFor(fallbackId)
      store.renew(tx, id, { bytes: madeFor(printerId), fallbackBytes })
    },
    /** The same paper once more: what it says was true on its day. */
    again(
      tx: Transaction,
      { id: printerId, name }: Printer,
      { bytes, purpose, saleId, language, fallbackId, fallbackBytes }: JobRow,
      copyNumber: number,
    ): string {
      const job = {
        id: random.id(),
        printerId,
        purpose,
        saleId,
        copyNumber,
        language,
        bytes,
        fallbackId,
        fallbackBytes,
      }
      return enqueue(tx, job, name)
    },
  }
}
