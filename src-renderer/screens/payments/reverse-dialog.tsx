import type { Payment } from '../../../src-preload/contract/payments.ts'
import { Dialog } from '../../components/dialog.tsx'
import { formatPhone } from '../../components/phone.ts'
import { useWording } from '../../components/use-wording.ts'
import { useKaunta } from '../../kaunta.tsx'
import { MoneyOutForm } from './money-out.tsx'
import { useWords } from './words.ts'

interface ReverseDialogProps {
  readonly payment: Payment
  /** The network gives back part of a payment, too. */
  readonly partial: boolean
  /** Minor units to begin with; the whole rest when left out. */
  readonly amountMinor?: number
  readonly onClose: () => void
}

/** Gives a customer's money back over the network that brought it. */
export function ReverseDialog({ payment, partial, amountMinor, onClose }: ReverseDialogProps) {
  const { t } = useWords()
  const { client } = useKaunta()
  const { figure, money } = useWording()
  const { currency } = payment
  const leftMinor = payment.amountMinor - payment.reversedMinor
  const judge = (wanted: number | null) => {
    if (wanted === null || wanted === 0) return t('payPanel.badAmount')
    return wanted > leftMinor ? t('reverse.tooMuch', { amount: money(leftMinor, currency) }) : null
  }
  return (
    <Dialog title={t('reverse.title')} onClose={onClose}>
      <p>{t('reverse.explain', { phone: formatPhone(payment.phone) })}</p>
      {partial ? null : <p className="quiet">{t('reverse.wholeOnly')}</p>}
      <MoneyOutForm
        label={t('reverse.title')}
        amount={figure(partial ? (amountMinor ?? leftMinor) : leftMinor)}
        amountFixed={!partial}
        judge={judge}
        notes={[t('reverse.notes.paidTwice'), t('reverse.notes.goodsBack'), t('reverse.notes.wrongAmount')]}
        submitLabel={(wanted) =>
          t('reverse.send', { amount: wanted === null ? '' : money(wanted, currency) })
        }
        ready
        send={({ id, amountMinor: wanted, note, managerPin }) =>
          client.transfers.reverse({
            id,
            paymentId: payment.id,
            note,
            managerPin,
            ...(partial && wanted < leftMinor ? { amountMinor: wanted } : {}),
          })
        }
        onDone={onClose}
      />
    </Dialog>
  )
}
