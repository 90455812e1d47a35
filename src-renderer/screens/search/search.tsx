import { formatSaleNumber } from '../../../src-preload/contract/sale-number.ts'
import './search.css'
import { TextInput } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { Link } from 'wouter'
import type { Customer } from '../../../src-preload/contract/customers.ts'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { formatPhone } from '../../components/phone.ts'
import { messageStatus, paymentStatus } from '../../components/status.ts'
import { StatusMark } from '../../components/status-mark.tsx'
import { useWording } from '../../components/use-wording.ts'
import { useKaunta } from '../../kaunta.tsx'
import { useWords } from './words.ts'

const shortest = 2

function useFound(text: string) {
  const { queries } = useKaunta()
  return useQuery({
    ...queries.search.everything.queryOptions({ input: { text } }),
    enabled: text.length >= shortest,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  })
}

type Found = NonNullable<ReturnType<typeof useFound>['data']>

interface Hit {
  readonly id: string
  readonly href: string
  readonly shown: ReactNode
  /** Done on choosing, before the way to `href`. */
  readonly pick?: () => void
}

interface HitsProps {
  readonly title: string
  readonly hits: readonly Hit[]
  readonly onClose: () => void
}

function Hits({ title, hits, onClose }: HitsProps) {
  if (hits.length === 0) return null
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <ul>
        {hits.map((hit) => (
          <li key={hit.id}>
            <Link
              className="hit"
              href={hit.href}
              onClick={() => {
                hit.pick?.()
                onClose()
              }}
            >
              {hit.shown}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

function moveFocus(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input, a.hit')]
  const here = document.activeElement instanceof HTMLElement ? stops.indexOf(document.activeElement) : -1
  const next = stops[here + (event.key === 'ArrowDown' ? 1 : -1)]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}

function useHits(found: Found) {
  const { money, time } = useWording()
  const sales = found.sales.map((sale) => ({
    id: sale.id,
    href: `/sale/${sale.id}`,
    shown: (
      <>
        <strong className="figures">{formatSaleNumber(sale)}</strong>
        <span className="hit-grow">{sale.customer.name ?? sale.customer.phone ?? ''}</span>
        <span className="figures">{money(sale.totalMinor, sale.currency)}</span>
        <span className="quiet figures">{time(sale.recordedAt ?? sale.updatedAt)}</span>
      </>
    ),
  }))
  const messages = found.messages.map((message) => ({
    id: message.id,
    href: message.saleId === null ? '/outbox' : `/sale/${message.saleId}`,
    shown: (
      <>
        <StatusMark status={messageStatus(message)} />
        <span className="hit-grow figures">{formatPhone(message.to)}</span>
        <span className="quiet figures">{time(message.createdAt)}</span>
      </>
    ),
  }))
  const payments = found.payments.map((payment) => ({
    id: payment.id,
    href: `/sale/${payment.saleId}`,
    shown: (
      <>
        <StatusMark status={paymentStatus(payment)} />
        <span className="hit-grow">{payment.receiptCode ?? formatPhone(payment.phone)}</span>
        <span className="figures">{money(payment.amountMinor, payment.currency)}</span>
        <span className="quiet figures">{time(payment.createdAt)}</span>
      </>
    ),
  }))
  return { sales, messages, payments }
}

/** Puts a found customer on the sale at the counter; its live change fills the fields there. */
function useServeCustomer() {
  const { client } = useKaunta()
  return (customer: Customer) => {
    const name = customer.name === null ? {} : { name: customer.name }
    const serve = async () => {
      const { id } = await client.sales.current()
      await client.sales.setCustomer({ id, phone: customer.phone, ...name })
    }
    // A stored number is a good one; a lost connection is already told by the banner.
    serve().catch(() => undefined)
  }
}

interface ResultsProps {
  readonly found: Found
  readonly text: string
  readonly onClose: () => void
}

function Results({ found, text, onClose }: ResultsProps) {
  const { t } = useWords()
  const { sales, messages, payments } = useHits(found)
  const serve = useServeCustomer()
  const customers = found.customers.map((customer) => ({
    id: customer.id,
    href: '/',
    pick: () => serve(customer),
    shown: (
      <>
        <span className="hit-grow">{customer.name ?? '–'}</span>
        <span className="figures">{formatPhone(customer.phone)}</span>
      </>
    ),
  }))
  if (sales.length + messages.length + payments.length + customers.length === 0) {
    return <p className="quiet">{t('search.nothing', { text })}</p>
  }
  return (
    <>
      <Hits title={t('search.customers')} hits={customers} onClose={onClose} />
      <Hits title={t('search.sales')} hits={sales} onClose={onClose} />
      <Hits title={t('search.payments')} hits={payments} onClose={onClose} />
      <Hits title={t('search.messages')} hits={messages} onClose={onClose} />
    </>
  )
}

/** "/": one box for phones, names, receipt numbers and payment codes. */
export default function SearchOverlay({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords()
  const [typed, setTyped] = useState('')
  const text = typed.trim()
  const { data: found, error } = useFound(text)
  return (
    <Dialog title={t('search.title')} onClose={onClose} wide>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- ↑ ↓ move between the field and the hits in it */}
      <search className="search" onKeyDown={moveFocus}>
        <TextInput
          label={t('search.label')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
        />
        <div aria-live="polite" className="search-results">
          <ErrorBanner error={error} />
          {text.length < shortest ? <p className="quiet">{t('search.start')}</p> : null}
          {found !== undefined && text.length >= shortest ? (
            <Results found={found} text={text} onClose={onClose} />
          ) : null}
        </div>
      </search>
    </Dialog>
  )
}
