import '../../components/pick-list.css'
import { SegmentedControl, TextInput } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import type { Effect } from '../../../src-preload/contract/outbox.ts'
import { PagedList } from '../../components/paged-list.tsx'
import { effectStatus } from '../../components/status.ts'
import { StatusMark } from '../../components/status-mark.tsx'
import { useFocusOnShow } from '../../components/use-focus-on-show.ts'
import { useReason } from '../../components/use-sentences.ts'
import { useStatus } from '../../components/use-shop.ts'
import { useWording } from '../../components/use-wording.ts'
import { useKaunta } from '../../kaunta.tsx'
import { Stops } from '../../shell/stops.tsx'
import { EffectDetails } from './effect-details.tsx'
import { useNextTry } from './use-next-try.ts'
import { useWords } from './words.ts'

const filters = ['waiting', 'failed', 'done', 'all'] as const
type Filter = (typeof filters)[number]

function useEffects(filter: Filter, text: string) {
  const { queries } = useKaunta()
  return useInfiniteQuery(
    queries.outbox.list.infiniteOptions({
      input: (before: string | undefined) => ({
        filter,
        text,
        limit: 50,
        ...(before === undefined ? {} : { before }),
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.cursor ?? undefined,
      placeholderData: (before) => before,
    }),
  )
}

/** When it is tried next; what is due already waits for its turn, and is told no time that is past. */
function NextTry({ effect: { dueAt } }: { readonly effect: Effect }) {
  const { t } = useWords()
  const next = useNextTry()(dueAt)
  return dueAt === null ? null : (
    <span>
      {t('outbox.nextTry')}: {next}
    </span>
  )
}

function EffectRow({ effect }: { readonly effect: Effect }) {
  const { t, language } = useWords()
  const { time } = useWording()
  const reason = useReason()
  return (
    <>
      <span className="pick-top">
        <StatusMark status={effectStatus(effect)} />
        <span className="pick-title">
          {effect.label[language]} · {effect.title}
        </span>
        <span className="quiet figures">{time(effect.createdAt)}</span>
      </span>
      <span className="pick-low">
        {effect.reason === null ? null : <span className="pick-title">{reason(effect.reason)}</span>}
        <span>
          {t('outbox.tries')}: {effect.attempts}
        </span>
        <NextTry effect={effect} />
      </span>
    </>
  )
}

function FilterChoice({
  filter,
  onFilter,
}: {
  readonly filter: Filter
  readonly onFilter: (filter: Filter) => void
}) {
  const { t } = useWords()
  return (
    <SegmentedControl
      aria-label={t('outbox.filter')}
      value={filter}
      data={filters.map((value) => ({ value, label: t(`outbox.filters.${value}`) }))}
      onChange={(value) => onFilter(filters.find((one) => one === value) ?? 'all')}
      // Under somebody's keys it stays as it is, whatever is sent meanwhile.
      onFocus={() => onFilter(filter)}
    />
  )
}

/** Everything that goes out, why it has not, and what can be done about it. */
export default function OutboxScreen() {
  const { t } = useWords()
  const { data: status } = useStatus()
  const [asked, setFilter] = useState<Filter | null>(null)
  const outbox = status?.outbox
  const waits = outbox === undefined || outbox.queued + outbox.sending + outbox.unknown > 0
  const filter = asked ?? (waits || outbox.failed === 0 ? 'waiting' : 'failed')
  const [typed, setTyped] = useState('')
  const text = useDeferredValue(typed)
  const [chosen, setChosen] = useState<string | null>(null)
  const pages = useEffects(filter, text)
  const search = useFocusOnShow<HTMLInputElement>()
  return (
    <section className="screen list-screen" aria-label={t('outbox.title')}>
      <header className="list-head">
        <h1>{t('outbox.title')}</h1>
        <FilterChoice filter={filter} onFilter={setFilter} />
        <TextInput
          ref={search}
          className="grow"
          aria-label={t('outbox.search')}
          placeholder={t('outbox.search')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown') return
            event.preventDefault()
            document.querySelector<HTMLElement>('.pick-list .pick[tabindex="0"]')?.focus()
          }}
        />
      </header>
      <Stops />
      <div className="list-rows">
        <PagedList
          label={t('outbox.title')}
          pages={pages}
          empty={
            <p className="quiet">
              {filter === 'waiting' && text === '' ? t('outbox.emptyUnsent') : t('outbox.emptyAny')}
            </p>
          }
          idOf={(effect) => String(effect.id)}
          chosen={chosen}
          onChoose={setChosen}
        >
          {(effect) => <EffectRow effect={effect} />}
        </PagedList>
      </div>
      <aside className="list-details" aria-label={t('outbox.details')} aria-live="polite">
        {chosen === null ? (
          <p className="quiet">{t('outbox.choose')}</p>
        ) : (
          <EffectDetails key={chosen} id={Number(chosen)} />
        )}
      </aside>
    </section>
  )
}
