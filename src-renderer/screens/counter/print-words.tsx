import type { PrintJob } from '../../../src-preload/contract/printing.ts'
import { usePaperQuestion } from '../../components/use-printer-words.ts'
import { useReason } from '../../components/use-sentences.ts'
import { useWords } from '../../i18n/use-words.ts'

/** Which paper, and where it came out or would. */
export function PrintTitle({ job }: { readonly job: PrintJob }) {
  const { t } = useWords()
  const title = t(`counter.papers.${job.purpose}`, { number: job.copyNumber })
  return (
    <>
      {title} <span className="quiet">{t('counter.printedOn', { printer: job.printerName })}</span>
    </>
  )
}

/** Why a paper waits or did not come, and what to do; for one that nobody is sure of, the question. */
export function useWhyPrint(number: number | null) {
  const { t } = useWords()
  const reason = useReason()
  const question = usePaperQuestion()
  return (job: PrintJob): string | null => {
    if (job.state === 'unknown' && job.reason !== 'drawerUnsure') {
      const asked = question(job, number)
      return job.purpose === 'drawer' ? asked : `${asked} ${t('counter.paperHalf')}`
    }
    // Who decided stands beside it, and what replaced it above it.
    if (job.reason === null || job.reason === 'personDecided' || job.reason === 'replaced') return null
    if (job.reason !== 'deadlinePassed') return reason(job.reason)
    return t(job.purpose === 'drawer' ? 'counter.drawerLate' : 'counter.printLate')
  }
}

/** Who opened the drawer, and whether a person had to say what became of a paper. */
export function usePrintFacts() {
  const { t } = useWords()
  return ({ purpose, state, staffName, reason }: PrintJob): (string | null)[] => [
    purpose === 'drawer' && state === 'printed' && staffName !== null
      ? t('counter.openedBy', { name: staffName })
      : null,
    reason === 'personDecided' ? t('counter.proofs.person') : null,
  ]
}
