import { useState } from 'react'
import type { PrinterProfile } from '../../../../src-preload/contract/printer-models.ts'
import type { PrinterInput, PrinterStatus, PrintJob } from '../../../../src-preload/contract/printing.ts'
import { type Action, useAction } from '../../../components/use-action.ts'
import { useKaunta } from '../../../kaunta.tsx'
import { useOrderedJob } from './use-ordered-job.ts'
import { usePrinterWork } from './use-printers.ts'

export interface Trial {
  readonly action: Action
  readonly job: PrintJob | null
  /** How the printer said it is, when it would not take the page. */
  readonly silent: PrinterStatus | null
  /** The profile the last page was printed with. */
  readonly printed: PrinterProfile | null
  readonly run: (id: string | null, draft: PrinterInput) => Promise<boolean>
  readonly decide: (came: boolean) => Promise<boolean>
}

/**
 * Saves a printer, asks it how it is, and prints a test page when it answers: a page for a printer that is not there
 * would come out at a moment when nobody expects it.
 */
export function useTrial(onSaved: (id: string) => void): Trial {
  const { client } = useKaunta()
  const { save, check } = usePrinterWork()
  const { job, follow } = useOrderedJob()
  const action = useAction()
  const [silent, setSilent] = useState<PrinterStatus | null>(null)
  const [printed, setPrinted] = useState<PrinterProfile | null>(null)
  return {
    action,
    job,
    silent,
    printed,
    run: (id, draft) =>
      action.run(async () => {
        setSilent(null)
        follow(null)
        const saved = await save(id, draft)
        onSaved(saved.id)
        const status = await check(saved.id)
        if (!status.reachable) {
          setSilent(status)
          return
        }
        follow(await client.printers.printTestPage({ id: saved.id }))
        setPrinted(saved.profile)
      }),
    decide: (came) =>
      action.run(async () => {
        if (job !== null) follow(await client.printing.decide({ id: job.id, printed: came }))
      }),
  }
}
