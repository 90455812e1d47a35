import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PrinterInput } from '../../../../src-preload/contract/printing.ts'
import { problemOf } from '../../../components/problem.ts'
import { ProblemNotice } from '../../../components/problem-notice.tsx'
import { printStatus } from '../../../components/status.ts'
import { StatusMark } from '../../../components/status-mark.tsx'
import { useFocusOnShow } from '../../../components/use-focus-on-show.ts'
import { useWording } from '../../../components/use-wording.ts'
import { addressOf } from './draft.ts'
import type { Trial } from './use-trial.ts'

interface TrialProps {
  readonly trial: Trial
  readonly draft: PrinterInput
  readonly onPrint: () => void
  readonly onChangeConnection: () => void
}

/** What was typed in the first step was refused. */
function isAboutConnection(error: unknown): boolean {
  return (problemOf(error).field ?? '').includes('connection')
}

/** What became of the page: one line that is always there, with what to do when a person is needed. */
function PageWords({ trial, draft, onChangeConnection }: Omit<TrialProps, 'onPrint'>) {
  const { t } = useTranslation()
  const { reason } = useWording()
  const { job, silent, action } = trial
  if (action.error !== null && isAboutConnection(action.error)) {
    return (
      <Button variant="default" onClick={onChangeConnection}>
        {t('settings.printers.try.changeAddress')}
      </Button>
    )
  }
  if (silent !== null) {
    return (
      <>
        <p className="tone-red">
          <span aria-hidden="true">✕ </span>
          {t('settings.printers.try.silent', { address: addressOf(draft.connection) })}
        </p>
        <Button variant="default" onClick={onChangeConnection}>
          {t('settings.printers.try.changeAddress')}
        </Button>
      </>
    )
  }
  if (job === null) return action.busy ? <p>{t('settings.printers.try.asking')}</p> : null
  return (
    <>
      <StatusMark status={printStatus(job)} />
      {job.reason === null || job.state === 'printed' ? null : <p>{reason(job.reason)}</p>}
      {job.detail === null || job.state === 'printed' ? null : <p className="quiet">{job.detail}</p>}
    </>
  )
}

/** Prints the test page and tells what became of it; an unsure printer makes Kaunta ask. */
export function TrialPart({ trial, draft, onPrint, onChangeConnection }: TrialProps) {
  const { t } = useTranslation()
  const print = useFocusOnShow<HTMLButtonElement>()
  const { job, printed, action } = trial
  const unsure = job?.state === 'unknown' && !job.sending
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
        <div role="status" className="trial-words">
          <PageWords trial={trial} draft={draft} onChangeConnection={onChangeConnection} />
        </div>
      </div>
      <ProblemNotice error={action.error} />
      {unsure ? (
        <div className="save-row">
          <strong>{t('settings.printers.try.cameOut')}</strong>
          <Button onClick={() => void trial.decide(true)}>{t('settings.printers.try.cameYes')}</Button>
          <Button variant="default" onClick={() => void trial.decide(false)}>
            {t('settings.printers.try.cameNo')}
          </Button>
        </div>
      ) : null}
    </>
  )
}
