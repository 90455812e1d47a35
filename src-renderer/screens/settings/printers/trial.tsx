import { Button } from '@mantine/core'
import type { PrinterInput } from '../../../../src-preload/contract/printing.ts'
import { ErrorBanner } from '../../../components/error-banner.tsx'
import { ForSupport } from '../../../components/for-support.tsx'
import { printStatus } from '../../../components/status.ts'
import { StatusMark } from '../../../components/status-mark.tsx'
import { useFocusOnShow } from '../../../components/use-focus-on-show.ts'
import { useReason } from '../../../components/use-sentences.ts'
import { useWords } from '../words.ts'
import { addressOf } from './draft.ts'
import type { Trial } from './use-trial.ts'

interface TrialProps {
  readonly trial: Trial
  readonly draft: PrinterInput
  readonly onPrint: () => void
  readonly onChangeConnection: () => void
}

/** What became of the page, and the question that only a person can answer. */
function PageWords({ trial, draft }: Pick<TrialProps, 'trial' | 'draft'>) {
  const { t } = useWords()
  const reason = useReason()
  const { job, silent, action } = trial
  if (silent !== null) {
    return (
      <p className="tone-red">
        <span aria-hidden="true">✕ </span>
        {t('settings.printers.try.silent', { address: addressOf(draft.connection) })}
      </p>
    )
  }
  if (job === null) return action.busy ? <p>{t('settings.printers.try.asking')}</p> : null
  if (job.state === 'unknown' && !job.sending) {
    return (
      <>
        <StatusMark status={printStatus(job)} />
        <Button onClick={() => void trial.decide(true)}>{t('settings.printers.try.cameYes')}</Button>
        <Button variant="default" onClick={() => void trial.decide(false)}>
          {t('settings.printers.try.cameNo')}
        </Button>
      </>
    )
  }
  const waiting = job.state !== 'printed'
  return (
    <>
      <StatusMark status={printStatus(job)} />
      {waiting && job.reason !== null ? <p>{reason(job.reason)}</p> : null}
      {waiting && job.detail !== null ? <ForSupport lines={[job.detail]} /> : null}
    </>
  )
}

/** Prints the test page and tells what became of it; an unsure printer makes Kaunta ask. */
export function TrialPart({ trial, draft, onPrint, onChangeConnection }: TrialProps) {
  const { t } = useWords()
  const print = useFocusOnShow<HTMLButtonElement>()
  const { printed, action } = trial
  return (
    <>
      <div className="save-row">
        <Button
          ref={print}
          variant={printed === null ? 'filled' : 'light'}
          aria-busy={action.busy}
          onClick={onPrint}
        >
          {t(printed === null ? 'settings.printers.try.print' : 'settings.printers.try.printAgain')}
        </Button>
        <Button variant="default" onClick={onChangeConnection}>
          {t('settings.printers.model.change')}
        </Button>
      </div>
      <div role="status" className="trial-words">
        <PageWords trial={trial} draft={draft} />
      </div>
      <ErrorBanner error={action.error} />
    </>
  )
}
