import { Button } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import type { Payment } from '../../../src-preload/contract/payments.ts'
import type { Transfer } from '../../../src-preload/contract/transfers.ts'
import { SettleForm } from '../../components/settle-form.tsx'
import { SettlePayment } from '../../components/settle-payment.tsx'
import { useReason } from '../../components/use-sentences.ts'
import { useIsManager } from '../../components/use-staff.ts'
import { useWording } from '../../components/use-wording.ts'
import { useKaunta } from '../../kaunta.tsx'
import type { AttentionRow, Outcome } from './attention-rows.ts'
import { SettleNotice } from './notice-settle.tsx'
import { SettleReport } from './report-settle.tsx'
import { ReverseDialog } from './reverse-dialog.tsx'
import { SettleTransfer } from './transfer-settle.tsx'
import { useMoneyNetworks } from './use-money-networks.ts'
import { useWords } from './words.ts'

interface SettleProps {
  readonly outcome: Outcome | null
  readonly onOutcome: (outcome: Outcome) => void
  readonly onDone: () => void
}

interface AttentionSettleProps extends SettleProps {
  readonly row: AttentionRow
}

function Unknown({ payment, outcome, onOutcome, onDone }: SettleProps & { readonly payment: Payment }) {
  const { t } = useWords()
  const { money } = useWording()
  const reason = useReason()
  const { toldAmount, toldCode } = payment
  const asked = money(payment.amountMinor, payment.currency)
  return (
    <>
      <h2>{t('decide.paymentTitle')}</h2>
      {payment.reason === null ? null : <p>{reason(payment.reason)}</p>}
      {toldAmount === null ? null : <p>{t('decide.toldAmount', { asked, told: toldAmount })}</p>}
      {toldCode === null ? null : <p>{t('decide.toldCode', { code: toldCode })}</p>}
      <p className="quiet">{t('decide.paymentAsk')}</p>
      <SettlePayment
        payment={payment}
        chosen={outcome === 'paid' || outcome === 'notPaid' ? outcome : null}
        onChoose={onOutcome}
        onDone={onDone}
      />
      <Link href={`/payments/list/${payment.id}`}>{t('attention.evidence')}</Link>
    </>
  )
}

function Overpaid({ payment, outcome, onOutcome, onDone }: SettleProps & { readonly payment: Payment }) {
  const { t } = useWords()
  const { client } = useKaunta()
  const { money } = useWording()
  const manager = useIsManager()
  const [returning, setReturning] = useState(false)
  const network = useMoneyNetworks().find(({ accountId }) => accountId === payment.accountId)
  const { excessMinor, currency } = payment
  return (
    <>
      <h2>{t('attention.overpaidTitle', { amount: money(excessMinor, currency) })}</h2>
      <p className="quiet">{t('attention.overpaidAsk')}</p>
      {network?.reverse == null ? null : (
        <div className="panel-buttons">
          <Button variant="light" onClick={() => setReturning(true)}>
            {t('reverse.open')}
          </Button>
        </div>
      )}
      <SettleForm
        legend={t('attention.overpaidSettle')}
        choices={[
          {
            value: 'settled',
            label: t('attention.overpaidSettle'),
            letter: 'S',
            notes: [
              t('attention.excessNotes.cash'),
              t('attention.excessNotes.portal'),
              t('attention.excessNotes.kept'),
            ],
          },
        ]}
        chosen={outcome === 'settled' ? outcome : null}
        onChoose={onOutcome}
        asksPin={!manager}
        submitLabel={t('attention.settleKey')}
        settle={({ note, managerPin }) =>
          client.payments.writeOffExcess({
            id: payment.id,
            note,
            ...(managerPin === null ? {} : { managerPin }),
          })
        }
        onDone={onDone}
      />
      <Link href={`/payments/list/${payment.id}`}>{t('attention.evidence')}</Link>
      {returning ? (
        <ReverseDialog
          payment={payment}
          partial={network?.reverse?.partial ?? false}
          amountMinor={excessMinor}
          onClose={() => setReturning(false)}
        />
      ) : null}
    </>
  )
}

function Unsent({ transfer, ...rest }: SettleProps & { readonly transfer: Transfer }) {
  const { t } = useWords()
  const { outcome, onOutcome, onDone } = rest
  return (
    <>
      <h2>{t('transfers.decideTitle')}</h2>
      <p className="quiet">{t('transfers.decideAsk')}</p>
      <SettleTransfer
        transfer={transfer}
        chosen={outcome === 'done' || outcome === 'notDone' ? outcome : null}
        onChoose={onOutcome}
        onDone={onDone}
      />
    </>
  )
}

/** Ends one row of the manager's list. */
export function AttentionSettle({ row, outcome, onOutcome, onDone }: AttentionSettleProps) {
  const parts = { outcome, onOutcome, onDone }
  switch (row.kind) {
    case 'unknown':
      return <Unknown payment={row.payment} {...parts} />
    case 'overpaid':
      return <Overpaid payment={row.payment} {...parts} />
    case 'transfer':
      return <Unsent transfer={row.transfer} {...parts} />
    case 'report':
      return (
        <SettleReport
          report={row.report}
          chosen={outcome === 'match' || outcome === 'setAside' ? outcome : null}
          onChoose={onOutcome}
          onDone={onDone}
        />
      )
    default:
      return (
        <SettleNotice
          notice={row.notice}
          chosen={outcome === 'match' || outcome === 'setAside' ? outcome : null}
          onChoose={onOutcome}
          onDone={onDone}
        />
      )
  }
}
