import { Button } from '@mantine/core'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { CashUp } from '../../../src-preload/contract/cash-up.ts'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { PickList } from '../../components/pick-list.tsx'
import { useWording } from '../../components/use-wording.ts'
import { useKaunta } from '../../kaunta.tsx'
import { CashUpCount } from './cash-up-count.tsx'
import { CashUpResult } from './cash-up-result.tsx'
import { useWords } from './words.ts'

function useCashUps() {
  const { queries } = useKaunta()
  return useInfiniteQuery(
    queries.cashUps.list.infiniteOptions({
      input: (before: string | undefined) => ({ limit: 20, ...(before === undefined ? {} : { before }) }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.cursor ?? undefined,
    }),
  )
}

function CashUpRow({ cashUp }: { readonly cashUp: CashUp }) {
  const { t } = useWords()
  const { money, time } = useWording()
  const differences = [...Map.groupBy(cashUp.tenders, ({ currency }) => currency)]
    .map(([currency, some]) => ({ currency, minor: some.reduce((sum, one) => sum + one.differenceMinor, 0) }))
    .filter(({ minor }) => minor !== 0)
  return (
    <>
      <span className="pick-top">
        <span className="pick-title">{t('cashUp.number', { number: cashUp.number })}</span>
        <span className="quiet figures">{time(cashUp.until)}</span>
      </span>
      <span className="pick-low">
        <span>{cashUp.staffName}</span>
        <span className={differences.length === 0 ? undefined : 'tone-red'}>
          {differences.length === 0
            ? t('cashUp.exact')
            : differences.map(({ currency, minor }) => money(minor, currency)).join(', ')}
        </span>
        {cashUp.openItems.length > 0 ? (
          <span className="tone-amber">? {t('cashUp.openCount', { count: cashUp.openItems.length })}</span>
        ) : null}
      </span>
    </>
  )
}

/** The till is counted blind, then compared; what was not certain is named. */
export function CashUps() {
  const { t } = useWords()
  const { queries } = useKaunta()
  const cache = useQueryClient()
  const { data, error, hasNextPage, fetchNextPage } = useCashUps()
  const rows = data?.pages.flatMap((page) => page.rows) ?? []
  const [done, setDone] = useState<CashUp | null>(null)
  const shown = done === null ? undefined : (rows.find(({ id }) => id === done.id) ?? done)
  const take = (cashUp: CashUp) => {
    setDone(cashUp)
    void cache.invalidateQueries({ queryKey: queries.cashUps.key() })
  }
  return (
    <div className="list-screen payments-two cash-up-two">
      <div className="list-rows">
        {shown === undefined ? (
          <CashUpCount onClosed={take} />
        ) : (
          <CashUpResult cashUp={shown} onAgain={() => setDone(null)} />
        )}
      </div>
      <aside className="list-details" aria-label={t('cashUp.earlier')}>
        <h2>{t('cashUp.earlier')}</h2>
        <ErrorBanner error={error} />
        {data !== undefined && rows.length === 0 ? <p className="quiet">{t('cashUp.none')}</p> : null}
        <PickList
          label={t('cashUp.earlier')}
          rows={rows}
          idOf={({ id }) => id}
          chosen={done?.id ?? null}
          onChoose={(id) => setDone(rows.find((row) => row.id === id) ?? null)}
        >
          {(row) => <CashUpRow cashUp={row} />}
        </PickList>
        {hasNextPage ? (
          <Button variant="default" onClick={() => void fetchNextPage()}>
            {t('common.more')}
          </Button>
        ) : null}
      </aside>
    </div>
  )
}
