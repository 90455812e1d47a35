import { NativeSelect, PasswordInput, TextInput } from '@mantine/core'
import type { FormField } from '../../../src-preload/contract/providers.ts'
import { useWording } from '../../components/use-wording.ts'
import { useWords } from './words.ts'

export interface FieldProps {
  readonly field: FormField
  readonly value: string
  readonly error: string | undefined
  readonly onChange: (value: string) => void
}

/** One setting of an account, as the provider's own schema describes it. */
export function SettingField({ field, value, error, onChange }: FieldProps) {
  const { say } = useWording()
  const shared = {
    label: say(field.label),
    description: field.help === null ? undefined : say(field.help),
    required: field.required,
    error,
    value,
  }
  if (field.kind === 'choice') {
    const none = field.required && value !== '' ? [] : [{ value: '', label: '–' }]
    return (
      <NativeSelect
        {...shared}
        data={[
          ...none,
          ...field.choices.map((choice) => ({ value: choice.value, label: say(choice.label) })),
        ]}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    )
  }
  return (
    <TextInput
      {...shared}
      placeholder={field.example}
      inputMode={field.kind === 'number' ? 'numeric' : field.kind === 'url' ? 'url' : 'text'}
      onChange={(event) => onChange(event.currentTarget.value)}
      autoComplete="off"
    />
  )
}

interface SecretProps extends FieldProps {
  readonly isSet: boolean
}

/** A secret is only ever written: the page learns that one is set, never what it is. */
export function SecretField({ field, value, error, isSet, onChange }: SecretProps) {
  const { t } = useWords()
  const { say } = useWording()
  return (
    <PasswordInput
      label={`${isSet ? '● ' : '○ '}${say(field.label)}`}
      description={t(isSet ? 'settings.accounts.secretSet' : 'settings.accounts.secretMissing')}
      placeholder={isSet ? t('settings.accounts.secretKeep') : field.example}
      required={field.required && !isSet}
      error={error}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      autoComplete="new-password"
      visibilityToggleButtonProps={{ 'aria-label': say(field.label) }}
    />
  )
}
