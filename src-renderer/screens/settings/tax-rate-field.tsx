import { Button, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { hintBelow } from './hint-below.ts'
import { useWords } from './words.ts'

interface TaxRateFieldProps {
  /** Hundredths of a percent; NaN while what is typed is no rate. */
  readonly rateBp: number
  readonly error: string | undefined
  readonly onChange: (rateBp: number) => void
}

/** None, Kenya's and Tanzania's. */
const usualRates = [0, 1600, 1800] as const

const percentOf = (rateBp: number) => String(rateBp / 100)

/** "16", "16.5" and "16,5" to hundredths of a percent; NaN for anything else. */
function rateOf(typed: string): number {
  const text = typed.trim().replace(',', '.')
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(text)) return Number.NaN
  return Math.round(Number(text) * 100)
}

/** The rate of VAT that prices include, typed as a percentage or taken from the usual ones. */
export function TaxRateField({ rateBp, error, onChange }: TaxRateFieldProps) {
  const { t } = useWords()
  const [typed, setTyped] = useState(() => percentOf(rateBp))
  const beside = (input: ReactNode) => (
    <div className="tax-rate">
      {input}
      <div className="choice-row">
        {usualRates.map((rate) => (
          <Button
            key={rate}
            variant={rate === rateBp ? 'light' : 'default'}
            aria-pressed={rate === rateBp}
            onClick={() => {
              setTyped(percentOf(rate))
              onChange(rate)
            }}
          >
            {percentOf(rate)}%
          </Button>
        ))}
      </div>
    </div>
  )
  return (
    <TextInput
      inputContainer={beside}
      label={t('settings.shop.taxRate')}
      description={t('settings.shop.taxRateHint')}
      inputWrapperOrder={hintBelow}
      inputMode="decimal"
      required
      pattern="\d{1,2}([.,]\d{1,2})?|100"
      value={typed}
      error={error}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        onChange(rateOf(event.currentTarget.value))
      }}
      autoComplete="off"
    />
  )
}
