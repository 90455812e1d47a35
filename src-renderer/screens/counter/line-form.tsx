import { Button, TextInput } from '@mantine/core'
import { type KeyboardEvent, useRef, useState } from 'react'
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
  badFigure: 'counter.itemBadFigure',
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

/** One row that takes an item: all in the first field, or field by field with Enter or Tab. */
export function LineForm(props: LineFormProps) {
  const { initial = emptyFields, onLine, onLeaveUp, onCancel, inputRef, autoFocus = false } = props
  const { t } = useTranslation()
  const [fields, setFields] = useState(initial)
  const [trouble, setTrouble] = useState<FieldTrouble | null>(null)
  const form = useRef<HTMLFormElement>(null)
  const focusField = (name: keyof LineFields) => {
    const input = form.current?.elements.namedItem(name)
    if (input instanceof HTMLInputElement) input.focus()
  }
  const set = (name: keyof LineFields, value: string) => {
    setFields((before) => ({ ...before, [name]: value }))
    setTrouble(null)
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
  const errorFor = (name: keyof LineFields) =>
    trouble?.field === name ? t(troubleWords[trouble.trouble]) : undefined
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
        name="item"
        ref={inputRef ?? null}
        className="line-form-item"
        aria-label={t('counter.item')}
        placeholder={t('counter.itemPlaceholder')}
        value={fields.item}
        onChange={(event) => set('item', event.currentTarget.value)}
        error={errorFor('item')}
        autoComplete="off"
        maxLength={120}
        // The row takes the place of the one the person just chose to change.
        autoFocus={autoFocus}
      />
      <TextInput
        name="quantity"
        aria-label={t('counter.quantity')}
        placeholder={t('counter.quantity')}
        value={fields.quantity}
        onChange={(event) => set('quantity', event.currentTarget.value)}
        error={errorFor('quantity')}
        inputMode="decimal"
        autoComplete="off"
      />
      <TextInput
        name="price"
        aria-label={t('counter.price')}
        placeholder={t('counter.price')}
        value={fields.price}
        onChange={(event) => set('price', event.currentTarget.value)}
        error={errorFor('price')}
        inputMode="decimal"
        autoComplete="off"
      />
      {onCancel === undefined ? null : (
        <TextInput
          name="discount"
          aria-label={t('counter.discount')}
          placeholder={t('counter.discountPlaceholder')}
          value={fields.discount}
          onChange={(event) => set('discount', event.currentTarget.value)}
          error={errorFor('discount')}
          autoComplete="off"
        />
      )}
      <Button type="submit" variant="light">
        {onCancel === undefined ? t('common.add') : t('common.save')}
      </Button>
      <Reading fields={fields} />
    </form>
  )
}
