import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Link } from 'wouter'
import type { MoneyNetwork, Payment } from '../../../src-preload/contract/payments.ts'
import { formatSaleNumber } from '../../../src-preload/contract/sale-number.ts'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { formatPhone } from '../../components/phone.ts'
import { isPaymentAlive, paymentStatus } from '../../components/status.ts'
import { StatusMark } from '../../components/status-mark.tsx'
import { useAction } from '../../components/use-action.ts'
import { useProblemWords, useReason } from '../../components/use-sentences.ts'
import { useWording } from '../../components/use-wording.ts'
import { useKaunta } from '../../kaunta.tsx'
import { DecidePayment } from '../counter/decide-dialog.tsx'
import { Evidence } from './evidence.tsx'
import { ReverseDialog } from './reverse-dialog.tsx'
import { useMoneyNetworks, useNetworkNames } from './use-money-networks.ts'
import { useWords } from './words.ts'

/** Why a paid payment cannot go back from here, or null when it can. */
function useUnreturnable() {
  const problem = useProblemWords()
  return (payment: Payment, network: MoneyNetwork | undefined): string | null => {
    const provider = network?.label ?? payment.provider
    if (network?.reverse == null) return problem('REVERSE_UNABLE', { provider })
    if (network.reverse.needsCode && payment.receiptCode === null) {
      return problem('REVERSE_NEEDS_CODE', { provider })
    }
    return null
  }
}

interface StepsProps {
  readonly payment: Payment
  readonly network: MoneyNetwork | undefined
}

/** Giving back is offered where the network can, and the reason stands there where it cannot. */
function GiveBack({ payment, network }: StepsProps) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  const unreturnable = useUnreturnable()
  if (payment.state !== 'completed') return null
  const why = unreturnable(payment, network)
  if (why !== null) return <p className="quiet">{why}</p>
  return (
    <>
      <div className="panel-buttons">
        <Button variant="default" onClick={() => setOpen(true)}>
          {t('reverse.open')}
        </Button>
      </div>
      {open ? (
        <ReverseDialog
          payment={payment}
          partial={network?.reverse?.partial ?? false}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  )
}

function PaymentSteps({ payment, network }: StepsProps) {
  const { t } = useWords()
  const { client } = useKaunta()
  const [deciding, setDeciding] = useState(false)
  const action = useAction()
  const alive = isPaymentAlive(payment) && payment.state !== 'pending'
  return (
    <>
      <ErrorBanner error={action.error} />
      <div className="panel-buttons">
        {payment.state === 'unknown' ? (
          <Button variant={payment.needsDecision ? 'filled' : 'light'} onClick={() => setDeciding(true)}>
            {t('counter.decide')}
          </Button>
        ) : null}
        {alive && payment.canAsk ? (
          <Button
            variant="light"
            aria-busy={action.busy}
            onClick={() => void action.run(() => client.payments.checkNow({ id: payment.id }))}
          >
            {t('counter.checkNow')}
          </Button>
        ) : null}
        <Link href={`/sale/${payment.saleId}`}>{t('payments.toCounter')}</Link>
      </div>
      <GiveBack payment={payment} network={network} />
      {deciding ? <DecidePayment payment={payment} onClose={() => setDeciding(false)} /> : null}
    </>
  )
}

interface FactProps {
  readonly name: string
  readonly children: ReactNode
}

function Fact({ name, children }: FactProps) {
  return (
    <>
      <dt>{name}</dt>
      <dd className="figures">{children}</dd>
    </>
  )
}

function Facts({ payment }: { readonly payment: Payment }) {
  const { t } = useWords()
  const { money } = useWording()
  const networkOf = useNetworkNames()
  const { saleNumber, receiptCode, claimedCode, proof, currency, excessMinor, reversedMinor } = payment
  return (
    <dl className="facts">
      <Fact name={t('payments.who')}>{formatPhone(payment.phone)}</Fact>
      <Fact name={t('payPanel.network')}>{networkOf(payment)}</Fact>
      <Fact name={t('payments.origin')}>{t(`payments.origins.${payment.origin}`)}</Fact>
      {saleNumber === null ? null : (
        <Fact name={t('payments.sale')}>{formatSaleNumber({ number: saleNumber })}</Fact>
      )}
      {receiptCode === null ? null : <Fact name={t('payments.code')}>{receiptCode}</Fact>}
      {claimedCode === null || claimedCode === receiptCode ? null : (
        <Fact name={t('payments.claimed')}>{claimedCode}</Fact>
      )}
      {proof === null ? null : <Fact name={t('payments.proof')}>{t(`payments.proofs.${proof}`)}</Fact>}
      {excessMinor === 0 ? null : <Fact name={t('status.overpaid')}>{money(excessMinor, currency)}</Fact>}
      {reversedMinor === 0 ? null : (
        <Fact name={t('payments.returned')}>{money(reversedMinor, currency)}</Fact>
      )}
      {payment.staffName === null ? null : <Fact name={t('payments.staff')}>{payment.staffName}</Fact>}
    </dl>
  )
}

/** One payment: what it rests on, what can be done, and every piece of evidence. */
export function PaymentDetails({ id }: { readonly id: string }) {
  const { t } = useWords()
  const { queries } = useKaunta()
  const { money } = useWording()
  const reason = useReason()
  const networks = useMoneyNetworks()
  const { data: payment, error } = useQuery(queries.payments.get.queryOptions({ input: { id } }))
  if (payment === undefined) return <ErrorBanner error={error} />
  const network = networks.find(({ accountId }) => accountId === payment.accountId)
  return (
    <>
      <h2 className="figures">{money(payment.amountMinor, payment.currency)}</h2>
      <StatusMark status={paymentStatus(payment)} />
      <Facts payment={payment} />
      {payment.reason === null ? null : <p>{reason(payment.reason)}</p>}
      <PaymentSteps payment={payment} network={network} />
      <Evidence events={payment.events} stateWord={({ to }) => t(`payments.states.${to}`)} />
    </>
  )
}
