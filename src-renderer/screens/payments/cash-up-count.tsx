import { Button, Kbd, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { CashUp } from '../../../src-preload/contract/cash-up.ts'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { readAmountMinor } from '../../components/money.ts'
import { useAction } from '../../components/use-action.ts'
import { useWording } from '../../components/use-wording.ts'
import { useKaunta } from '../../kaunta.tsx'
import { useWords } from './words.ts'

interface CashUpCountProps {
  readonly onClosed: (cashUp: CashUp) => void
}

function useOpen() {
  const { queries } = useKaunta()
  return useQuery({ ...queries.cashUps.open.queryOptions(), staleTime: 0 })
}

type Open = NonNullable<ReturnType<typeof useOpen>['data']>

interface CountFieldProps {
  readonly label: string
  readonly help: string | undefined
  readonly value: string
  readonly wrong: boolean
  readonly first: boolean
  readonly onChange: (value: string) => void
}

function CountField({ label, help, value, wrong, first, onChange }: CountFieldProps) {
  const { t } = useWords()
  return (
    <TextInput
      label={label}
      description={help}
      value={value}
      error={wrong ? t('payPanel.badAmount') : undefined}
      inputMode="decimal"
      autoComplete="off"
      autoFocus={first}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

/** Cash of two currencies is counted apart. */
function keyOf({ tender, currency }: Pick<Open['tenders'][number], 'tender' | 'currency'>): string {
  return `${tender} ${currency}`
}

/** Reads what was typed for each tender; null for what is no amount. */
function readCounts(open: Open, typed: Readonly<Record<string, string>>) {
  return open.tenders.map((one) => ({
    tender: one.tender,
    currency: one.currency,
    countedMinor: readAmountMinor(typed[keyOf(one)] ?? ''),
  }))
}

function CountForm({ open, onClosed }: CashUpCountProps & { readonly open: Open }) {
  const { t } = useWords()
  const { client } = useKaunta()
  const { time } = useWording()
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({})
  const [left, setLeft] = useState('')
  const [note, setNote] = useState('')
  const [print, setPrint] = useState(true)
  const [tried, setTried] = useState(false)
  const action = useAction()
  const counts = readCounts(open, typed)
  const leftMinor = left.trim() === '' ? 0 : readAmountMinor(left)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    const whole = counts.flatMap(({ countedMinor, ...one }) =>
      countedMinor === null ? [] : [{ ...one, countedMinor }],
    )
    if (whole.length < counts.length || leftMinor === null || action.busy) return
    void action.run(async () =>
      onClosed(await client.cashUps.close({ counts: whole, leftMinor, note: note.trim(), print })),
    )
  }
  return (
    <form className="settings-card form cash-up" aria-label={t('cashUp.title')} onSubmit={submit}>
      <h2>{t('cashUp.title')}</h2>
      <p className="quiet">
        {open.since === null ? t('cashUp.sinceStart') : t('cashUp.since', { time: time(open.since) })}{' '}
        {t('cashUp.blind')}
      </p>
      {open.tenders.map(({ tender, label, currency }, index) => (
        <CountField
          key={keyOf({ tender, currency })}
          label={`${tender === 'cash' ? t('cashUp.cash') : label} (${currency})`}
          help={t(tender === 'cash' ? 'cashUp.cashHelp' : 'cashUp.networkHelp')}
          value={typed[keyOf({ tender, currency })] ?? ''}
          wrong={tried && counts[index]?.countedMinor === null}
          first={index === 0}
          onChange={(value) => setTyped((before) => ({ ...before, [keyOf({ tender, currency })]: value }))}
        />
      ))}
      <CountField
        label={`${t('cashUp.left')} (${open.currency})`}
        help={t('cashUp.leftHelp')}
        value={left}
        wrong={tried && leftMinor === null}
        first={false}
        onChange={setLeft}
      />
      <TextInput
        label={t('cashUp.note')}
        placeholder={t('common.optional')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        autoComplete="off"
        maxLength={300}
      />
      <label className="check">
        <input type="checkbox" checked={print} onChange={(event) => setPrint(event.currentTarget.checked)} />
        {t('cashUp.print')}
      </label>
      <ErrorBanner error={action.error} />
      <div className="panel-buttons">
        <Button type="submit" aria-busy={action.busy} rightSection={<Kbd>Enter</Kbd>}>
          {t('cashUp.close')}
        </Button>
      </div>
    </form>
  )
}

/** The count, without a word of what is expected. */
export function CashUpCount({ onClosed }: CashUpCountProps) {
  const { t } = useWords()
  const { data: open, error } = useOpen()
  if (open !== undefined) return <CountForm open={open} onClosed={onClosed} />
  return error === null ? <p className="waiting">{t('common.loading')}</p> : <ErrorBanner error={error} />
}
