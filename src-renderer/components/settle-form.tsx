import { Button, Kbd, TextInput } from '@mantine/core'
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { useWords } from '../i18n/use-words.ts'
import { ManagerPin, pinShortest } from './approval-pin.tsx'
import { ErrorBanner } from './error-banner.tsx'
import { useAction } from './use-action.ts'

export interface SettleChoice<T extends string> {
  readonly value: T
  readonly label: string
  /** Chooses it where the form listens to keys; absent when there is nothing to choose. */
  readonly letter?: string
  /** Ready-made notes, one of which is chosen, or other words are typed. */
  readonly notes: readonly string[]
  /** Offers the field for the customer's code. */
  readonly withCode?: boolean
}

export interface Settled<T extends string> {
  readonly outcome: T
  readonly note: string
  /** Empty when none was typed. */
  readonly code: string
  /** Null where none was asked for. */
  readonly managerPin: string | null
}

interface SettleFormProps<T extends string> {
  readonly legend: string
  readonly choices: readonly SettleChoice<T>[]
  readonly chosen: T | null
  readonly onChoose: (value: T) => void
  /** The code that is known already. */
  readonly code?: string
  readonly asksPin: boolean
  readonly submitLabel: string
  readonly settle: (settled: Settled<T>) => Promise<unknown>
  /** After it was kept. */
  readonly onDone: () => void
  readonly children?: ReactNode
}

const shortestNote = 3

interface NotesProps {
  readonly notes: readonly string[]
  readonly note: string
  readonly onNote: (note: string) => void
  readonly groupRef: RefObject<HTMLDivElement | null>
}

/** Notes ready made: figures or arrows choose, and the field below takes any other words. */
function Notes({ notes, note, onNote, groupRef }: NotesProps) {
  const { t } = useWords()
  const name = useId()
  const onKeyDown = (event: KeyboardEvent) => {
    const picked = notes[Number(event.key) - 1]
    if (picked === undefined) return
    event.preventDefault()
    onNote(picked)
    groupRef.current?.querySelectorAll<HTMLElement>('input')[Number(event.key) - 1]?.focus()
  }
  return (
    <>
      <div ref={groupRef} className="settle-notes" role="radiogroup" aria-label={t('decide.readyNotes')}>
        {notes.map((ready, index) => (
          <label key={ready} className="choice">
            <input
              type="radio"
              name={name}
              checked={note === ready}
              onChange={() => onNote(ready)}
              onKeyDown={onKeyDown}
            />
            <span>{ready}</span>
            <Kbd aria-hidden="true">{index + 1}</Kbd>
          </label>
        ))}
      </div>
      <TextInput
        size="sm"
        aria-label={t('decide.note')}
        placeholder={t('decide.note')}
        value={note}
        onChange={(event) => onNote(event.currentTarget.value)}
        autoComplete="off"
        maxLength={300}
      />
    </>
  )
}

function Outcomes<T extends string>({ legend, choices, chosen, onChoose }: SettleFormProps<T>) {
  const name = useId()
  if (choices.length < 2) return null
  return (
    <div className="choice-row" role="radiogroup" aria-label={legend}>
      {choices.map(({ value, label, letter }) => (
        <label key={value} className="choice">
          <input
            type="radio"
            name={name}
            checked={chosen === value}
            onChange={() => onChoose(value)}
            aria-keyshortcuts={letter}
          />
          <span>{label}</span>
          {letter === undefined ? null : <Kbd aria-hidden="true">{letter}</Kbd>}
        </label>
      ))}
    </div>
  )
}

/** True where a letter is being typed, so that it chooses nothing. */
export function takesText(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return target.type !== 'radio' && target.type !== 'checkbox'
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}

/** What stands in the form for one outcome; another outcome starts afresh. */
function useEntries<T extends string>({ chosen, choices, code: known = '' }: SettleFormProps<T>) {
  const choice = choices.find(({ value }) => value === chosen) ?? null
  const [typed, setTyped] = useState<{ outcome: T | null; note: string | null; code: string | null }>({
    outcome: chosen,
    note: null,
    code: null,
  })
  const fresh = typed.outcome === chosen ? typed : { outcome: chosen, note: null, code: null }
  return {
    choice,
    // Evidence is what somebody chose or typed, never what stood there.
    note: fresh.note ?? '',
    code: fresh.code ?? known,
    setNote: (note: string) => setTyped({ ...fresh, note }),
    setCode: (code: string) => setTyped({ ...fresh, code }),
  }
}

/**
 * Ends what only a person can end: an outcome, a note, a manager's PIN where one is needed. Made for keys: the letter of
 * the outcome, the figure of the note, then Enter; the fourth digit of a PIN keeps it too.
 */
export function SettleForm<T extends string>(props: SettleFormProps<T>) {
  const { chosen, asksPin, submitLabel, settle, onDone, children } = props
  const { t } = useWords()
  const { choice, note, code, setNote, setCode } = useEntries(props)
  const [pin, setPin] = useState('')
  const action = useAction()
  const notesGroup = useRef<HTMLDivElement>(null)
  const pinField = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => {
    if (chosen !== null) notesGroup.current?.querySelector<HTMLElement>('input')?.focus()
  }, [chosen])
  const keep = async (managerPin: string) => {
    if (choice === null || note.trim().length < shortestNote || action.busy) return
    if (asksPin && managerPin.length < pinShortest) {
      pinField.current?.focus()
      return
    }
    const good = await action.run(() =>
      settle({
        outcome: choice.value,
        note: note.trim(),
        code: code.trim(),
        managerPin: asksPin ? managerPin : null,
      }),
    )
    setPin('')
    if (good) onDone()
    else if (asksPin) pinField.current?.focus()
  }
  return (
    <form
      className="form settle-form"
      aria-label={props.legend}
      onKeyDown={(event) => {
        const named = props.choices.find(({ letter }) => letter === event.key.toUpperCase())
        if (named === undefined || takesText(event.target) || event.ctrlKey || event.altKey) return
        event.preventDefault()
        event.stopPropagation()
        props.onChoose(named.value)
      }}
      onSubmit={(event) => {
        event.preventDefault()
        void keep(pin)
      }}
    >
      <Outcomes {...props} />
      {children}
      {choice === null ? null : (
        <>
          {choice.withCode === true ? (
            <TextInput
              size="sm"
              label={t('decide.code')}
              placeholder={t('common.optional')}
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
              autoComplete="off"
              maxLength={20}
            />
          ) : null}
          <Notes notes={choice.notes} note={note} onNote={setNote} groupRef={notesGroup} />
          {asksPin ? (
            <ManagerPin
              value={pin}
              onChange={setPin}
              onWhole={(whole) => void keep(whole)}
              inputRef={pinField}
            />
          ) : null}
        </>
      )}
      <ErrorBanner error={action.error} />
      <div className="panel-buttons">
        <Button
          type="submit"
          disabled={choice === null || note.trim().length < shortestNote}
          aria-busy={action.busy}
          rightSection={<Kbd>Enter</Kbd>}
        >
          {submitLabel}
        </Button>
      </div>
    </form>
  )
}
