import { TextInput } from '@mantine/core'
import type { RefObject } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { useStaffDesk } from './use-staff.ts'

export const pinShortest = 4
export const pinLongest = 8

interface ManagerPinProps {
  readonly value: string
  readonly onChange: (pin: string) => void
  /** Called with the last digit, where all PINs have the same number of them. */
  readonly onWhole?: (pin: string) => void
  readonly inputRef?: RefObject<HTMLInputElement | null>
}

/** A manager's PIN beside what it allows: masked, gone with the form. */
export function ManagerPin({ value, onChange, onWhole, inputRef }: ManagerPinProps) {
  const { t } = useWords()
  const { desk } = useStaffDesk()
  const whole = desk?.pinDigits ?? 0
  const practice = (desk?.practicePins ?? []).filter(({ role }) => role === 'manager')
  const hint =
    practice.length === 0
      ? t('pin.managerWhy')
      : t('pin.managerHint', { pins: practice.map(({ name, pin }) => `${name} ${pin}`).join(', ') })
  return (
    <TextInput
      ref={inputRef ?? null}
      className="manager-pin"
      type="password"
      inputMode="numeric"
      autoComplete="off"
      label={t('pin.manager')}
      description={hint}
      value={value}
      onChange={(event) => {
        const digits = event.currentTarget.value.replace(/\D/g, '').slice(0, whole === 0 ? pinLongest : whole)
        onChange(digits)
        if (digits.length === whole) onWhole?.(digits)
      }}
    />
  )
}
