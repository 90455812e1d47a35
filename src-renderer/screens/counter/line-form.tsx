import { Button, TextInput } from '@mantine/core'
import { type ChangeEvent, type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { lineTotalMinor } from '../../components/money.ts'
import { useWording } from '../../components/use-wording.ts'
import {
  composeLine,
  type EnteredLine,
  emptyFields,
  type FieldTrouble,
  type LineFields,
} from './line-entry.ts'

interface LineFormProps {
  readonly initial?: LineFields
  readonly onLine: (line: EnteredLine) => void
  readonly onLeaveUp?: () => void
  readonly onCancel?: () => void
  readonly inputRef?: (input: HTMLInputElement | null) => void
  readonly autoFocus?: boolean
}

const troubleWords = {
  needsName: 'counter.itemNeedsName',
  needsPrice: 'counter.itemNeedsPrice',
  nameTooLong: 'counter.itemNameTooLong',
  badFigure: 'counter.itemBadFigure',
  figureTooLarge: 'counter.itemTooLarge',
  discountTooMuch: 'counter.itemDiscountTooMuch',
} as const

/** Shows what a quick entry will be read as, before Enter. */
function Reading({ fields }: { readonly fields: LineFields }) {
  const { t } = useTranslation()
  const { figure, quantity } = useWording()
  const line = composeLine(fields)
  if ('trouble' in line || fields.price !== '') return null
  return (
    <p className="line-reading">
      {t(line.discountMinor === 0 ? 'counter.itemReads' : 'counter.itemReadsDiscount', {
        name: line.name,
        quantity: quantity(line.quantityMilli),
        price: figure(line.unitPriceMinor),
        discount: figure(line.discountMinor),
        amount: figure(lineTotalMinor(line)),
      })}
    </p>
  )
}

/** What is typed in the row, and what is wrong with it. */
function useLineFields(initial: LineFields, onLine: LineFormProps['onLine']) {
  const { t } = useTranslation()
  const [fields, setFields] = useState(initial)
  const [trouble, setTrouble] = useState<FieldTrouble | null>(null)
  const form = useRef<HTMLFormElement>(null)
  const focusField = (name: keyof LineFields) => {
    const input = form.current?.elements.namedItem(name)
    if (input instanceof HTMLInputElement) input.focus()
  }
  const submit = () => {
    const line = composeLine(fields)
    if ('trouble' in line) {
      // Enter first leads to the missing field; only from there does it complain. What is wrong is told at once.
      const there = document.activeElement === form.current?.elements.namedItem(line.field)
      const missing = line.trouble === 'needsName' || line.trouble === 'needsPrice'
      setTrouble(there || !missing ? line : null)
      focusField(line.field)
      return
    }
    onLine(line)
    setFields(emptyFields)
    setTrouble(null)
    focusField('item')
  }
  /** What every field of the row is given. */
  const bind = (name: keyof LineFields) => ({
    name,
    value: fields[name],
    onChange(event: ChangeEvent<HTMLInputElement>) {
      const { value } = event.currentTarget
      setFields((before) => ({ ...before, [name]: value }))
      setTrouble(null)
    },
    error: trouble?.field === name ? t(troubleWords[trouble.trouble]) : undefined,
    autoComplete: 'off',
  })
  return { fields, form, submit, bind }
}

/** One row that takes an item: all in the first field, or field by field with Enter or Tab. */
export function LineForm(props: LineFormProps) {
  const { initial = emptyFields, onLine, onLeaveUp, onCancel, inputRef, autoFocus = false } = props
  const { t } = useTranslation()
  const { fields, form, submit, bind } = useLineFields(initial, onLine)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowUp' && fields.item === '' && onLeaveUp !== undefined) {
      event.preventDefault()
      onLeaveUp()
    }
    if (event.key === 'Escape' && onCancel !== undefined) {
      event.preventDefault()
      event.stopPropagation()
      onCancel()
    }
  }
  return (
    <form
      ref={form}
      className={onCancel === undefined ? 'line-form' : 'line-form line-form-edit'}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <TextInput
        {...bind('item')}
        ref={inputRef ?? null}
        className="line-form-item"
        aria-label={t('counter.item')}
        placeholder={t('counter.itemPlaceholder')}
        maxLength={120}
        // The row takes the place of the one the person just chose to change.
        autoFocus={autoFocus}
      />
      <TextInput
        {...bind('quantity')}
        aria-label={t('counter.quantity')}
        placeholder={t('counter.quantity')}
        inputMode="decimal"
      />
      <TextInput
        {...bind('price')}
        aria-label={t('counter.price')}
        placeholder={t('counter.price')}
        inputMode="decimal"
      />
      {onCancel === undefined ? null : (
        <TextInput
          {...bind('discount')}
          aria-label={t('counter.discount')}
          placeholder={t('counter.discountPlaceholder')}
        />
      )}
      <Button type="submit" variant="light">
        {onCancel === undefined ? t('common.add') : t('common.save')}
      </Button>
      <Reading fields={fields} />
    </form>
  )
}
