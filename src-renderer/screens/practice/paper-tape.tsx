import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { Practice } from '../../../src-preload/contract/practice.ts'
import { Paper } from '../../components/paper.tsx'
import type { PracticeActions } from './practice-actions.ts'
import { useWords } from './words.ts'

interface PaperTapeProps extends PracticeActions {
  readonly practice: Practice
}

/** What the practice printer put on its roll, as its own decoder read the bytes. */
export function PaperTape({ practice, client, run }: PaperTapeProps) {
  const { t } = useWords()
  const roll = useRef<HTMLDivElement>(null)
  const length = practice.paper.length
  useEffect(() => {
    const element = roll.current
    if (element !== null && length > 0) element.scrollTop = element.scrollHeight
  }, [length])
  return (
    <section className="paper" aria-label={t('practice.paper')} data-testid="paper-tape">
      <div
        ref={roll}
        className="paper-roll"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the arrow keys
        tabIndex={0}
        role="log"
        aria-label={t('practice.paper')}
      >
        {length === 0 ? <p className="paper-empty">{t('practice.noPaperYet')}</p> : null}
        {length === 0 ? null : (
          <Paper items={practice.paper} columns={practice.paperColumns} label={t('practice.paper')} />
        )}
      </div>
      {length > 0 ? (
        <Button size="sm" variant="default" onClick={() => run(client.tearPaper())}>
          {t('practice.tear')}
        </Button>
      ) : null}
    </section>
  )
}
