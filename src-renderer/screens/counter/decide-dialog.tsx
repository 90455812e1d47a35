import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Message } from '../../../src-preload/contract/messaging.ts'
import type { Payment } from '../../../src-preload/contract/payments.ts'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { type PaymentOutcome, SettlePayment } from '../../components/settle-payment.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { useKaunta } from '../../kaunta.tsx'
import type { TimeLineItem } from './time-line.ts'
import type { SaleWorkspace } from './use-sale-workspace.ts'

interface DecideDialogProps {
  readonly item: TimeLineItem
  readonly workspace: SaleWorkspace
  readonly onClose: () => void
}

/** What only a person can end: an unknown payment or an unknown message. */
export default function DecideDialog({ item, onClose }: DecideDialogProps) {
  if (item.kind === 'payment') return <DecidePayment payment={item.payment} onClose={onClose} />
  if (item.kind === 'message') return <DecideMessage message={item.message} onClose={onClose} />
  return null
}

export function DecidePayment({
  payment,
  onClose,
}: {
  readonly payment: Payment
  readonly onClose: () => void
}) {
  const { t } = useWords()
  const [outcome, setOutcome] = useState<PaymentOutcome | null>(null)
  return (
    <Dialog title={t('decide.paymentTitle')} onClose={onClose}>
      <p>{t('decide.paymentAsk')}</p>
      <SettlePayment payment={payment} chosen={outcome} onChoose={setOutcome} onDone={onClose} />
    </Dialog>
  )
}

function DecideMessage({ message, onClose }: { readonly message: Message; readonly onClose: () => void }) {
  const { t } = useWords()
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
      <ErrorBanner error={error} />
      <div className="panel-buttons">
        <Button onClick={() => void decide(true)}>{t('decide.arrived')}</Button>
        <Button variant="default" onClick={() => void decide(false)}>
          {t('decide.notArrived')}
        </Button>
      </div>
    </Dialog>
  )
}
