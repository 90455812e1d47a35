import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { formatPhone } from '../../components/phone.ts'
import { takesText } from '../../components/settle-form.tsx'
import { noticeStatus, paymentStatus, transferStatus } from '../../components/status.ts'
import { StatusMark } from '../../components/status-mark.tsx'
import { useWording } from '../../components/use-wording.ts'
import { useKaunta } from '../../kaunta.tsx'
import { type AttentionRow, attentionKey, attentionRows, type Selection } from './attention-rows.ts'
import { AttentionSettle } from './attention-settle.tsx'
import { useNetworkNames } from './use-money-networks.ts'
import { useWords } from './words.ts'

/** What a row says of itself: how much, whose, since when. */
function useRowWords() {
  const { t } = useWords()
  const { money, time } = useWording()
  return (row: AttentionRow) => {
    switch (row.kind) {
      case 'transfer': {
        const { transfer } = row
        return {
          status: transferStatus(transfer),
          amount: money(transfer.amountMinor, transfer.currency),
          who: formatPhone(transfer.phone),
          accountId: transfer.accountId,
          code: transfer.receiptCode,
          at: time(transfer.createdAt),
        }
      }
      case 'report': {
        const { report } = row
        return {
          status: 'noticeWaiting' as const,
          amount: t('attention.report'),
          who: report.body.slice(0, 60),
          accountId: report.accountId,
          code: null,
          at: time(report.receivedAt),
        }
      }
      case 'notice': {
        const { notice } = row
        return {
          status: noticeStatus(notice),
          amount: money(notice.amountMinor, notice.currency),
          who: [notice.phoneShown, notice.payerName].filter(Boolean).join(' · '),
          accountId: notice.accountId,
          code: notice.code,
          at: time(notice.paidAt),
        }
      }
      default: {
        const { payment } = row
        const over = row.kind === 'overpaid'
        return {
          status: over ? ('overpaid' as const) : paymentStatus(payment),
          amount: money(over ? payment.excessMinor : payment.amountMinor, payment.currency),
          who: formatPhone(payment.phone),
          accountId: payment.accountId,
          code: payment.receiptCode ?? payment.claimedCode ?? payment.toldCode,
          at: time(payment.createdAt),
        }
      }
    }
  }
}

interface RowProps {
  readonly row: AttentionRow
  readonly number: number
  readonly chosen: boolean
  readonly onChoose: () => void
}

function Row({ row, number, chosen, onChoose }: RowProps) {
  const words = useRowWords()(row)
  const networkOf = useNetworkNames()
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (chosen) button.current?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  return (
    <li>
      <button
        ref={button}
        type="button"
        className="pick attention-row"
        tabIndex={chosen ? 0 : -1}
        aria-current={chosen ? 'true' : undefined}
        onClick={onChoose}
        onFocus={chosen ? undefined : onChoose}
      >
        <kbd className="attention-number">{number < 10 ? number : ''}</kbd>
        <span className="pick-top">
          <StatusMark status={words.status} />
          <span className="pick-title figures">{words.amount}</span>
        </span>
        <span className="pick-low">
          <span className="figures">{words.who}</span>
          <span>{networkOf(words)}</span>
          {words.code === null ? null : <span>{words.code}</span>}
          <span className="figures">{words.at}</span>
        </span>
      </button>
    </li>
  )
}

function useSelection(rows: readonly AttentionRow[]) {
  const [{ id, outcome }, setChosen] = useState<{ id: string | null; outcome: Selection['outcome'] }>({
    id: null,
    outcome: null,
  })
  const found = rows.findIndex((row) => row.id === id)
  // A row that was settled gives its place to the next; nothing chosen is carried over to it.
  const selection: Selection = found === -1 ? { row: 0, outcome: null } : { row: found, outcome }
  const select = (next: Selection) => setChosen({ id: rows[next.row]?.id ?? null, outcome: next.outcome })
  return { selection, select }
}

/** Gives the keys to the list: at the start, and after each thing that was settled. */
function useListFocus(count: number) {
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    const inside = document.activeElement !== null && document.activeElement !== document.body
    if (
      count === 0 ||
      (inside && list.current?.closest('.attention')?.contains(document.activeElement) === true)
    )
      return
    list.current?.querySelector<HTMLElement>('.pick[tabindex="0"]')?.focus()
  }, [count])
  const focusList = () => list.current?.querySelector<HTMLElement>('.pick[tabindex="0"]')?.focus()
  return { list, focusList }
}

/** The manager's list: a figure or arrow, a letter, a note that is there already, Enter. */
export function Attention() {
  const { t } = useWords()
  const { queries } = useKaunta()
  const { data, error } = useQuery(queries.payments.attention.queryOptions())
  const rows = data === undefined ? [] : attentionRows(data)
  const { selection, select } = useSelection(rows)
  const { list, focusList } = useListFocus(rows.length)
  const row = rows[selection.row]
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || takesText(event.target)) return
    const inForm = event.target instanceof HTMLElement && event.target.closest('form') !== null
    // In the form, arrows and figures choose the note.
    if (inForm && !/^[a-z]$/i.test(event.key)) return
    const next = attentionKey(event.key, selection, rows)
    if (next === null) return
    event.preventDefault()
    select(next)
    if (next.outcome === null) list.current?.querySelectorAll<HTMLElement>('.pick')[next.row]?.focus()
  }
  return (
    <section
      className="list-screen payments-two attention"
      aria-label={t('attention.title')}
      onKeyDown={onKeyDown}
    >
      <div className="list-rows">
        <ErrorBanner error={error} />
        {data !== undefined && rows.length === 0 ? <p className="quiet">{t('attention.empty')}</p> : null}
        {rows.length === 0 ? null : <p className="quiet attention-help">{t('attention.help')}</p>}
        <ul ref={list} className="pick-list" aria-label={t('attention.title')}>
          {rows.map((one, index) => (
            <Row
              key={one.id}
              row={one}
              number={index + 1}
              chosen={index === selection.row}
              onChoose={() => select({ row: index, outcome: null })}
            />
          ))}
        </ul>
      </div>
      <aside className="list-details" aria-label={t('attention.settle')}>
        {row === undefined ? (
          <p className="quiet">{t('attention.nothing')}</p>
        ) : (
          <AttentionSettle
            key={row.id}
            row={row}
            outcome={selection.outcome}
            onOutcome={(outcome) => select({ row: selection.row, outcome })}
            onDone={focusList}
          />
        )}
      </aside>
    </section>
  )
}
