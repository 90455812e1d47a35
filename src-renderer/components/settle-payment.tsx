import type { Payment } from '../../src-preload/contract/payments.ts'
import { useWords } from '../i18n/use-words.ts'
import { useKaunta } from '../kaunta.tsx'
import { type SettleChoice, SettleForm } from './settle-form.tsx'
import { useIsManager } from './use-staff.ts'

export type PaymentOutcome = 'paid' | 'notPaid'

interface SettlePaymentProps {
  readonly payment: Payment
  readonly chosen: PaymentOutcome | null
  readonly onChoose: (outcome: PaymentOutcome) => void
  readonly onDone: () => void
}

/** A person says what became of an unknown payment. */
export function SettlePayment({ payment, chosen, onChoose, onDone }: SettlePaymentProps) {
  const { t } = useWords()
  const { client } = useKaunta()
  const manager = useIsManager()
  const choices: readonly SettleChoice<PaymentOutcome>[] = [
    {
      value: 'paid',
      label: t('decide.paid'),
      letter: 'P',
      notes: [t('decide.notes.sawMessage'), t('decide.notes.sawStatement')],
      withCode: true,
    },
    {
      value: 'notPaid',
      label: t('decide.notPaid'),
      letter: 'N',
      notes: [t('decide.notes.noMessage'), t('decide.notes.notOnStatement'), t('decide.notes.paidOtherwise')],
    },
  ]
  return (
    <SettleForm
      legend={t('decide.paymentTitle')}
      choices={choices}
      chosen={chosen}
      onChoose={onChoose}
      code={payment.claimedCode ?? payment.receiptCode ?? payment.toldCode ?? ''}
      asksPin={!manager}
      submitLabel={t('decide.keep')}
      settle={({ outcome, note, code, managerPin }) =>
        client.payments.decide({
          id: payment.id,
          outcome,
          note,
          ...(outcome === 'paid' && code !== '' ? { receiptCode: code } : {}),
          ...(managerPin === null ? {} : { managerPin }),
        })
      }
      onDone={onDone}
    />
  )
}
