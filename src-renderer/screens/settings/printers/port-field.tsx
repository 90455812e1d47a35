import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { hintBelow } from '../hint-below.ts'

interface PortFieldProps {
  readonly value: string
  readonly disabled?: boolean
  readonly error: string | undefined
  /** Digits only. */
  readonly onChange: (value: string) => void
}

const highestPort = 65_535

/** The port of a network printer; what is none is told before anything is asked. */
export function PortField({ value, disabled = false, error, onChange }: PortFieldProps) {
  const { t } = useTranslation()
  const wrong = value !== '' && !(Number(value) >= 1 && Number(value) <= highestPort)
  return (
    <TextInput
      ref={(input) => input?.setCustomValidity(wrong ? t('settings.printers.fields.portWrong') : '')}
      label={t('settings.printers.fields.port')}
      description={t('settings.printers.fields.portHint')}
      inputWrapperOrder={hintBelow}
      inputMode="numeric"
      required
      disabled={disabled}
      value={value}
      error={wrong ? t('settings.printers.fields.portWrong') : error}
      onChange={(event) => onChange(event.currentTarget.value.replace(/\D/g, ''))}
      autoComplete="off"
    />
  )
}
