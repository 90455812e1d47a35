import { Button, NativeSelect } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { Currency } from '../../../src-preload/contract/money.ts'
import type { Practice } from '../../../src-preload/contract/practice.ts'
import { formatPhone } from '../../components/phone.ts'
import { useWording } from '../../components/use-wording.ts'
import { type ByHand, PayByHand } from './pay-by-hand.tsx'
import { PinPad, type PromptAnswer } from './pin-pad.tsx'
import type { PracticeActions } from './practice-actions.ts'
import { useWords } from './words.ts'

interface PracticePhoneProps extends PracticeActions {
  readonly practice: Practice
  /** The customer is done with the request; the till goes on. */
  readonly onAnswered: () => void
}

type Handset = Practice['phones'][number]

/** The practice wallets hold the money of the country in their number. */
function currencyOf(phone: string): Currency {
  return phone.startsWith('+254') ? 'KES' : 'TZS'
}

function Items({ handset }: { readonly handset: Handset }) {
  const { t } = useWords()
  const { time } = useWording()
  const list = useRef<HTMLOListElement>(null)
  const newest = handset.items.at(-1)?.id
  useEffect(() => {
    const element = list.current
    if (element !== null && newest !== undefined) element.scrollTop = element.scrollHeight
  }, [newest])
  if (handset.items.length === 0) return <p className="phone-empty">{t('practice.noItems')}</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the arrow keys
    <ol ref={list} className="phone-items" tabIndex={0} aria-label={t('practice.phone')}>
      {handset.items.map((item) => (
        <li key={item.id} className={`phone-item phone-item-${item.app}`}>
          <span className="phone-item-head">
            <strong>{t(`practice.apps.${item.app}`)}</strong>
            <span>{item.from}</span>
            <span className="figures">{time(item.at)}</span>
          </span>
          <span className="phone-item-text">{item.text}</span>
        </li>
      ))}
    </ol>
  )
}

interface ScreenProps {
  readonly handset: Handset
  readonly byHand: boolean
  readonly onAnswer: (promptId: string, answer: PromptAnswer) => void
  readonly onPay: (payment: ByHand) => void
  readonly onBack: () => void
}

/** A request of the network lies over everything; else the menu that is open, else what arrived. */
function Screen({ handset, byHand, onAnswer, onPay, onBack }: ScreenProps) {
  const { prompt } = handset
  if (prompt !== null) {
    return <PinPad key={prompt.id} text={prompt.text} onAnswer={(answer) => onAnswer(prompt.id, answer)} />
  }
  if (byHand) return <PayByHand phone={handset.phone} onPay={onPay} onBack={onBack} />
  return <Items handset={handset} />
}

/** A customer's handset: what arrived on it, and the payment request with its PIN pad. */
export function PracticePhone({ practice, client, run, onAnswered }: PracticePhoneProps) {
  const { t } = useWords()
  const { money } = useWording()
  const [byHand, setByHand] = useState(false)
  const left = useRef(false)
  const handset = practice.phones.find(({ phone }) => phone === practice.shown) ?? practice.phones[0]
  if (handset === undefined) return null
  const { prompt } = handset
  return (
    <section className="phone" aria-label={t('practice.phone')} data-testid="practice-phone">
      <NativeSelect
        size="sm"
        aria-label={t('practice.choosePhone')}
        value={handset.phone}
        data={practice.phones.map(({ phone, whatsAppLinked }) => ({
          value: phone,
          label: `${formatPhone(phone)}${whatsAppLinked ? ` · ${t('practice.shopPhone')}` : ''}`,
        }))}
        onChange={(event) => run(client.showPhone({ phone: event.currentTarget.value }))}
      />
      <p className="phone-balance figures">
        <span>
          {t('practice.balance', { amount: money(handset.balanceMinor, currencyOf(handset.phone)) })}
        </span>
      </p>
      <div className="phone-screen">
        <Screen
          handset={handset}
          byHand={byHand}
          onAnswer={(promptId, answer) => {
            run(client.answerPrompt({ phone: handset.phone, promptId, answer }))
            onAnswered()
          }}
          onPay={(payment) => {
            run(client.payByHand({ phone: handset.phone, ...payment }))
            setByHand(false)
            onAnswered()
          }}
          onBack={() => {
            left.current = true
            setByHand(false)
          }}
        />
      </div>
      {prompt === null && !byHand ? (
        <Button
          // Whoever leaves the menu is at the button that opened it.
          ref={(button) => {
            if (left.current) button?.focus()
            left.current = false
          }}
          size="sm"
          variant="default"
          onClick={() => setByHand(true)}
        >
          {t('practice.byHand')}
        </Button>
      ) : null}
      {practice.canScan ? (
        <Button
          size="sm"
          onClick={() => {
            run(client.scanCode())
            onAnswered()
          }}
        >
          {t('practice.scan')}
        </Button>
      ) : null}
    </section>
  )
}
