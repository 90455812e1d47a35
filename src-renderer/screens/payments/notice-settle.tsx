import { Button, Kbd } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useId, useLayoutEffect, useRef, useState } from 'react'
import type { Notice } from '../../../src-preload/contract/payments.ts'
import { formatSaleNumber } from '../../../src-preload/contract/sale-number.ts'
import { ManagerPin } from '../../components/approval-pin.tsx'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { formatPhone } from '../../components/phone.ts'
import { isProblem } from '../../components/problem.ts'
import { SettleForm } from '../../components/settle-form.tsx'
import { useAction } from '../../components/use-action.ts'
import { useIsManager } from '../../components/use-staff.ts'
import { useWording } from '../../components/use-wording.ts'
import { useKaunta } from '../../kaunta.tsx'
import { useWords } from './words.ts'

export type NoticeOutcome = 'match' | 'setAside'

interface SettleNoticeProps {
  readonly notice: Notice
  readonly chosen: NoticeOutcome | null
  readonly onChoose: (outcome: NoticeOutcome) => void
  readonly onDone: () => void
}

function useCandidates(notice: Notice) {
  const { queries } = useKaunta()
  return useQuery({
    ...queries.notices.candidates.queryOptions({ input: { id: notice.id } }),
    staleTime: 0,
    gcTime: 0,
  })
}

type Candidate = NonNullable<ReturnType<typeof useCandidates>['data']>[number]

function CandidateWords({ candidate }: { readonly candidate: Candidate }) {
  const { t } = useWords()
  const { money, time } = useWording()
  const { sale, sameAmount, samePhone } = candidate
  return (
    <span className="candidate">
      <strong className="figures">
        {sale.number === null ? t('counter.newSale') : t('counter.sale', { number: formatSaleNumber(sale) })}
      </strong>
      <span className="figures">{money(sale.totalMinor - sale.paidMinor, sale.currency)}</span>
      <span className="figures">
        {sale.customer.name ?? (sale.customer.phone === null ? '' : formatPhone(sale.customer.phone))}
      </span>
      <span className="quiet figures">{time(sale.updatedAt)}</span>
      <span className="quiet">
        {[sameAmount ? t('notices.sameAmount') : null, samePhone ? t('notices.samePhone') : null]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </span>
  )
}

/** Money of another day or phone is taken with a manager's PIN. */
function wantsManager(error: unknown): boolean {
  return error !== null && isProblem(error, 'CODE_OLD', 'CODE_OTHER_PHONE', 'PIN_WRONG')
}

interface MatchProps {
  readonly notice: Notice
  readonly onDone: () => void
}

/** The sales this money may belong to; the likeliest is chosen, Enter gives it the money. */
function Match({ notice, onDone }: MatchProps) {
  const { t } = useWords()
  const { client } = useKaunta()
  const { data: candidates, error } = useCandidates(notice)
  const [picked, setPicked] = useState<string | null>(null)
  const [pin, setPin] = useState('')
  const action = useAction()
  const name = useId()
  const form = useRef<HTMLFormElement>(null)
  const ready = candidates !== undefined
  useLayoutEffect(() => {
    if (ready) form.current?.querySelector<HTMLElement>('input')?.focus()
  }, [ready])
  if (candidates === undefined) return <ErrorBanner error={error} />
  if (candidates.length === 0) return <p className="quiet">{t('notices.noCandidates')}</p>
  const saleId = picked ?? candidates[0]?.sale.id
  const match = async () => {
    if (saleId === undefined || action.busy) return
    if (
      await action.run(() =>
        client.notices.match({ id: notice.id, saleId, ...(pin === '' ? {} : { managerPin: pin }) }),
      )
    )
      onDone()
  }
  return (
    <form
      ref={form}
      className="form"
      aria-label={t('notices.match')}
      onSubmit={(event) => {
        event.preventDefault()
        void match()
      }}
    >
      <div className="settle-notes" role="radiogroup" aria-label={t('notices.candidates')}>
        {candidates.map((candidate) => (
          <label key={candidate.sale.id} className="choice">
            <input
              type="radio"
              name={name}
              checked={candidate.sale.id === saleId}
              onChange={() => setPicked(candidate.sale.id)}
            />
            <CandidateWords candidate={candidate} />
          </label>
        ))}
      </div>
      <ErrorBanner error={action.error} />
      {pin === '' && !wantsManager(action.error) ? null : <ManagerPin value={pin} onChange={setPin} />}
      <div className="panel-buttons">
        <Button type="submit" rightSection={<Kbd>Enter</Kbd>} aria-busy={action.busy}>
          {t('codePanel.take')}
        </Button>
      </div>
    </form>
  )
}

/** Money that came in by itself: give it to a sale, or set it aside with a note. */
export function SettleNotice({ notice, chosen, onChoose, onDone }: SettleNoticeProps) {
  const { t } = useWords()
  const { client } = useKaunta()
  const { money } = useWording()
  const manager = useIsManager()
  return (
    <>
      <h2>{t('notices.settleTitle', { amount: money(notice.amountMinor, notice.currency) })}</h2>
      <p className="quiet">
        {[notice.phoneShown, notice.payerName, notice.code, notice.account].filter(Boolean).join(' · ')}
      </p>
      <div className="panel-buttons">
        <Button
          variant={chosen === 'match' ? 'filled' : 'light'}
          aria-pressed={chosen === 'match'}
          rightSection={<Kbd>M</Kbd>}
          onClick={() => onChoose('match')}
        >
          {t('notices.match')}
        </Button>
        <Button
          variant={chosen === 'setAside' ? 'filled' : 'default'}
          aria-pressed={chosen === 'setAside'}
          rightSection={<Kbd>X</Kbd>}
          onClick={() => onChoose('setAside')}
        >
          {t('notices.setAside')}
        </Button>
      </div>
      {chosen === 'match' ? <Match notice={notice} onDone={onDone} /> : null}
      {chosen === 'setAside' ? (
        <SettleForm
          legend={t('notices.setAside')}
          choices={[
            {
              value: 'setAside',
              label: t('notices.setAside'),
              notes: [t('notices.notes.debt'), t('notices.notes.private'), t('notices.notes.oldSale')],
            },
          ]}
          chosen="setAside"
          onChoose={onChoose}
          asksPin={!manager}
          submitLabel={t('notices.setAside')}
          settle={({ note, managerPin }) =>
            client.notices.setAside({ id: notice.id, note, ...(managerPin === null ? {} : { managerPin }) })
          }
          onDone={onDone}
        />
      ) : null}
    </>
  )
}
