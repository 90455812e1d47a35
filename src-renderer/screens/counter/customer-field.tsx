import { Kbd, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type RefObject, useId, useState } from 'react'
import type { Customer } from '../../../src-preload/contract/customers.ts'
import { plainFigures } from '../../components/money.ts'
import { digitsIn, formatPhone, looksLikeNumber, wholeNumberIn } from '../../components/phone.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useKaunta } from '../../kaunta.tsx'
import { isWholeNumber, useReading } from './use-networks.ts'

interface CustomerFieldProps {
  readonly phone: string
  readonly name: string
  readonly inputRef: RefObject<HTMLInputElement | null>
  readonly error: string | null
  readonly onPhone: (typed: string) => void
  readonly onName: (name: string) => void
  readonly onPick: (customer: Customer) => void
  /** A pick that still waits for the answer of main. */
  readonly onPicking: (coming: Promise<unknown>) => void
  /** Enter on a finished number: the next key belongs elsewhere. */
  readonly onDone: () => void
  /** The sale has its items: the next key belongs here. */
  readonly first: boolean
  /** What was typed is an item, not a number; null where no item can be taken. */
  readonly onItem: ((typed: string) => void) | null
}

/** A name, then figures: that is an item with its price, which no name of a customer is. */
const looksLikeItem = /\p{L}.*\d/u

const shortestSearch = 2
const suggestionsShown = 6

function useKnown(typed: string) {
  const { queries } = useKaunta()
  return useQuery({
    ...queries.customers.search.queryOptions({ input: { text: typed.trim() } }),
    enabled: typed.trim().length >= shortestSearch,
    staleTime: 0,
    gcTime: 10_000,
    placeholderData: (before) => before,
  })
}

interface SuggestionsProps {
  readonly id: string
  readonly customers: readonly Customer[]
  readonly active: number
  readonly onPick: (customer: Customer) => void
}

function Suggestions({ id, customers, active, onPick }: SuggestionsProps) {
  const { t } = useWords()
  return (
    <div id={id} role="listbox" aria-label={t('counter.suggestions')} className="suggestions">
      {customers.map((customer, index) => (
        // The text field keeps the focus and the keys; this is its list.
        <div
          key={customer.id}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          className="suggestion"
          onMouseDown={(event) => {
            event.preventDefault()
            onPick(customer)
          }}
        >
          <span>{customer.name ?? '–'}</span>
          <span className="figures">{formatPhone(customer.phone)}</span>
        </div>
      ))}
    </div>
  )
}

/** What is known about the number so far: grouped, its network as a guess, or that it is not finished. */
function NumberNote({ phone, name }: { readonly phone: string; readonly name: string }) {
  const { t } = useWords()
  const { data: info, isError } = useReading(phone)
  const { data: known } = useKnown(phone)
  if (!looksLikeNumber(phone)) return null
  if (info === undefined) {
    return isError ? <span className="tone-amber">{t('counter.numberUnfinished')}</span> : null
  }
  const customer = known?.find((candidate) => candidate.phone === info.phone)
  const facts = [
    info.national === phone ? null : info.national,
    name === '' ? customer?.name : null,
    info.networkGuess === null
      ? null
      : t('counter.networkGuess', { network: t(`network.${info.networkGuess}`) }),
  ].filter(Boolean)
  return (
    <span className="figures" title={t('counter.networkGuessExplained')}>
      {facts.join(' · ')}
    </span>
  )
}

/** Judged here once more: an answer to fewer letters must not be picked for more of them. */
function fits(customer: Customer, typed: string): boolean {
  if (looksLikeNumber(typed)) return digitsIn(customer.phone).includes(digitsIn(typed).replace(/^0/, ''))
  return (customer.name ?? '').toLowerCase().includes(typed.trim().toLowerCase())
}

function useSuggestions(phone: string) {
  const [closed, setClosed] = useState(false)
  const [active, setActive] = useState(0)
  const { data: info } = useReading(phone)
  const { data: found = [] } = useKnown(phone)
  const whole = isWholeNumber(phone)
  const wanted = !closed && !whole && phone.trim().length >= shortestSearch
  const shown = wanted ? found.filter((customer) => fits(customer, phone)).slice(0, suggestionsShown) : []
  return { info, shown, active: Math.min(active, shown.length - 1), setActive, setClosed }
}

