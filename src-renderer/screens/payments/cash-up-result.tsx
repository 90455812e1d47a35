import { Button } from '@mantine/core'
import { useState } from 'react'
import type { CashUp } from '../../../src-preload/contract/cash-up.ts'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { formatPhone } from '../../components/phone.ts'
import { useAction } from '../../components/use-action.ts'
import { useWording } from '../../components/use-wording.ts'
import { useKaunta } from '../../kaunta.tsx'
import { CashUpPaper } from './cash-up-paper.tsx'
import { useNetworkNames } from './use-money-networks.ts'
import { useWords } from './words.ts'

type Tender = CashUp['tenders'][number]

/** Whether a count agrees: shape, word and colour. */
function Verdict({ differenceMinor }: Pick<Tender, 'differenceMinor'>) {
  const { t } = useWords()
  const { figure } = useWording()
  if (differenceMinor === 0) {
    return (
      <span className="status tone-accent">
        <span aria-hidden="true">● </span>
        {t('cashUp.exact')}
      </span>
    )
  }
  const short = differenceMinor < 0
  return (
    <span className="status tone-red">
      <span aria-hidden="true">{short ? '▼' : '▲'} </span>
      {t(short ? 'cashUp.short' : 'cashUp.over', { amount: figure(Math.abs(differenceMinor)) })}
    </span>
  )
}

function Tenders({ cashUp }: { readonly cashUp: CashUp }) {
  const { t } = useWords()
  const { figure } = useWording()
  const networkOf = useNetworkNames()
  return (
    <table className="table" aria-label={t('cashUp.counts')}>
      <thead>
        <tr>
          <th>{cashUp.currency}</th>
          <th className="number">{t('cashUp.counted')}</th>
          <th className="number">{t('cashUp.expected')}</th>
          <th>{t('cashUp.difference')}</th>
        </tr>
      </thead>
      <tbody>
        {cashUp.tenders.map((tender) => (
          <tr key={`${tender.tender} ${tender.currency}`}>
            <th scope="row">
              {tender.tender === 'cash'
                ? t('cashUp.cash')
                : networkOf({ accountId: tender.tender, provider: tender.label })}
              {tender.currency === cashUp.currency ? null : ` (${tender.currency})`}
            </th>
            <td className="number figures">{figure(tender.countedMinor)}</td>
            <td className="number figures">{figure(tender.expectedMinor)}</td>
            <td>
              <Verdict differenceMinor={tender.differenceMinor} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What was not certain at the moment of counting: a difference may come from here. */
function OpenItems({ cashUp }: { readonly cashUp: CashUp }) {
  const { t } = useWords()
  const { money, time } = useWording()
  if (cashUp.openItems.length === 0) return <p className="quiet">{t('cashUp.nothingOpen')}</p>
  return (
    <section aria-label={t('cashUp.openItems')}>
      <h3 className="tone-amber">
        <span aria-hidden="true">? </span>
        {t('cashUp.openItems')}
      </h3>
      <ul className="open-items">
        {cashUp.openItems.map((item) => (
          <li key={`${item.kind} ${item.at} ${item.code} ${item.phone} ${item.amountMinor}`}>
            <strong className="figures">{money(item.amountMinor, cashUp.currency)}</strong>{' '}
            {t(`cashUp.open.${item.kind}`)}{' '}
            <span className="quiet figures">
              {[item.label, item.phone === null ? null : formatPhone(item.phone), item.code, time(item.at)]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface CashUpResultProps {
  readonly cashUp: CashUp
  readonly onAgain: () => void
}

/** What was counted, what stood against it, and what nobody could know. */
export function CashUpResult({ cashUp, onAgain }: CashUpResultProps) {
  const { t } = useWords()
  const { client } = useKaunta()
  const { money, time } = useWording()
  const action = useAction()
  const [jobId, setJobId] = useState<string | null>(null)
  const { floatMinor, leftMinor, currency } = cashUp
  return (
    <section
      className="settings-card form cash-up"
      aria-label={t('cashUp.result')}
      data-testid="cash-up-result"
    >
      <h2>{t('cashUp.number', { number: cashUp.number })}</h2>
      <p className="quiet figures">
        {t('cashUp.stretch', { from: time(cashUp.since), to: time(cashUp.until), sales: cashUp.sales })}
        {cashUp.staffName === null ? '' : ` · ${cashUp.staffName}`}
      </p>
      <Tenders cashUp={cashUp} />
      <p className="figures">
        {t('cashUp.floats', { before: money(floatMinor, currency), after: money(leftMinor, currency) })}
      </p>
      {cashUp.note === '' ? null : <p>{cashUp.note}</p>}
      <OpenItems cashUp={cashUp} />
      <ErrorBanner error={action.error} />
      <div className="panel-buttons">
        <Button
          variant="light"
          aria-busy={action.busy}
          onClick={() =>
            void action.run(async () => setJobId((await client.cashUps.print({ id: cashUp.id })).id))
          }
        >
          {t('cashUp.printAgain')}
        </Button>
        <Button variant="default" onClick={onAgain}>
          {t('cashUp.again')}
        </Button>
        <span role="status">{jobId === null ? null : <CashUpPaper jobId={jobId} />}</span>
      </div>
    </section>
  )
}
