import { Button, Checkbox, Kbd, TextInput } from '@mantine/core'
import { type ReactNode, useRef, useState } from 'react'
import { ManagerPin, pinShortest } from '../../components/approval-pin.tsx'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { readAmountMinor } from '../../components/money.ts'
import { isProblem } from '../../components/problem.ts'
import { useAction } from '../../components/use-action.ts'
import { useWords } from './words.ts'

export interface MoneyOut {
  readonly amountMinor: number
  readonly note: string
  readonly managerPin: string
  /** One and the same for every try of this form: what was taken is not taken twice. */
  readonly id: string
  /** The person ticked that a second time is meant. */
  readonly again: boolean
}

interface MoneyOutFormProps {
  readonly label: string
  /** As typed at first. */
  readonly amount: string
  readonly amountFixed: boolean
  /** Null when the amount is right, else what is wrong with it. */
  readonly judge: (amountMinor: number | null) => string | null
  readonly notes: readonly string[]
  readonly submitLabel: (amountMinor: number | null) => string
  /** False while another field still lacks something. */
  readonly ready: boolean
  readonly send: (out: MoneyOut) => Promise<unknown>
  readonly onDone: () => void
  readonly children?: ReactNode
}

const shortestNote = 3

function useEntries({ amount: first, judge, send, onDone, ready }: MoneyOutFormProps) {
  const [amount, setAmount] = useState(first)
  const [note, setNote] = useState('')
  const [pin, setPin] = useState('')
  const [tried, setTried] = useState(false)
  const [id] = useState(() => crypto.randomUUID())
  const [again, setAgain] = useState(false)
  const action = useAction()
  const pinField = useRef<HTMLInputElement>(null)
  const amountMinor = readAmountMinor(amount)
  const wrong = judge(amountMinor)
  const submit = async () => {
    setTried(true)
    if (amountMinor === null || wrong !== null || !ready || note.trim().length < shortestNote || action.busy)
      return
    if (pin.length < pinShortest) {
      pinField.current?.focus()
      return
    }
    const good = await action.run(() => send({ id, amountMinor, note: note.trim(), managerPin: pin, again }))
    setPin('')
    if (good) onDone()
    else pinField.current?.focus()
  }
  return {
    amount,
    setAmount,
    note,
    setNote,
    pin,
    setPin,
    tried,
    again,
    setAgain,
    action,
    pinField,
    amountMinor,
    wrong,
    submit,
  }
}

/**
 * Money that leaves the shop: an amount, why, and a manager's PIN, whoever is at the counter. The last digit of the PIN
 * sends nothing: what cannot be undone waits for Enter.
 */
export function MoneyOutForm(props: MoneyOutFormProps) {
  const { t } = useWords()
  const entry = useEntries(props)
  const { notes } = props
  const listId = `notes-${props.label}`
  return (
    <form
      className="form"
      aria-label={props.label}
      onSubmit={(event) => {
        event.preventDefault()
        void entry.submit()
      }}
    >
      {props.children}
      {props.amountFixed ? null : (
        <TextInput
          label={t('payments.amount')}
          value={entry.amount}
          error={
            entry.wrong !== null && (entry.tried || entry.amount !== props.amount) ? entry.wrong : undefined
          }
          onChange={(event) => entry.setAmount(event.currentTarget.value)}
          inputMode="decimal"
          autoComplete="off"
        />
      )}
      <TextInput
        label={t('reverse.note')}
        list={listId}
        value={entry.note}
        error={entry.tried && entry.note.trim().length < shortestNote ? t('reverse.noteShort') : undefined}
        onChange={(event) => entry.setNote(event.currentTarget.value)}
        autoComplete="off"
        maxLength={300}
        data-autofocus={props.amount === '' ? undefined : true}
      />
      <datalist id={listId}>
        {notes.map((ready) => (
          <option key={ready} value={ready}>
            {ready}
          </option>
        ))}
      </datalist>
      <ManagerPin value={entry.pin} onChange={entry.setPin} inputRef={entry.pinField} />
      <ErrorBanner error={entry.action.error} />
      {entry.again || (entry.action.error !== null && isProblem(entry.action.error, 'PAYOUT_SOON')) ? (
        <Checkbox
          label={t('payOut.again')}
          checked={entry.again}
          onChange={(event) => entry.setAgain(event.currentTarget.checked)}
        />
      ) : null}
      <div className="panel-buttons">
        <Button type="submit" color="red" aria-busy={entry.action.busy} rightSection={<Kbd>Enter</Kbd>}>
          {props.submitLabel(entry.amountMinor)}
        </Button>
      </div>
    </form>
  )
}
