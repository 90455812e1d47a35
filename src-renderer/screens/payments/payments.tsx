import '../../components/pick-list.css'
import { Button } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Payment } from '../../../src-preload/contract/payments.ts'
import { formatPhone } from '../../components/phone.ts'
import { PickList } from '../../components/pick-list.tsx'
import { ProblemNotice } from '../../components/problem-notice.tsx'
import { isPaymentAlive, paymentStatus } from '../../components/status.ts'
import { StatusMark } from '../../components/status-mark.tsx'
import { useAction } from '../../components/use-action.ts'
import { useWording } from '../../components/use-wording.ts'
import { useKaunta } from '../../kaunta.tsx'
import { DecidePayment } from '../counter/decide-dialog.tsx'

function PaymentRow({ payment }: { readonly payment: Payment }) {
  const { money, time } = useWording()
  return (
    <>
      <span className="pick-top">
        <StatusMark status={paymentStatus(payment)} />
        <span className="pick-title figures">{money(payment.amountMinor, payment.currency)}</span>
        <span className="quiet figures">{time(payment.createdAt)}</span>
      </span>
      <span className="pick-low">
        <span className="figures">{formatPhone(payment.phone)}</span>
        {payment.receiptCode === null ? null : <span>{payment.receiptCode}</span>}
      </span>
    </>
  )
}

type FullPayment = Awaited<ReturnType<ReturnType<typeof useKaunta>['client']['payments']['get']>>

function Evidence({ events }: { readonly events: FullPayment['events'] }) {
  const { t } = useTranslation()
  const { reason, time } = useWording()
  return (
    <section className="history" aria-label={t('payments.evidence')}>
      <h3>{t('payments.evidence')}</h3>
      <ol>
        {events.map((event) => (
          <li key={event.id}>
            <p className="history-top">
              <span>{t(`payments.states.${event.to}`)}</span>
              <span className="quiet figures">{time(event.at)}</span>
            </p>
            <p className="quiet">
              {t(`payments.sources.${event.source}`)}
              {event.applied ? '' : ` · ${t('payments.notApplied')}`}
            </p>
            {event.reason === null ? null : <p>{reason(event.reason)}</p>}
            {event.detail === null ? null : <p className="quiet">{event.detail}</p>}
          </li>
        ))}
      </ol>
    </section>
  )
}

function PaymentSteps({ payment }: { readonly payment: Payment }) {
  const { t } = useTranslation()
  const { client } = useKaunta()
  const [deciding, setDeciding] = useState(false)
  const action = useAction()
  const mayCheck = isPaymentAlive(payment) && payment.state !== 'pending' && !payment.needsDecision
  return (
    <>
      <ProblemNotice error={action.error} />
      <div className="panel-buttons">
        {payment.needsDecision ? (
          <Button onClick={() => setDeciding(true)}>{t('counter.decide')}</Button>
        ) : null}
        {mayCheck ? (
          <Button
            variant="light"
            aria-busy={action.busy}
            onClick={() => void action.run(() => client.payments.checkNow({ id: payment.id }))}
          >
            {t('counter.checkNow')}
          </Button>
        ) : null}
        <Link href={`/sale/${payment.saleId}`}>{t('payments.toCounter')}</Link>
      </div>
      {deciding ? <DecidePayment payment={payment} onClose={() => setDeciding(false)} /> : null}
    </>
  )
}

function PaymentDetails({ id }: { readonly id: string }) {
  const { t } = useTranslation()
  const { queries } = useKaunta()
  const { money, reason } = useWording()
  const { data: payment, error } = useQuery(queries.payments.get.queryOptions({ input: { id } }))
  if (payment === undefined) return <ProblemNotice error={error} />
  return (
    <>
      <h2 className="figures">{money(payment.amountMinor, payment.currency)}</h2>
      <StatusMark status={paymentStatus(payment)} />
      <dl className="facts">
        <dt>{t('payments.who')}</dt>
        <dd className="figures">{formatPhone(payment.phone)}</dd>
        {payment.receiptCode === null ? null : (
          <>
            <dt>{t('payments.code')}</dt>
            <dd>{payment.receiptCode}</dd>
          </>
        )}
      </dl>
      {payment.reason === null ? null : <p>{reason(payment.reason)}</p>}
      <PaymentSteps payment={payment} />
      <Evidence events={payment.events} />
    </>
  )
}

/** Every payment asked for here, newest first, and how each went. */
export default function PaymentsScreen() {
  const { t } = useTranslation()
  const { queries } = useKaunta()
  const [chosen, setChosen] = useState<string | null>(null)
  const { data, error, hasNextPage, fetchNextPage } = useInfiniteQuery(
    queries.payments.list.infiniteOptions({
      input: (before: string | undefined) => ({ limit: 50, ...(before === undefined ? {} : { before }) }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.cursor ?? undefined,
    }),
  )
  const rows = data?.pages.flatMap((page) => page.rows) ?? []
  return (
    <section className="screen list-screen" aria-label={t('payments.title')}>
      <header className="list-head">
        <h1>{t('payments.title')}</h1>
      </header>
      <div className="list-rows">
        <ProblemNotice error={error} />
        {data !== undefined && rows.length === 0 ? <p className="quiet">{t('payments.empty')}</p> : null}
        <PickList
          label={t('payments.title')}
          rows={rows}
          idOf={(payment) => payment.id}
          chosen={chosen}
          onChoose={setChosen}
        >
          {(payment) => <PaymentRow payment={payment} />}
        </PickList>
        {hasNextPage ? (
          <Button variant="default" onClick={() => void fetchNextPage()}>
            {t('common.more')}
          </Button>
        ) : null}
      </div>
      <aside className="list-details" aria-label={t('payments.evidence')} aria-live="polite">
        {chosen === null ? (
          <p className="quiet">{t('payments.choose')}</p>
        ) : (
          <PaymentDetails key={chosen} id={chosen} />
        )}
      </aside>
    </section>
  )
}
