import { useState } from 'react'
import { DigitKeys } from '../../components/digit-keys.tsx'
import { useWords } from './words.ts'

export type PromptAnswer =
  | { readonly kind: 'pin'; readonly pin: string }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'ignore' }

interface PinPadProps {
  /** The request as the network words it. */
  readonly text: string
  readonly onAnswer: (answer: PromptAnswer) => void
}

const pinLength = 4

/** The payment request on the handset: digits by keyboard or by touch, Enter agrees. */
export function PinPad({ text, onAnswer }: PinPadProps) {
  const { t } = useWords()
  const [pin, setPin] = useState('')
  const type = (digit: string) => setPin((before) => `${before}${digit}`.slice(0, pinLength))
  return (
    <form
      className="pin"
      aria-label={t('practice.prompt')}
      onSubmit={(event) => {
        event.preventDefault()
        if (pin.length === pinLength) onAnswer({ kind: 'pin', pin })
      }}
    >
      <p className="pin-text" role="alert">
        {text}
      </p>
      <label className="pin-field">
        <span>{t('practice.pin')}</span>
        <input
          type="password"
          placeholder="Alt+P"
          inputMode="numeric"
          autoComplete="off"
          value={pin}
          onChange={(event) => setPin(event.currentTarget.value.replace(/\D/g, '').slice(0, pinLength))}
        />
      </label>
      <p className="pin-hint">{t('practice.pinHint')}</p>
      <DigitKeys className="pin-keys" onDigit={type} onErase={() => setPin(pin.slice(0, -1))}>
        <button type="submit" className="pin-ok" disabled={pin.length < pinLength}>
          {t('practice.ok')}
        </button>
      </DigitKeys>
      <div className="pin-other">
        <button type="button" onClick={() => onAnswer({ kind: 'cancel' })}>
          {t('practice.cancelPrompt')}
        </button>
        <button type="button" onClick={() => onAnswer({ kind: 'ignore' })}>
          {t('practice.ignorePrompt')}
        </button>
      </div>
    </form>
  )
}
