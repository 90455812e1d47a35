import { Button, Kbd, TextInput } from '@mantine/core'
import {
  type ChangeEvent,
  type KeyboardEvent,
  type RefObject,
  useImperativeHandle,
  useRef,
  useState,
} from 'react'
import { lineTotalMinor } from '../../components/money.ts'
import { wholeNumberIn } from '../../components/phone.ts'
import { useWording } from '../../components/use-wording.ts'
import { useWords } from '../../i18n/use-words.ts'
import {
  composeLine,
  type EnteredLine,
  emptyFields,
  type FieldTrouble,
  type LineFields,
  readEntry,
} from './line-entry.ts'

interface LineFormProps {
  readonly initial?: LineFields
  readonly onLine: (line: EnteredLine) => void
  readonly onLeaveUp?: () => void
  readonly onCancel?: () => void
  /** A phone number was typed where the item goes. */
  readonly onNumber?: (typed: string) => void
  /** Minor units that the sale may still take on. */
  readonly roomMinor: number
  /** Enter in the empty row. */
  readonly onDone?: () => void
  readonly entryRef?: RefObject<EntryRow | null>
  readonly autoFocus?: boolean
}

/** What others do with the row that takes the next item. */
export interface EntryRow {
  readonly focus: () => void
  /** Goes on with what was begun in another field. */
  readonly take: (typed: string) => void
}

const troubleWords = {
  needsName: 'counter.itemNeedsName',
  needsPrice: 'counter.itemNeedsPrice',
  nameTooLong: 'counter.itemNameTooLong',
  badFigure: 'counter.itemBadFigure',
  figureTooLarge: 'counter.itemTooLarge',
  discountTooMuch: 'counter.itemDiscountTooMuch',
  unclear: 'counter.itemUnclear',
  sumDiffers: 'counter.itemSumDiffers',
  uneven: 'counter.itemUneven',
  size: 'counter.itemSize',
  saleTooLarge: 'counter.itemSaleTooLarge',
} as const

/** A sale has a largest total; the line that would break it is refused here, in words. */
function withinRoom(line: EnteredLine | FieldTrouble, roomMinor: number): EnteredLine | FieldTrouble {
  if ('trouble' in line || lineTotalMinor(line) <= roomMinor) return line
  return { field: 'item', trouble: 'saleTooLarge' }
}

/** One that the person still has to fill is no fault until Enter has led there. */
function isMissing({ trouble }: FieldTrouble): boolean {
  return trouble === 'needsName' || trouble === 'needsPrice'
}

interface ReadingProps {
  readonly fields: LineFields
  readonly trouble: FieldTrouble | null
}

/** What the row will be read as before Enter takes it, and which way where there are two; else what is wrong. Its place is kept. */
function Reading({ fields, trouble }: ReadingProps) {
  const { t } = useWords()
  const { figure, quantity } = useWording()
  const read = readEntry(fields)
  // While one still types half of it, only what no further key can mend is told.
  const wrong = trouble ?? ('trouble' in read && read.trouble === 'size' ? read : null)
  if (wrong !== null) {
    return (
      <p className="line-reading tone-red" role="alert">
        <span aria-hidden="true">✕ </span>
        {t(troubleWords[wrong.trouble])}
      </p>
    )
  }
  if ('trouble' in read) return <p className="line-reading" />
  const { line, unit, doubts } = read
  const count = quantity(line.quantityMilli)
  return (
    <p className="line-reading figures">
      {t(line.discountMinor === 0 ? 'counter.itemReads' : 'counter.itemReadsDiscount', {
        name: line.name,
        quantity: unit === null ? count : `${count} ${unit}`,
        price: figure(line.unitPriceMinor),
        discount: figure(line.discountMinor),
        amount: figure(lineTotalMinor(line)),
      })}
      {doubts.map((doubt) => (
        <strong key={doubt} className="tone-amber">
          {' '}
          {t(`counter.itemDoubts.${doubt}`, { quantity: count, price: figure(line.unitPriceMinor) })}
        </strong>
      ))}
    </p>
  )
}

function isBlank({ item, quantity, price, discount }: LineFields): boolean {
  return `${item}${quantity}${price}${discount}`.trim() === ''
}

/** What is typed in the row, and what is wrong with it. */
function useLineFields({ initial = emptyFields, roomMinor, onLine, onNumber, onDone }: LineFormProps) {
  const [fields, setFields] = useState(initial)
  const [trouble, setTrouble] = useState<FieldTrouble | null>(null)
  const form = useRef<HTMLFormElement>(null)
  const focusField = (name: keyof LineFields) => {
    const input = form.current?.elements.namedItem(name)
    if (input instanceof HTMLInputElement) input.focus()
  }
  const submit = () => {
    if (onDone !== undefined && isBlank(fields)) {
      onDone()
      return
    }
    const line = withinRoom(composeLine(fields), roomMinor)
    if ('trouble' in line) {
      // Enter first leads to the missing field; only from there does it complain. What is wrong is told at once.
      const there = document.activeElement === form.current?.elements.namedItem(line.field)
      setTrouble(there || !isMissing(line) ? line : null)
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
      const number = name === 'item' ? wholeNumberIn(value) : null
      if (number !== null && onNumber !== undefined) {
        setFields(emptyFields)
        onNumber(number)
        return
      }
      setFields((before) => ({ ...before, [name]: value }))
      setTrouble(null)
    },
    error: trouble?.field === name,
    autoComplete: 'off',
  })
  const take = (typed: string) => {
    setFields({ ...emptyFields, item: typed })
    setTrouble(null)
    focusField('item')
  }
  return { fields, trouble, form, submit, bind, take, focusField }
}

/** One row that takes an item: all in the first field, or field by field with Enter or Tab. */
export function LineForm(props: LineFormProps) {
  const { onLeaveUp, onCancel, entryRef, autoFocus = false } = props
  const { t } = useWords()
  const { fields, trouble, form, submit, bind, take, focusField } = useLineFields(props)
  useImperativeHandle(entryRef, () => ({ focus: () => focusField('item'), take }))
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
        className="line-form-item"
        data-first-key={onCancel === undefined ? true : undefined}
        aria-keyshortcuts={onCancel === undefined ? 'Alt+L' : undefined}
        rightSection={onCancel === undefined && fields.item === '' ? <Kbd>Alt+L</Kbd> : null}
        rightSectionWidth={58}
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
      <Reading fields={fields} trouble={trouble} />
    </form>
  )
}
