import { Button } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import type { Printer, PrinterInput } from '../../../../src-preload/contract/printing.ts'
import { useStatus } from '../../../components/use-shop.ts'
import { useWords } from '../words.ts'
import { type Answers, askAgain, isAnswered, noAnswers } from './answers.ts'
import { Questions } from './questions.tsx'
import { TrialPart } from './trial.tsx'
import { useTrial } from './use-trial.ts'

/** A practice printer's paper is on this screen and nowhere else. */
const LastPaper = lazy(() => import('../../practice/last-paper.tsx'))

interface TryStepProps {
  readonly id: string | null
  readonly draft: PrinterInput
  readonly others: readonly Printer[]
  readonly onSaved: (id: string) => void
  readonly onChange: (part: Partial<PrinterInput>) => void
  readonly onBack: () => void
  readonly onChangeConnection: () => void
  readonly onDone: () => void
}

/** Third step: a page on paper, and three questions about it. */
export function TryStep(props: TryStepProps) {
  const { id, draft, others, onSaved, onChange, onBack, onChangeConnection, onDone } = props
  const { t } = useWords()
  const trial = useTrial(onSaved)
  const practising = useStatus().data?.mode === 'practice'
  const [answers, setAnswers] = useState(noAnswers)
  const [out, setOut] = useState(false)
  const { printed, job } = trial
  const came = out || job?.state === 'printed'
  const changed = printed !== null && JSON.stringify(printed) !== JSON.stringify(draft.profile)
  const receiptPrinter = others.find(({ receipts }) => receipts)
  const print = async () => {
    setOut(came)
    if (await trial.run(id, draft)) setAnswers((before) => askAgain(before, draft.profile))
  }
  const answer = (part: Partial<Answers>, profile = draft.profile) => {
    setAnswers((before) => ({ ...before, ...part }))
    if (profile !== draft.profile) onChange({ profile })
  }
  return (
    <div className="form">
      <p>{t('settings.printers.try.intro')}</p>
      {receiptPrinter === undefined ? null : (
        <p className="quiet">{t('settings.printers.try.introSpare', { name: receiptPrinter.name })}</p>
      )}
      <TrialPart
        trial={trial}
        draft={draft}
        onPrint={() => void print()}
        onChangeConnection={onChangeConnection}
      />
      <div className="asked-paper">
        <Questions
          printed={printed ?? draft.profile}
          profile={draft.profile}
          answers={answers}
          disabled={!came}
          onAnswer={answer}
        />
        {practising && came ? (
          <Suspense fallback={null}>
            <LastPaper />
          </Suspense>
        ) : null}
      </div>
      <p role="status" className="quiet">
        {changed ? t('settings.printers.try.changed') : ''}
      </p>
      <div className="save-row">
        <Button variant={isAnswered(answers) ? 'filled' : 'default'} onClick={onDone}>
          {t(isAnswered(answers) ? 'settings.printers.steps.next' : 'settings.printers.try.skip')}
        </Button>
        <Button variant="default" onClick={onBack}>
          {t('common.back')}
        </Button>
      </div>
    </div>
  )
}
