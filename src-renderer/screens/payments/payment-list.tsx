import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Payment } from '../../../src-preload/contract/payments.ts'
import type { Zone } from '../../../src-preload/contract/time.ts'
import { PagedList } from '../../components/paged-list.tsx'
import { formatPhone } from '../../components/phone.ts'
import { paymentStatus } from '../../components/status.ts'
import { StatusMark } from '../../components/status-mark.tsx'
import { useSettled } from '../../components/use-settled.ts'
import { useShop } from '../../components/use-shop.ts'
import { useWording } from '../../components/use-wording.ts'
import { useKaunta } from '../../kaunta.tsx'
import { dayField, type Stretch, stretchOf, stretchOfFields } from './days.ts'
import { PaymentDetails } from './payment-details.tsx'
import { type Filters, PaymentFilters } from './payment-filters.tsx'
import { PaymentTotals } from './payment-totals.tsx'
import { stateGroups } from './state-groups.ts'
import { useMoneyNetworks, useNetworkNames } from './use-money-networks.ts'
import { useWords } from './words.ts'

const rowsAtOnce = 50
const searchPauseMs = 150

function PaymentRow({ payment }: { readonly payment: Payment }) {
  const { t } = useWords()
  const { money, time } = useWording()
  const networkOf = useNetworkNames()
  const code = payment.receiptCode ?? payment.claimedCode
  return (
    <span className="payment-row figures">
      <span className="quiet">{time(payment.createdAt)}</span>
      <StatusMark status={paymentStatus(payment)} />
      <span>{formatPhone(payment.phone)}</span>
      <span className="quiet">{networkOf(payment)}</span>
      <span className="payment-code">
        {code}
        {payment.excessMinor > 0 ? <span className="tone-red"> ! {t('status.overpaid')}</span> : null}
      </span>
      <strong className="payment-amount">{money(payment.amountMinor, payment.currency)}</strong>
    </span>
  )
}

function useDays(filters: Filters, zone: Zone): Stretch | null {
  const [now] = useState(Date.now)
  return filters.span === 'own'
    ? stretchOfFields(filters.first, filters.last, zone)
    : stretchOf(filters.span, now, zone)
}

function usePayments(filters: Filters, stretch: Stretch | null) {
  const { queries } = useKaunta()
  const { group, accountId } = filters
  const text = useSettled(filters.text.trim(), searchPauseMs)
  const asked = filters.span === 'all' || stretch !== null
  return useInfiniteQuery({
    ...queries.payments.list.infiniteOptions({
      input: (before: string | undefined) => ({
        limit: rowsAtOnce,
        ...(stretch === null ? {} : stretch),
        ...(group === null ? {} : { states: [...stateGroups[group].states] }),
        ...(accountId === '' ? {} : { accountId }),
        ...(text === '' ? {} : { text }),
        ...(before === undefined ? {} : { before }),
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.cursor ?? undefined,
      placeholderData: (before) => before,
    }),
    enabled: asked,
  })
}

interface NothingProps {
  readonly filters: Filters
  readonly onAll: () => void
}

/** An empty list says what to do next. */
function Nothing({ filters, onAll }: NothingProps) {
  const { t } = useWords()
  const plain = filters.text === '' && filters.group === null && filters.accountId === ''
  if (plain && filters.span === 'all') return <p className="quiet">{t('payments.empty')}</p>
  return (
    <div className="payments-nothing">
      <p className="quiet">{t(plain ? 'payments.emptyDays' : 'payments.emptyFilters')}</p>
      {filters.span === 'all' ? null : (
        <Button size="sm" variant="light" onClick={onAll}>
          {t('payments.allDays')}
        </Button>
      )}
    </div>
  )
}

function useFilters(zone: Zone) {
  const [filters, setFilters] = useState<Filters>(() => {
    const today = dayField(Date.now(), zone)
    return { span: 'today', first: today, last: today, accountId: '', text: '', group: null }
  })
  const change = (part: Partial<Filters>) => setFilters((before) => ({ ...before, ...part }))
  return { filters, change }
}

/** Every payment, today's first, and how each went. */
export function PaymentList({ id }: { readonly id: string | undefined }) {
  const { t } = useWords()
  const { data: shop } = useShop()
  const zone = shop?.zone ?? 'Africa/Dar_es_Salaam'
  const networks = useMoneyNetworks()
  const { filters, change } = useFilters(zone)
  const stretch = useDays(filters, zone)
  const [chosen, setChosen] = useState<string | null>(id ?? null)
  const pages = usePayments(filters, stretch)
  return (
    <>
      <PaymentFilters filters={filters} networks={networks} stretch={stretch} onChange={change} />
      <PaymentTotals
        stretch={stretch}
        accountId={filters.accountId}
        group={filters.group}
        onGroup={(group) => change({ group })}
      />
      <div className="list-screen payments-two">
        <div className="list-rows">
          <PagedList
            label={t('payments.title')}
            pages={pages}
            empty={<Nothing filters={filters} onAll={() => change({ span: 'all' })} />}
            idOf={(payment) => payment.id}
            chosen={chosen}
            onChoose={setChosen}
          >
            {(payment) => <PaymentRow payment={payment} />}
          </PagedList>
        </div>
        <aside className="list-details" aria-label={t('payments.evidence')} aria-live="polite">
          {chosen === null ? (
            <p className="quiet">{t('payments.choose')}</p>
          ) : (
            <PaymentDetails key={chosen} id={chosen} />
          )}
        </aside>
      </div>
    </>
  )
}
