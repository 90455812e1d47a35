import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Message } from '../../../src-preload/contract/messaging.ts'
import type { Payment } from '../../../src-preload/contract/payments.ts'
import { Dialog } from '../../components/dialog.tsx'
import { ProblemNotice } from '../../components/problem-notice.tsx'
import { useKaunta } from '../../kaunta.tsx'
import type { TimeLineItem } from './time-line.ts'
import type { Desk } from './use-desk.ts'

interface DecideDialogProps {
  readonly item: TimeLineItem
  readonly desk: Desk
  readonly onClose: () => void
}

/** What only a person can end: an unknown payment or an unknown message. */
export default function DecideDialog({ item, onClose }: DecideDialogProps) {
  if (item.kind === 'payment') return <DecidePayment payment={item.payment} onClose={onClose} />
  if (item.kind === 'message') return <DecideMessage message={item.message} onClose={onClose} />
  return null
}

const shortestNote = 3

export function DecidePayment({
  payment,
  onClose,
}: {
  readonly payment: Payment
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const { client } = useKaunta()
  const [outcome, setOutcome] = useState<'paid' | 'notPaid' | null>(null)
  const [code, setCode] = useState('')
  const [note, setNote] = useState('')
  const [error, setError] = useState<unknown>(null)
  const submit = async () => {
    if (outcome === null) return
    try {
      const receiptCode = outcome === 'paid' && code.trim() !== '' ? { receiptCode: code } : {}
      await client.payments.decide({ id: payment.id, outcome, note, ...receiptCode })
      onClose()
    } catch (refused) {
      setError(refused)
    }
  }
  return (
    <Dialog title={t('decide.paymentTitle')} onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <p>{t('decide.paymentAsk')}</p>
        <div className="choice-row" role="radiogroup" aria-label={t('decide.paymentTitle')}>
          {(['paid', 'notPaid'] as const).map((value) => (
            <label key={value} className="choice">
              <input
                type="radio"
                name="outcome"
                checked={outcome === value}
                onChange={() => setOutcome(value)}
              />
              <span>{t(`decide.${value}`)}</span>
            </label>
          ))}
        </div>
        {outcome === 'paid' ? (
          <TextInput
            label={t('decide.code')}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            autoComplete="off"
          />
        ) : null}
        <TextInput
          label={t('decide.note')}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          autoComplete="off"
          required
        />
        <ProblemNotice error={error} />
        <Button type="submit" disabled={outcome === null || note.trim().length < shortestNote}>
          {t('decide.keep')}
        </Button>
      </form>
    </Dialog>
  )
}

function DecideMessage({ message, onClose }: { readonly message: Message; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const { client } = useKaunta()
  const [error, setError] = useState<unknown>(null)
  const decide = async (happened: boolean) => {
    try {
      await client.outbox.decide({ id: message.effectId, happened })
      onClose()
    } catch (refused) {
      setError(refused)
    }
  }
  return (
    <Dialog title={t('decide.messageTitle')} onClose={onClose}>
      <p>{t('decide.messageAsk')}</p>
      <ProblemNotice error={error} />
      <div className="panel-buttons">
        <Button onClick={() => void decide(true)}>{t('decide.arrived')}</Button>
        <Button variant="default" onClick={() => void decide(false)}>
          {t('decide.notArrived')}
        </Button>
      </div>
    </Dialog>
  )
}
