import { Button, Kbd } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { Link, useRoute } from 'wouter'
import type { PrintJob } from '../../src-preload/contract/printing.ts'
import { ErrorBanner } from '../components/error-banner.tsx'
import { useKeys } from '../components/keys.tsx'
import { useAction } from '../components/use-action.ts'
import { answersOf, usePaperQuestion, useSaleNumber } from '../components/use-printer-words.ts'
import { useStatus } from '../components/use-shop.ts'
import { useWords } from '../i18n/use-words.ts'
import { useKaunta } from '../kaunta.tsx'

/**
 * Papers that only a person can speak of, newest first; asked for only while main counts any decision open. A drawer is
 * none: who stands before it sees it, and its sale's time line takes the word.
 */
function useUnsurePapers(): readonly PrintJob[] {
  const { queries } = useKaunta()
  const { data: status } = useStatus()
  const open = (status?.outbox.needDecision ?? 0) > 0
  const { data } = useQuery({ ...queries.printing.list.queryOptions({ input: {} }), enabled: open })
  return open ? (data ?? []).filter(({ state, purpose }) => state === 'unknown' && purpose !== 'drawer') : []
}

/** The sale now on the counter, whose own time line asks for its papers; null on every other screen. */
function useShownSale(): string | null {
  const { queries } = useKaunta()
  const [home] = useRoute('/')
  const [earlier, params] = useRoute('/sale/:id')
  const { data: current } = useQuery({ ...queries.sales.current.queryOptions(), enabled: false })
  if (home) return current?.id ?? null
  return earlier ? params.id : null
}

function Question({ job, more }: { readonly job: PrintJob; readonly more: number }) {
  const { t } = useWords()
  const { client } = useKaunta()
  const question = usePaperQuestion()
  const number = useSaleNumber(job.saleId)
  const action = useAction()
  const answer = (printed: boolean) => void action.run(() => client.printing.decide({ id: job.id, printed }))
  const [yes, no] = answersOf(job)
  const first = useRef<HTMLButtonElement>(null)
  useKeys([{ key: 'Alt+A', label: t('keys.paperAnswer'), run: () => first.current?.focus() }])
  return (
    <section className="banner banner-amber paper-question" aria-label={t('status.paperUnsure')}>
      <span className="banner-shape" aria-hidden="true">
        ?
      </span>
      <span className="banner-words" role="status">
        <strong>{question(job, number)}</strong>{' '}
        {more > 0 ? <Link href="/outbox">{t('counter.paperMore', { count: more })}</Link> : null}
        <ErrorBanner error={action.error} />
      </span>
      <Button
        ref={first}
        size="sm"
        disabled={action.busy}
        onClick={() => answer(true)}
        aria-keyshortcuts="Alt+A"
        rightSection={<Kbd>Alt+A</Kbd>}
      >
        {t(yes)}
      </Button>
      <Button size="sm" variant="default" disabled={action.busy} onClick={() => answer(false)}>
        {t(no)}
      </Button>
    </section>
  )
}

/** Asks on every screen whether a paper came, until somebody has looked and said so. */
export function PaperQuestions() {
  const papers = useUnsurePapers()
  const shown = useShownSale()
  const asked = papers.filter(({ saleId }) => saleId === null || saleId !== shown)
  const [newest] = asked
  return newest === undefined ? null : <Question key={newest.id} job={newest} more={asked.length - 1} />
}
