import { useQuery } from '@tanstack/react-query'
import type { Payment } from '../../../src-preload/contract/payments.ts'
import { networkName } from '../../components/network-name.ts'
import { formatPhone } from '../../components/phone.ts'
import { isPaymentAlive } from '../../components/status.ts'
import { useProblemWords, useReason } from '../../components/use-sentences.ts'
import { useWording } from '../../components/use-wording.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useKaunta } from '../../kaunta.tsx'
import { PrintTitle, usePrintFacts, useWhyPrint } from './print-words.tsx'
import { type TimeLineItem, weakProof } from './time-line.ts'
import { useNetworks } from './use-networks.ts'

const originWords = {
  prompt: 'counter.askedToPay',
  code: 'counter.codeShown',
  notice: 'counter.cameIn',
} as const satisfies Record<Payment['origin'], string>

function PaymentTitle({ payment }: { readonly payment: Payment }) {
  const { t } = useWords()
  const { money } = useWording()
  const networks = useNetworks(payment.currency)
  const network = networks.find(({ accountId }) => accountId === payment.accountId)
  const name = network === undefined ? null : networkName(network, networks)
  return (
    <>
      {t(originWords[payment.origin], { amount: money(payment.amountMinor, payment.currency) })}{' '}
      <span className="quiet figures">
        {[payment.phone === null ? null : formatPhone(payment.phone), name].filter(Boolean).join(' · ')}
      </span>
    </>
  )
}

/** What a line of the time line is about. */
export function Title({ item }: { readonly item: TimeLineItem }) {
  const { t } = useWords()
  const { money } = useWording()
  switch (item.kind) {
    case 'message':
      return (
        <>
          {t(`counter.receiptBy.${item.message.channel}`)}{' '}
          <span className="quiet figures">
            {formatPhone(item.message.to)}
            {item.message.attachment === null ? null : ' · PDF'}
          </span>
        </>
      )
    case 'payment':
      return <PaymentTitle payment={item.payment} />
    case 'transfer':
      return t('counter.givenBack', { amount: money(item.transfer.amountMinor, item.transfer.currency) })
    case 'notice':
      return (
        <>
          {t('counter.cameIn', { amount: money(item.notice.amountMinor, item.notice.currency) })}{' '}
          <span className="quiet figures">
            {[item.notice.phoneShown, item.notice.payerName, item.notice.code].filter(Boolean).join(' · ')}
          </span>
        </>
      )
    case 'print':
      return <PrintTitle job={item.job} />
    default:
      return t('counter.refused')
  }
}

type RowItem = Exclude<TimeLineItem, { kind: 'refusal' | 'notice' }>

function rowOf(item: RowItem) {
  switch (item.kind) {
    case 'message':
      return item.message
    case 'payment':
      return item.payment
    case 'transfer':
      return item.transfer
    default:
      return item.job
  }
}

/** A payment that nobody can say of yet, and that no code speaks for. */
function isUnsure({ state, claimedCode, reason }: Payment): boolean {
  return state === 'unknown' && claimedCode === null && (reason === null || reason === 'unknownOutcome')
}

function useReturnFacts() {
  const { t } = useWords()
  const { money } = useWording()
  return ({ excessMinor, reversedMinor, state, currency }: Payment): (string | null)[] => [
    excessMinor > 0 ? t('counter.excess', { amount: money(excessMinor, currency) }) : null,
    reversedMinor > 0 && state === 'completed'
      ? t('counter.partReturned', { amount: money(reversedMinor, currency) })
      : null,
  ]
}

function usePaymentFacts() {
  const { t } = useWords()
  const reason = useReason()
  const returnFacts = useReturnFacts()
  return (payment: Payment): (string | null)[] => {
    const code = payment.receiptCode ?? payment.claimedCode
    const mute = isPaymentAlive(payment) && !payment.canAsk && payment.reason !== 'reportOnly'
    const proof = weakProof(payment)
    return [
      code === null ? null : t('counter.code', { code }),
      isUnsure(payment) ? t('counter.whileUnknown') : null,
      mute ? reason('reportOnly') : null,
      proof === null || proof === 'person' ? null : t(`counter.proofs.${proof}`),
      ...returnFacts(payment),
    ]
  }
}

/** The small print of one kind: code and proof of a payment, attempts and cost of a message. */
function useFacts() {
  const { t } = useWords()
  const paymentFacts = usePaymentFacts()
  const printFacts = usePrintFacts()
  return (item: RowItem): (string | null)[] => {
    if (item.kind === 'payment') return paymentFacts(item.payment)
    if (item.kind === 'print') return printFacts(item.job)
    if (item.kind !== 'message') return []
    const { attempts, cost } = item.message
    return [
      attempts > 1 ? t('counter.attempts', { count: attempts }) : null,
      // Providers write "KES 0.8000".
      cost === null ? null : t('counter.cost', { cost: cost.replace(/(\.\d\d)0+$/, '$1') }),
    ]
  }
}

/** Why, and what to do about it. */
function useWhy(number: number | null) {
  const problem = useProblemWords()
  const reason = useReason()
  const whyPrint = useWhyPrint(number)
  return (item: RowItem): string | null => {
    if (item.kind === 'print') return whyPrint(item.job)
    const { reason: code } = rowOf(item)
    // A prompt that met no line has ended, unlike everything else that waits for the line.
    if (item.kind === 'payment' && code === 'offline') return problem('OFFLINE')
    // The line below says it of money, and what not to do.
    if (item.kind === 'payment' && code === 'unknownOutcome') return null
    // Who decided stands beside it.
    if (item.kind === 'payment' && code === 'personDecided') return null
    return code === null ? null : reason(code)
  }
}

/** The name of whoever decided; read from the evidence, which alone has it. */
function DecidedBy({ payment }: { readonly payment: Payment }) {
  const { t } = useWords()
  const { queries } = useKaunta()
  const { data } = useQuery(queries.payments.get.queryOptions({ input: { id: payment.id } }))
  const decision = data?.events.findLast(({ source, applied }) => source === 'person' && applied)
  const name = decision?.staffName ?? null
  return <>{name === null ? t('counter.proofs.person') : t('counter.decidedBy', { name })}</>
}

function isDecided({ proof, reason }: Payment): boolean {
  return proof === 'person' || reason === 'personDecided'
}

/** The second line: why, what is known of it, and who said so. */
export function Detail({ item, number }: { readonly item: TimeLineItem; readonly number: number | null }) {
  const { t } = useWords()
  const { say } = useWording()
  const why = useWhy(number)
  const factsOf = useFacts()
  if (item.kind === 'refusal') return <p className="item-detail">{say(item.problem.sentence)}</p>
  if (item.kind === 'notice') return <p className="item-detail">{t('counter.noticeFits')}</p>
  // The provider's own words stand in the outbox, for support.
  const facts = [why(item), ...factsOf(item)].filter((fact) => fact !== null)
  const decided = item.kind === 'payment' && isDecided(item.payment) ? item.payment : null
  if (facts.length === 0 && decided === null) return null
  return (
    <p className="item-detail">
      {facts.join(' · ')}
      {facts.length > 0 && decided !== null ? ' · ' : ''}
      {decided === null ? null : <DecidedBy payment={decided} />}
    </p>
  )
}
