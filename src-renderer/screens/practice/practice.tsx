import './practice.css'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { Practice } from '../../../src-preload/contract/practice.ts'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { useKeys } from '../../components/keys.tsx'
import { giveKeysBack } from '../../components/modal.ts'
import { useStream } from '../../components/use-stream.ts'
import { useKaunta } from '../../kaunta.tsx'
import { FaultPanel } from './fault-panel.tsx'
import { PaperTape } from './paper-tape.tsx'
import { watchPractice } from './practice-actions.ts'
import { PracticePhone } from './practice-phone.tsx'
import { useWords } from './words.ts'

/**
 * Moves between the practice phone and where the cashier was; answers the way back.
 * @param at the side was opened to reach the phone
 */
function usePhoneKey(at: boolean): () => void {
  const { t } = useWords()
  const before = useRef<Element | null>(null)
  const back = () => {
    giveKeysBack({ field: before.current, caret: null })
  }
  const go = () => {
    const phone = document.querySelector<HTMLElement>('[data-testid="practice-phone"]')
    if (phone === null) return
    if (phone.contains(document.activeElement)) {
      back()
      return
    }
    before.current = document.activeElement
    const field = phone.querySelector<HTMLElement>('input, button')
    field?.focus()
  }
  useKeys([{ key: 'Alt+P', label: t('keys.practicePhone'), run: go }])
  const goAtOnce = useEffectEvent(go)
  useEffect(() => {
    if (at) goAtOnce()
  }, [at])
  return back
}

/** The other side of the counter while practising: a customer's phone, the paper, and what can go wrong. */
export default function PracticeSide({ toPhone }: { readonly toPhone: boolean }) {
  const { t } = useWords()
  const { client } = useKaunta()
  const practice = useStream(watchPractice)
  const [error, setError] = useState<unknown>(null)
  const back = usePhoneKey(toPhone && practice !== undefined)
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
          <ErrorBanner error={error} />
          <FaultPanel practice={practice} client={client.practice} run={run} />
        </>
      )}
    </aside>
  )
}
