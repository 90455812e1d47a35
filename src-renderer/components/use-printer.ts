import { skipToken, useQuery } from '@tanstack/react-query'
import type { Printer, PrinterStatus } from '../../src-preload/contract/printing.ts'
import { useKaunta } from '../kaunta.tsx'
import { whyNotPrinting } from './status-printer.ts'

export interface ReceiptPrinter {
  /** The printer of receipts; null where none is set up, undefined until main has said. */
  readonly printer: Printer | null | undefined
  /** How it last said it is; undefined before it was asked. */
  readonly status: PrinterStatus | undefined
  /** Name of the printer that takes over while this one cannot print; null where none can. */
  readonly standIn: string | null
}

/** How the printer of receipts is, kept fresh by the live stream; a printer that nobody asked yet is asked once. */
export function useReceiptPrinter(): ReceiptPrinter {
  const { queries } = useKaunta()
  const { data: printers } = useQuery(queries.printers.list.queryOptions())
  const { data: statuses } = useQuery(queries.printers.statuses.queryOptions())
  const printer = printers === undefined ? undefined : (printers.find(({ receipts }) => receipts) ?? null)
  const statusOf = (id: string) => statuses?.find(({ printerId }) => printerId === id)
  const told = printer == null ? undefined : statusOf(printer.id)
  const unasked = printer != null && statuses !== undefined && told === undefined
  const { data: asked } = useQuery(
    queries.printers.check.queryOptions({ input: unasked ? { id: printer.id } : skipToken }),
  )
  const other = printer == null ? undefined : printers?.find(({ id }) => id === printer.fallbackId)
  const able = other !== undefined && whyNotPrinting(statusOf(other.id)) === null
  return { printer, status: told ?? asked, standIn: able ? other.name : null }
}
