import { TextInput, type TextInputProps } from '@mantine/core'
import { hintBelow } from '../hint-below.ts'

interface CheckedFieldProps extends TextInputProps {
  /** Why what stands there cannot be meant, null when it can. */
  readonly wrong: string | null
}

/** A field that says by itself what is wrong with it, and keeps its form from going on until it is right. */
export function CheckedField({ wrong, error, disabled = false, ...field }: CheckedFieldProps) {
  const told = disabled ? null : wrong
  return (
    <TextInput
      {...field}
      ref={(input) => input?.setCustomValidity(told ?? '')}
      disabled={disabled}
      error={told ?? error}
      inputWrapperOrder={hintBelow}
      autoComplete="off"
      spellCheck={false}
    />
  )
}
