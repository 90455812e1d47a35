import { useWords } from '../words.ts'
import { CheckedField } from './checked-field.tsx'

interface PortFieldProps {
  readonly value: string
  readonly disabled?: boolean
  readonly error: string | undefined
  /** Digits only. */
  readonly onChange: (value: string) => void
}

const highestPort = 65_535

/** The port of a network printer. */
export function PortField({ value, disabled = false, error, onChange }: PortFieldProps) {
  const { t } = useWords()
  const wrong = value !== '' && !(Number(value) >= 1 && Number(value) <= highestPort)
  return (
    <CheckedField
      wrong={wrong ? t('settings.printers.fields.portWrong') : null}
      label={t('settings.printers.fields.port')}
      description={t('settings.printers.fields.portHint')}
      inputMode="numeric"
      required
      disabled={disabled}
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value.replace(/\D/g, ''))}
    />
  )
}
