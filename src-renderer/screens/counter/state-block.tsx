import type { ReactNode } from 'react'
import type { Payment } from '../../../src-preload/contract/payments.ts'
import type { Sale } from '../../../src-preload/contract/receipts.ts'
import { Elapsed } from '../../components/elapsed.tsx'
import { networkName } from '../../components/network-name.ts'
import { formatPhone } from '../../components/phone.ts'
import { paymentStatus } from '../../components/status.ts'
import { useWording } from '../../components/use-wording.ts'
import { useWords } from '../../i18n/use-words.ts'
import { type SaleState, saleStateOf } from './sale-state.ts'
import { askableAgain } from './time-line.ts'
import { useNetworks } from './use-networks.ts'
import type { SaleWorkspace } from './use-sale-workspace.ts'

const shapes: Readonly<Record<SaleState['kind'], string>> = {
  open: '',
  waiting: '◔',
  notSure: '?',
  codeUnknown: '✕',
  paid: '●',
  owed: '◇',
  notPaid: '✕',
}

interface StateBlockProps {
  readonly sale: Sale
  readonly workspace: Pick<SaleWorkspace, 'dueMinor'> & {
    readonly history: Pick<SaleWorkspace['history'], 'payments'>
  }
}

function useStateWords({ sale, workspace }: StateBlockProps) {
  const { t } = useWords()
  const { money } = useWording()
  const networks = useNetworks(sale.currency)
  const networkOf = ({ accountId }: Payment): string | null => {
    const network = networks.find((one) => one.accountId === accountId)
    return network === undefined ? null : networkName(network, networks)
  }
  const joined = (parts: readonly (string | null)[]) => parts.filter((part) => part !== null).join(' · ')
  const of = (payment: Payment): string =>
    joined([networkOf(payment), payment.phone === null ? null : formatPhone(payment.phone)])
  const status = (payment: Payment) => t(`status.${paymentStatus(payment)}`)
  const tenders = () =>
    joined(
      sale.tenders.flatMap(({ kind, network, receiptCode }) => [
        network ?? t(`counter.tenders.${kind}`),
        receiptCode,
      ]),
    )
  return (state: SaleState): string => {
    switch (state.kind) {
      case 'waiting':
        return joined([status(state.payment), of(state.payment)])
      case 'notSure':
        return t('counter.whileUnknown')
      case 'codeUnknown':
        return joined([state.payment.claimedCode, t('counter.codeUnknownDo')])
      case 'notPaid':
        return joined([
          status(state.payment),
          askableAgain(workspace.history.payments) === null ? null : t('counter.askAgainKey'),
        ])
      case 'paid':
        return tenders()
      case 'owed':
        return joined([money(state.owed.amountMinor, sale.currency), state.owed.note])
      default:
        return ''
    }
  }
}

function clockOf(state: SaleState, time: (at: number) => string): ReactNode {
  if (state.kind === 'waiting' || state.kind === 'notSure') return <Elapsed since={state.since} />
  if (state.kind === 'paid') return time(state.at)
  return state.kind === 'notPaid' ? time(state.payment.updatedAt) : null
}

/** The state of the sale, large, where the eye is; the time line below is its history. Its place is kept. */
export function StateBlock({ sale, workspace }: StateBlockProps) {
  const { t } = useWords()
  const { time } = useWording()
  const state = saleStateOf(sale, workspace.history.payments, workspace.dueMinor)
  const detail = useStateWords({ sale, workspace })(state)
  return (
    <div
      className={`sale-state sale-state-${state.kind}`}
      role="status"
      aria-label={t('counter.saleState')}
      data-testid="sale-state"
      data-state={state.kind}
    >
      {state.kind === 'open' ? null : (
        <>
          <strong className="sale-state-word">
            <span aria-hidden="true">{shapes[state.kind]} </span>
            {t(`counter.saleStates.${state.kind}`)}
          </strong>
          <span className="sale-state-clock figures">{clockOf(state, time)}</span>
          <span className="sale-state-detail" title={detail}>
            {detail}
          </span>
        </>
      )}
    </div>
  )
}
