import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Printer, PrinterInput, PrinterStatus } from '../../../../src-preload/contract/printing.ts'
import { useKaunta } from '../../../kaunta.tsx'

function hasStatus(statuses: readonly PrinterStatus[], id: string): boolean {
  return statuses.some(({ printerId }) => printerId === id)
}

/** The printers of this till, how they last said they are, and the models Kaunta knows; one that nobody asked yet is asked once. */
export function usePrinters() {
  const { queries } = useKaunta()
  const printers = useQuery(queries.printers.list.queryOptions())
  const statuses = useQuery(queries.printers.statuses.queryOptions())
  const models = useQuery(queries.printers.models.queryOptions())
  const told = statuses.data
  const unasked = told === undefined ? [] : (printers.data ?? []).filter(({ id }) => !hasStatus(told, id))
  const asked = useQueries({
    queries: unasked.map(({ id }) => queries.printers.check.queryOptions({ input: { id } })),
  })
  return {
    printers: printers.data,
    models: models.data,
    statusOf: (id: string): PrinterStatus | undefined =>
      [...(told ?? []), ...asked.flatMap(({ data }) => data ?? [])].find(({ printerId }) => printerId === id),
    error: printers.error ?? models.error,
  }
}

/** Saves a printer, asks it how it is, and keeps what is shown in step with both. */
export function usePrinterWork() {
  const { client, queries } = useKaunta()
  const cache = useQueryClient()
  return {
    async save(id: string | null, printer: PrinterInput): Promise<Printer> {
      const saved = await client.printers.save({ ...(id === null ? {} : { id }), printer })
      await cache.invalidateQueries({ queryKey: queries.printers.list.key() })
      return saved
    },
    async check(id: string): Promise<PrinterStatus> {
      const status = await client.printers.check({ id })
      cache.setQueryData(queries.printers.statuses.queryKey(), (known) => [
        ...(known ?? []).filter(({ printerId }) => printerId !== id),
        status,
      ])
      return status
    },
  }
}
