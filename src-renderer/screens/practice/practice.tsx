import './practice.css'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Practice } from '../../../src-preload/contract/practice.ts'
import { useKeys } from '../../components/keys.tsx'
import { ProblemNotice } from '../../components/problem-notice.tsx'
import { useStream } from '../../components/use-stream.ts'
import type { KauntaClient } from '../../connection.ts'
import { useKaunta } from '../../kaunta.tsx'
import { FaultPanel } from './fault-panel.tsx'
import { PaperTape } from './paper-tape.tsx'
import { PracticePhone } from './practice-phone.tsx'

function watchPractice(client: KauntaClient, signal: AbortSignal) {
  return client.practice.watch(undefined, { signal })
}

/** Moves between the practice phone and where the cashier was; answers the way back. */
function usePhoneKey(): () => void {
  const { t } = useTranslation()
  const [before, setBefore] = useState<HTMLElement | null>(null)
  const back = () => {
    if (before?.isConnected === true) before.focus()
    else document.querySelector<HTMLElement>('[data-testid="sale-number"]')?.focus()
  }
  const go = () => {
    const phone = document.querySelector<HTMLElement>('[data-testid="practice-phone"]')
    if (phone === null) return
    if (phone.contains(document.activeElement)) {
      back()
      return
    }
    setBefore(document.activeElement instanceof HTMLElement ? document.activeElement : null)
    const field = phone.querySelector<HTMLElement>('input, button')
    field?.focus()
  }
  useKeys([{ key: 'Alt+P', label: t('keys.practicePhone'), run: go }])
  return back
}

/** The other side of the counter while practising: a customer's phone, the paper, and what can go wrong. */
export default function PracticeSide() {
  const { t } = useTranslation()
  const { client } = useKaunta()
  const practice = useStream(watchPractice)
  const [error, setError] = useState<unknown>(null)
  const back = usePhoneKey()
  const run = (work: Promise<Practice>) => {
    setError(null)
    work.catch(setError)
  }
  return (
    <aside className="side practice" aria-label={t('practice.title')}>
      {practice === undefined ? (
        <p className="waiting">{t('common.loading')}</p>
      ) : (
        <>
          <div className="practice-pair">
            <PracticePhone practice={practice} client={client.practice} run={run} onAnswered={back} />
            <PaperTape practice={practice} client={client.practice} run={run} />
          </div>
          <ProblemNotice error={error} />
          <FaultPanel practice={practice} client={client.practice} run={run} />
        </>
      )}
    </aside>
  )
}