interface FieldNoteProps {
  readonly id: string
  readonly phone: string
  readonly name: string
  readonly error: string | null
}

/** What is known of the number, or what was said against it. */
function FieldNote({ id, phone, name, error }: FieldNoteProps) {
  return (
    <p id={id} className="customer-note" aria-live="polite">
      {error === null ? (
        <NumberNote phone={phone} name={name} />
      ) : (
        <span className="tone-red">
          <span aria-hidden="true">✕ </span>
          {error}
        </span>
      )}
    </p>
  )
}

/** Number and name of the customer: letters or part of a number bring up known ones, Enter takes the first. */
export function CustomerField(props: CustomerFieldProps) {
  const { phone, name, inputRef, error, onPhone, onName, onPick, onPicking, onDone, first, onItem } = props
  const { t } = useWords()
  const { client } = useKaunta()
  const listId = useId()
  const noteId = useId()
  const [focused, setFocused] = useState(false)
  const { info, shown, active, setActive, setClosed } = useSuggestions(phone)
  const open = focused && shown.length > 0
  const pick = (customer: Customer) => {
    onPick(customer)
    setClosed(true)
  }
  const toItem = (typed: string) => {
    onPhone('')
    onItem?.(typed)
  }
  /** Enter came before the list did. */
  const pickFirst = async () => {
    const found = await client.customers.search({ text: phone.trim() }).catch(() => [])
    const known = found.find((customer) => fits(customer, phone))
    if (known !== undefined) pick(known)
    // Nobody here is called so: it was meant for the row above.
    else if (onItem !== null) toItem(phone)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.ctrlKey) {
      event.preventDefault()
      const chosen = open ? shown[active] : undefined
      if (chosen !== undefined) pick(chosen)
      else if (looksLikeNumber(phone) || phone.trim() === '') onDone()
      else onPicking(pickFirst())
    }
    if (!open) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : shown.length - 1
      setActive((active + step) % shown.length)
    }
    if (event.key === 'Escape') {
      event.preventDefault()
      setClosed(true)
    }
  }
  return (
    <div className="customer">
      <div className="customer-number">
        <TextInput
          ref={inputRef}
          type="tel"
          aria-label={t('counter.customer')}
          placeholder={t('counter.customerPlaceholder')}
          data-testid="sale-number"
          data-first-key={first ? true : undefined}
          aria-keyshortcuts="Alt+S"
          rightSection={phone === '' ? <Kbd>Alt+S</Kbd> : null}
          rightSectionWidth={58}
          value={phone}
          error={error !== null}
          aria-describedby={noteId}
          onChange={(event) => {
            const typed = plainFigures(event.currentTarget.value)
            const number = wholeNumberIn(typed)
            if (onItem !== null && number === null && looksLikeItem.test(typed)) return toItem(typed)
            setClosed(false)
            setActive(0)
            onPhone(looksLikeNumber(typed) ? typed : (number ?? typed))
          }}
          onKeyDown={onKeyDown}
          onFocus={() => setFocused(true)}
          onBlur={() => {
            setFocused(false)
            if (info !== undefined && info.national !== phone) onPhone(info.national)
          }}
          role="combobox"
          aria-expanded={open}
          aria-controls={open ? listId : undefined}
          aria-autocomplete="list"
          aria-activedescendant={open ? `${listId}-${active}` : undefined}
          autoComplete="off"
          maxLength={40}
        />
        {open ? <Suggestions id={listId} customers={shown} active={active} onPick={pick} /> : null}
      </div>
      <TextInput
        className="customer-name"
        aria-label={t('counter.customerName')}
        placeholder={t('counter.customerName')}
        value={name}
        onChange={(event) => onName(event.currentTarget.value)}
        autoComplete="off"
        maxLength={80}
      />
      <FieldNote id={noteId} phone={phone} name={name} error={error} />
    </div>
  )
}
