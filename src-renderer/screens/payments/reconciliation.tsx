import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Reconciliation } from '../../../src-preload/contract/reconciliation.ts'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { PagedList } from '../../components/paged-list.tsx'
import { reconciliationStatus } from '../../components/status.ts'
import { StatusMark } from '../../components/status-mark.tsx'
import { useWording } from '../../components/use-wording.ts'
import { useKaunta } from '../../kaunta.tsx'
import { ReconciliationResult } from './reconciliation-result.tsx'
import { ReconciliationStart } from './reconciliation-start.tsx'
import { useMoneyNetworks } from './use-money-networks.ts'
import { useWords } from './words.ts'

function useRuns() {
  const { queries } = useKaunta()
  return useInfiniteQuery(
    queries.reconciliations.list.infiniteOptions({
      input: (before: string | undefined) => ({ limit: 20, ...(before === undefined ? {} : { before }) }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.cursor ?? undefined,
    }),
  )
}

function RunRow({ run }: { readonly run: Reconciliation }) {
  const { t } = useWords()
  const { days } = useWording()
  const network = useMoneyNetworks().find(({ accountId }) => accountId === run.accountId)
  return (
    <>
      <span className="pick-top">
        <StatusMark status={reconciliationStatus(run)} />
        <span className="pick-title">{network?.label ?? run.accountId}</span>
      </span>
      <span className="pick-low">
        <span className="figures">{days(run.from, run.to)}</span>
        {run.open > 0 ? (
          <span className="tone-red">{t('reconciliation.open', { count: run.open })}</span>
        ) : null}
        <span>{run.fileName ?? t('reconciliation.sources.query')}</span>
        <span>{run.staffName ?? t('reconciliation.byItself')}</span>
      </span>
    </>
  )
}

function Chosen({ id }: { readonly id: string }) {
  const { queries } = useKaunta()
  const { data, error } = useQuery(queries.reconciliations.get.queryOptions({ input: { id } }))
  return data === undefined ? <ErrorBanner error={error} /> : <ReconciliationResult run={data} />
}

/** Our payments against the network's own record. */
export function Reconciliations({ id }: { readonly id: string | undefined }) {
  const { t } = useWords()
  const [chosen, setChosen] = useState<string | null>(id ?? null)
  const pages = useRuns()
  return (
    <div className="reconciliation">
      <div className="reconciliation-left">
        <ReconciliationStart onDone={setChosen} />
        <h2>{t('reconciliation.earlier')}</h2>
        <PagedList
          label={t('reconciliation.earlier')}
          pages={pages}
          empty={<p className="quiet">{t('reconciliation.empty')}</p>}
          idOf={(run) => run.id}
          chosen={chosen}
          onChoose={setChosen}
        >
          {(run) => <RunRow run={run} />}
        </PagedList>
      </div>
      <div className="reconciliation-right" aria-live="polite">
        {chosen === null ? (
          <p className="quiet">{t('reconciliation.choose')}</p>
        ) : (
          <Chosen key={chosen} id={chosen} />
        )}
      </div>
    </div>
  )
}
