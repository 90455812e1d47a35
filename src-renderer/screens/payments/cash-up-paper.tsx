import { useQuery } from '@tanstack/react-query'
import { printStatus } from '../../components/status.ts'
import { StatusMark } from '../../components/status-mark.tsx'
import { useReason } from '../../components/use-sentences.ts'
import { useKaunta } from '../../kaunta.tsx'
import { useWords } from './words.ts'

/** What became of a cash-up's paper, as the printer says it: wanting it is not having it. */
export function CashUpPaper({ jobId }: { readonly jobId: string }) {
  const { t } = useWords()
  const reason = useReason()
  const { queries } = useKaunta()
  const { data: jobs } = useQuery(queries.printing.list.queryOptions({ input: {} }))
  const job = jobs?.find(({ id }) => id === jobId)
  if (job === undefined) return t('cashUp.printing')
  const why = job.state === 'queued' || job.state === 'failed' ? job.reason : null
  return (
    <>
      <StatusMark status={printStatus(job)} />
      {why === null ? null : <span className="quiet"> {reason(why)}</span>}
    </>
  )
}
