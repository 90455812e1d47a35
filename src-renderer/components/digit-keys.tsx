import type { ReactNode } from 'react'
import { useWords } from '../i18n/use-words.ts'

interface DigitKeysProps {
  readonly className: string
  readonly disabled?: boolean
  readonly onDigit: (digit: string) => void
  readonly onErase: () => void
  /** The key at the lower right. */
  readonly children?: ReactNode
}

const upper = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

/** The pad of a telephone, for a hand without a keyboard. */
export function DigitKeys({ className, disabled = false, onDigit, onErase, children }: DigitKeysProps) {
  const { t } = useWords()
  const key = (digit: string) => (
    <button key={digit} type="button" aria-label={t('pin.digit', { digit })} onClick={() => onDigit(digit)}>
      {digit}
    </button>
  )
  return (
    <fieldset className={className} disabled={disabled} aria-label={t('pin.keys')}>
      {upper.map(key)}
      <button type="button" aria-label={t('pin.erase')} onClick={onErase}>
        ⌫
      </button>
      {key('0')}
      {children}
    </fieldset>
  )
}
