import { formatSaleNumber } from '../../../src-preload/contract/sale-number.ts'
import './today.css'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { Link } from 'wouter'
import { soldAt } from '../../../src-preload/contract/sold-at.ts'
import { isSameDay } from '../../components/clock.ts'
import { effectStatus } from '../../components/status.ts'
import { StatusMark } from '../../components/status-mark.tsx'
import { useReason } from '../../components/use-sentences.ts'
import { useShop } from '../../components/use-shop.ts'
import { useWording } from '../../components/use-wording.ts'
import { useKaunta } from '../../kaunta.tsx'
import { useWords } from './words.ts'

const SetUp = lazy(() => import('../../shell/set-up/set-up.tsx'))

const shownAtMost = 30

function Unsent() {
  const { t } = useWords()
  const { queries } = useKaunta()
  const reason = useReason()
  const input = { filter: 'unsent', limit: shownAtMost } as const
  const { data } = useQuery(queries.outbox.list.queryOptions({ input }))
  const rows = data?.rows ?? []
  return (
    <section className="today-part" aria-labelledby="today-unsent">
      <h2 id="today-unsent">
        <Link href="/outbox">{t('today.unsent')}</Link>
      </h2>
      {rows.length === 0 ? <p className="quiet">{t('today.nothingUnsent')}</p> : null}
      <ul>
        {rows.map((effect) => (
          <li key={effect.id} className="today-row">
            <StatusMark status={effectStatus(effect)} />
            <span className="today-what">{effect.title}</span>
            {effect.reason === null ? null : <span className="quiet today-why">{reason(effect.reason)}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** In live mode the right side tells what the day brought and what is still on its way. */
export default function TodaySide() {
  const { t } = useWords()
  const { queries } = useKaunta()
  const { money, time } = useWording()
  const { data: shop } = useShop()
  const { data } = useQuery(queries.sales.list.queryOptions({ input: { limit: shownAtMost } }))
  const { data: day } = useQuery(queries.sales.today.queryOptions())
  const [now] = useState(Date.now)
  const zone = shop?.zone ?? 'Africa/Dar_es_Salaam'
  const sales = (data?.rows ?? []).filter(
    ({ recordedAt }) => recordedAt !== null && isSameDay(recordedAt, now, zone),
  )
  return (
    <aside className="side today" aria-label={t('bar.today')}>
      <Suspense fallback={null}>
        <SetUp small={false} />
      </Suspense>
      <Unsent />
      <section className="today-part" aria-labelledby="today-sales">
        <h2 id="today-sales">{t('today.sales')}</h2>
        {day === undefined || day.count === 0 ? null : (
          <p className="today-sum figures" data-testid="today-sum">
            <strong>
              {day.sums.map(({ currency, totalMinor }) => money(totalMinor, currency)).join(' · ')}
            </strong>
            <span className="quiet">{t('today.count', { count: day.count })}</span>
          </p>
        )}
        {sales.length === 0 ? <p className="quiet">{t('today.noSales')}</p> : null}
        <ul>
          {sales.map((sale) => (
            <li key={sale.id} className="today-row">
              <Link href={`/sale/${sale.id}`} className="figures">
                {formatSaleNumber(sale)}
              </Link>
              <span className="today-what">{sale.customer.name ?? ''}</span>
              <span className="figures">{money(sale.totalMinor, sale.currency)}</span>
              <span className="quiet figures">{time(soldAt(sale))}</span>
            </li>
          ))}
        </ul>
        {day !== undefined && day.count > sales.length && sales.length === shownAtMost ? (
          <p className="quiet figures">{t('today.shown', { shown: sales.length, count: day.count })}</p>
        ) : null}
      </section>
    </aside>
  )
}
