import { Button, CloseButton } from '@mantine/core'
import { useRef } from 'react'
import type { Payment } from '../../../src-preload/contract/payments.ts'
import { Elapsed } from '../../components/elapsed.tsx'
import { useKeys } from '../../components/keys.tsx'
import { isPaymentAlive } from '../../components/status.ts'
import { StatusMark } from '../../components/status-mark.tsx'
import { answerWords } from '../../components/use-printer-words.ts'
import { useWording } from '../../components/use-wording.ts'
import { useWords } from '../../i18n/use-words.ts'
import { PrinterNote } from './printer-state.tsx'
import { asksPaper, type NextStep, nextSteps, statusOf, type TimeLineItem } from './time-line.ts'
import { Detail, Title } from './time-line-words.tsx'

interface TimeLineProps {
  readonly items: readonly TimeLineItem[]
  readonly payments: readonly Payment[]
  /** Still to pay: where nothing is, nobody is asked again. */
  readonly dueMinor: number
  /** Of the sale; null while it has none. */
  readonly number: number | null
  readonly onStep: (step: NextStep, item: TimeLineItem) => void
  readonly onDismiss: (refusalId: string) => void
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
  enterCode: 'counter.enterCode',
  writeOffExcess: 'counter.writeOffExcess',
  takeNotice: 'codePanel.take',
  decideTransfer: 'counter.decide',
  ...answerWords,
  retryPrint: 'common.tryAgain',
  printNow: 'counter.printNow',
} as const satisfies Record<NextStep, string>

const stepKeys: Partial<Record<NextStep, string>> = { askAgain: 'F6', enterCode: 'F7', linkWhatsApp: 'F9' }

function keyOf(step: NextStep, asked: boolean): string {
  const key = asked ? 'Alt+A' : stepKeys[step]
  return key === undefined ? '' : `${key} `
}

interface ItemProps extends Omit<TimeLineProps, 'items'> {
  readonly item: TimeLineItem
  /** Alt+A leads to its first answer. */
  readonly asked: boolean
}

function Item({ item, asked, payments, dueMinor, number, onStep, onDismiss }: ItemProps) {
  const { t } = useWords()
  const { time } = useWording()
  const status = statusOf(item)
  const asks = asksPaper(item)
  const alive = item.kind === 'payment' && isPaymentAlive(item.payment) ? item.payment : null
  return (
    <li
      className={asksPaper(item) ? 'item item-asks' : 'item'}
      role={item.kind === 'refusal' ? 'alert' : undefined}
    >
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
        <Detail item={item} number={number} />
        {nextSteps(item, payments, dueMinor).map((step, index) => (
          <Button
            key={step}
            size="sm"
            variant={index > 0 ? 'default' : asks ? 'filled' : 'light'}
            onClick={() => onStep(step, item)}
          >
            {keyOf(step, asked && index === 0)}
            {t(stepWords[step])}
          </Button>
        ))}
      </div>
    </li>
  )
}

/** The only place where the fate of what this sale sent appears; newest on top. */
export function TimeLine(props: TimeLineProps) {
  const { t } = useWords()
  const place = useRef<HTMLElement>(null)
  const asked = props.items.find(asksPaper)?.id
  const toAnswer = () => place.current?.querySelector<HTMLElement>('.item-asks .item-foot button')?.focus()
  // Where nothing in it takes the focus, it takes it itself: else no key could scroll it.
  const still = props.items.every(
    (item) => item.kind !== 'refusal' && nextSteps(item, props.payments, props.dueMinor).length === 0,
  )
  useKeys(asked === undefined ? [] : [{ key: 'Alt+A', label: t('keys.paperAnswer'), run: toAnswer }])
  return (
    <section ref={place} className="time-line" aria-labelledby="time-line-title">
      <header className="time-line-head">
        <h2 id="time-line-title">{t('counter.timeLine')}</h2>
        <PrinterNote />
      </header>
      <div
        data-testid="time-line"
        role="log"
        aria-labelledby="time-line-title"
        aria-relevant="additions text"
        tabIndex={still && props.items.length > 0 ? 0 : undefined}
      >
        {props.items.length === 0 ? <p className="quiet">{t('counter.timeLineEmpty')}</p> : null}
        <ol>
          {props.items.map((item) => (
            <Item
              key={item.id}
              item={item}
              asked={item.id === asked}
              payments={props.payments}
              dueMinor={props.dueMinor}
              number={props.number}
              onStep={props.onStep}
              onDismiss={props.onDismiss}
            />
          ))}
        </ol>
      </div>
    </section>
  )
}
