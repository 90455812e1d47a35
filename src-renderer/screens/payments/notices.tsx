import { SegmentedControl } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import type { Notice } from '../../../src-preload/contract/payments.ts'
import { PagedList, rowsOf } from '../../components/paged-list.tsx'
import { noticeStatus } from '../../components/status.ts'
import { StatusMark } from '../../components/status-mark.tsx'
import { useWording } from '../../components/use-wording.ts'
import { useKaunta } from '../../kaunta.tsx'
import { type NoticeOutcome, SettleNotice } from './notice-settle.tsx'
import { useNetworkNames } from './use-money-networks.ts'
import { useWords } from './words.ts'

const states = ['waiting', 'matched', 'setAside', 'all'] as const
type Shown = (typeof states)[number]

function useNotices(state: Shown) {
  const { queries } = useKaunta()
  return useInfiniteQuery(
    queries.notices.list.infiniteOptions({
      input: (before: string | undefined) => ({
        limit: 50,
        ...(state === 'all' ? {} : { state }),
        ...(before === undefined ? {} : { before }),
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.cursor ?? undefined,
      placeholderData: (before) => before,
    }),
  )
}

function NoticeRow({ notice }: { readonly notice: Notice }) {
  const { money, time } = useWording()
  const networkOf = useNetworkNames()
  return (
    <>
      <span className="pick-top">
        <StatusMark status={noticeStatus(notice)} />
        <span className="pick-title figures">{money(notice.amountMinor, notice.currency)}</span>
        <span className="quiet figures">{time(notice.paidAt)}</span>
      </span>
      <span className="pick-low">
        <span className="figures">{notice.phoneShown}</span>
        <span>{notice.payerName}</span>
        <span>{networkOf(notice)}</span>
        <span>{notice.code}</span>
      </span>
    </>
  )
}

/** A notice that is settled already: what became of it. */
function Settled({ notice }: { readonly notice: Notice }) {
  const { t } = useWords()
  const { money } = useWording()
  return (
    <>
      <h2 className="figures">{money(notice.amountMinor, notice.currency)}</h2>
      <StatusMark status={noticeStatus(notice)} />
      {notice.note === null ? null : <p>{notice.note}</p>}
      {notice.paymentId === null ? null : (
        <Link href={`/payments/list/${notice.paymentId}`}>{t('notices.toPayment')}</Link>
      )}
    </>
  )
}

/** What customers paid by themselves, and to which sales it went. */
export function Notices() {
  const { t } = useWords()
  const [state, setState] = useState<Shown>('waiting')
  const [chosen, setChosen] = useState<string | null>(null)
  const [outcome, setOutcome] = useState<NoticeOutcome | null>(null)
  const pages = useNotices(state)
  const rows = rowsOf(pages)
  const notice = rows.find(({ id }) => id === chosen)
  const choose = (id: string) => {
    setChosen(id)
    setOutcome(null)
  }
  return (
    <>
      <SegmentedControl
        className="payments-choice"
        aria-label={t('common.show')}
        value={state}
        data={states.map((value) => ({ value, label: t(`notices.states.${value}`) }))}
        onChange={(value) => setState(states.find((one) => one === value) ?? 'all')}
      />
      <div className="list-screen payments-two">
        <div className="list-rows">
          <PagedList
            label={t('payments.tabs.notices')}
            pages={pages}
            empty={
              <p className="quiet">{t(state === 'waiting' ? 'notices.emptyWaiting' : 'notices.empty')}</p>
            }
            idOf={({ id }) => id}
            chosen={chosen}
            onChoose={choose}
          >
            {(row) => <NoticeRow notice={row} />}
          </PagedList>
        </div>
        <aside className="list-details" aria-label={t('attention.settle')} aria-live="polite">
          {notice === undefined ? <p className="quiet">{t('notices.choose')}</p> : null}
          {notice?.state === 'waiting' ? (
            <SettleNotice
              key={notice.id}
              notice={notice}
              chosen={outcome}
              onChoose={setOutcome}
              onDone={() => setOutcome(null)}
            />
          ) : null}
          {notice !== undefined && notice.state !== 'waiting' ? <Settled notice={notice} /> : null}
        </aside>
      </div>
    </>
  )
}
