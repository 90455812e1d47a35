import { Button, CloseButton } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { problems } from '../../../src-preload/contract/errors.ts'
import type { Payment } from '../../../src-preload/contract/payments.ts'
import type { PrintJob } from '../../../src-preload/contract/printing.ts'
import { Elapsed } from '../../components/elapsed.tsx'
import { formatPhone } from '../../components/phone.ts'
import { isPaymentAlive } from '../../components/status.ts'
import { StatusMark } from '../../components/status-mark.tsx'
import { useWording } from '../../components/use-wording.ts'
import { type NextStep, nextSteps, statusOf, type TimeLineItem } from './time-line.ts'

interface TimeLineProps {
  readonly items: readonly TimeLineItem[]
  readonly payments: readonly Payment[]
  readonly onStep: (step: NextStep, item: TimeLineItem) => void
  readonly onDismiss: (refusalId: string) => void
  /** Stands at the end of the heading's line. */
  readonly beside?: ReactNode
}

const stepWords = {
  retryMessage: 'common.tryAgain',
  sendNow: 'counter.sendNow',
  cancel: 'counter.cancelSending',
  linkWhatsApp: 'counter.linkWhatsApp',
  sendBySms: 'counter.sendBySms',
  decideMessage: 'counter.decide',
  checkNow: 'counter.checkNow',
  decidePayment: 'counter.decide',
  askAgain: 'counter.askAgain',
  paperYes: 'counter.paperYes',
  paperNo: 'counter.paperNo',
  retryPrint: 'common.tryAgain',
} as const satisfies Record<NextStep, string>

const stepKeys: Partial<Record<NextStep, string>> = { askAgain: 'F6', linkWhatsApp: 'F9' }

function usePrintTitle() {
  const { t } = useTranslation()
  return (job: PrintJob) => {
    switch (job.purpose) {
      case 'receipt':
        return t('counter.printReceipt')
      case 'copy':
        return t('counter.printCopy', { number: job.copyNumber })
      case 'drawer':
        return t('counter.printDrawer')
      default:
        return t('counter.printTest')
    }
  }
}

function Title({ item }: { readonly item: TimeLineItem }) {
  const { t } = useTranslation()
  const { money } = useWording()
  const printTitle = usePrintTitle()
  switch (item.kind) {
    case 'message':
      return (
        <>
          {t(item.message.channel === 'sms' ? 'counter.smsReceipt' : 'counter.whatsappReceipt')}{' '}
          <span className="quiet figures">{formatPhone(item.message.to)}</span>
        </>
      )
    case 'payment':
      return (
        <>
          {t('counter.askedToPay', { amount: money(item.payment.amountMinor, item.payment.currency) })}{' '}
          <span className="quiet figures">{formatPhone(item.payment.phone)}</span>
        </>
      )
    case 'print':
      return printTitle(item.job)
    default:
      return t('counter.refused')
  }
}

type RowItem = Exclude<TimeLineItem, { kind: 'refusal' }>

function rowOf(item: RowItem) {
  if (item.kind === 'message') return item.message
  return item.kind === 'payment' ? item.payment : item.job
}

/** The small print of one kind: code of a payment, attempts and cost of a message. */
function useFacts() {
  const { t } = useTranslation()
  return (item: RowItem): (string | null)[] => {
    if (item.kind === 'payment') {
      const { receiptCode, state, reason } = item.payment
      return [
        receiptCode === null ? null : t('counter.code', { code: receiptCode }),
        state === 'unknown' && (reason === null || reason === 'unknownOutcome')
          ? t('counter.whileUnknown')
          : null,
      ]
    }
    if (item.kind === 'print') return []
    const { attempts, cost } = item.message
    return [
      attempts > 1 ? t('counter.attempts', { count: attempts }) : null,
      cost === null ? null : t('counter.cost', { cost }),
    ]
  }
}

/** Why, and what to do about it. */
function useWhy() {
  const { reason, say } = useWording()
  return (item: RowItem): string | null => {
    const { reason: code } = rowOf(item)
    // A prompt that met no line has ended, unlike everything else that waits for the line.
    if (item.kind === 'payment' && code === 'offline') return say(problems.OFFLINE)
    // The line below says it of money, and what not to do.
    if (item.kind === 'payment' && code === 'unknownOutcome') return null
    return code === null ? null : reason(code)
  }
}

function Detail({ item }: { readonly item: TimeLineItem }) {
  const { say } = useWording()
  const why = useWhy()
  const factsOf = useFacts()
  if (item.kind === 'refusal') return <p className="item-detail">{say(item.problem.sentence)}</p>
  const row = rowOf(item)
  // The provider's own words help only where the reason says to read them; the outbox keeps them all.
  const theirs = row.reason === 'rejected' ? row.detail : null
  const facts = [why(item), ...factsOf(item), theirs].filter((fact) => fact !== null)
  return facts.length === 0 ? null : <p className="item-detail">{facts.join(' · ')}</p>
}

interface ItemProps extends Omit<TimeLineProps, 'items' | 'beside'> {
  readonly item: TimeLineItem
}

function Item({ item, payments, onStep, onDismiss }: ItemProps) {
  const { t } = useTranslation()
  const { time } = useWording()
  const status = statusOf(item)
  const alive = item.kind === 'payment' && isPaymentAlive(item.payment) ? item.payment : null
  return (
    <li className="item" role={item.kind === 'refusal' ? 'alert' : undefined}>
      <div className="item-head">
        {status === null ? (
          <span className="status tone-red">
            <span aria-hidden="true" className="status-shape">
              ✕
            </span>
          </span>
        ) : (
          <StatusMark status={status} />
        )}
        <span className="item-title">
          <Title item={item} />
        </span>
        {alive === null ? (
          <time className="item-time figures" dateTime={new Date(item.at).toISOString()}>
            {time(item.at)}
          </time>
        ) : (
          <span className="item-time">
            <Elapsed since={alive.promptedAt ?? alive.createdAt} />
          </span>
        )}
        {item.kind === 'refusal' ? (
          <CloseButton aria-label={t('common.dismiss')} onClick={() => onDismiss(item.id)} />
        ) : null}
      </div>
      <div className="item-foot">
        <Detail item={item} />
        {nextSteps(item, payments).map((step, index) => (
          <Button
            key={step}
            size="sm"
            variant={index === 0 ? 'light' : 'default'}
            onClick={() => onStep(step, item)}
          >
            {stepKeys[step] === undefined ? '' : `${stepKeys[step]} `}
            {t(stepWords[step])}
          </Button>
        ))}
      </div>
    </li>
  )
}

/** The only place where the fate of what this sale sent appears; newest on top. */
export function TimeLine(props: TimeLineProps) {
  const { t } = useTranslation()
  return (
    <section className="time-line" aria-labelledby="time-line-title">
      <header className="time-line-head">
        <h2 id="time-line-title">{t('counter.timeLine')}</h2>
        {props.beside}
      </header>
      <div data-testid="time-line" aria-live="polite" aria-relevant="additions text">
        {props.items.length === 0 ? <p className="quiet">{t('counter.timeLineEmpty')}</p> : null}
        <ol>
          {props.items.map((item) => (
            <Item
              key={item.id}
              item={item}
              payments={props.payments}
              onStep={props.onStep}
              onDismiss={props.onDismiss}
            />
          ))}
        </ol>
      </div>
    </section>
  )
}
