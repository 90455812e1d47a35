import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Printer, PrinterInput, TicketRule } from '../../../../src-preload/contract/printing.ts'
import { hintBelow } from '../hint-below.ts'
import { useWords } from '../words.ts'

interface UseFieldsProps {
  readonly printer: PrinterInput
  /** The other printers of this till. */
  readonly others: readonly Printer[]
  readonly errorOf: (field: string) => string | undefined
  readonly onChange: (part: Partial<PrinterInput>) => void
}

const ticketLines = ['none', 'all', 'matching'] as const satisfies readonly TicketRule['lines'][]

interface CheckProps {
  readonly label: string
  readonly checked: boolean
  readonly disabled?: boolean
  readonly onChange: (checked: boolean) => void
}

function Check({ label, checked, disabled = false, onChange }: CheckProps) {
  return (
    <label className="check">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {label}
    </label>
  )
}

function ReceiptsField({ printer, others, onChange }: Omit<UseFieldsProps, 'errorOf'>) {
  const { t } = useWords()
  const now = others.find(({ receipts }) => receipts)
  const alone = others.length === 0
  return (
    <div className="whole">
      <Check
        label={t('settings.printers.use.receipts')}
        checked={printer.receipts || alone}
        disabled={alone}
        onChange={(receipts) => onChange({ receipts })}
      />
      {alone ? <p className="quiet">{t('settings.printers.use.receiptsFirst')}</p> : null}
      {now === undefined ? null : (
        <p className="quiet">
          {t(
            printer.receipts ? 'settings.printers.use.receiptsMoves' : 'settings.printers.use.receiptsThere',
            {
              name: now.name,
            },
          )}
        </p>
      )}
    </div>
  )
}

/** As the words are kept: trimmed, none empty. */
function wordsIn(text: string): string[] {
  return text
    .split(/[,\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== '')
}

function TicketFields({ printer, errorOf, onChange }: Omit<UseFieldsProps, 'others'>) {
  const { t } = useWords()
  const { tickets } = printer
  const [text, setText] = useState(tickets.words.join(', '))
  const matching = tickets.lines === 'matching'
  return (
    <>
      <NativeSelect
        label={t('settings.printers.use.tickets')}
        value={tickets.lines}
        data={ticketLines.map((value) => ({ value, label: t(`settings.printers.use.ticketLines.${value}`) }))}
        onChange={(event) => {
          const lines = ticketLines.find((one) => one === event.currentTarget.value)
          if (lines !== undefined) onChange({ tickets: { ...tickets, lines } })
        }}
      />
      <TextInput
        label={t('settings.printers.use.words')}
        description={t('settings.printers.use.wordsHint')}
        inputWrapperOrder={hintBelow}
        disabled={!matching}
        required={matching}
        value={text}
        error={errorOf('words')}
        onChange={(event) => {
          setText(event.currentTarget.value)
          onChange({ tickets: { ...tickets, words: wordsIn(event.currentTarget.value) } })
        }}
        autoComplete="off"
      />
    </>
  )
}

function DrawerFields({ printer, onChange }: Pick<UseFieldsProps, 'printer' | 'onChange'>) {
  const { t } = useWords()
  const { drawer } = printer
  return (
    <>
      <div>
        <Check
          label={t('settings.printers.use.drawer')}
          checked={drawer}
          onChange={(checked) => onChange({ drawer: checked })}
        />
        <Check
          label={t('settings.printers.use.drawerOnCash')}
          checked={drawer && printer.drawerOnCash}
          disabled={!drawer}
          onChange={(drawerOnCash) => onChange({ drawerOnCash })}
        />
      </div>
      <NativeSelect
        label={t('settings.printers.use.drawerPin')}
        description={t('settings.printers.use.drawerPinHint')}
        inputWrapperOrder={hintBelow}
        disabled={!drawer}
        value={String(printer.drawerPin)}
        data={['2', '5']}
        onChange={(event) => onChange({ drawerPin: event.currentTarget.value === '5' ? 5 : 2 })}
      />
    </>
  )
}

/** What a printer is for: receipts, tickets, standing in, the cash drawer. */
export function UseFields({ printer, others, errorOf, onChange }: UseFieldsProps) {
  const { t } = useWords()
  return (
    <div className="form-grid">
      <ReceiptsField printer={printer} others={others} onChange={onChange} />
      <TicketFields printer={printer} errorOf={errorOf} onChange={onChange} />
      <NativeSelect
        className="whole"
        label={t('settings.printers.use.fallback')}
        value={printer.fallbackId ?? ''}
        error={errorOf('fallbackId')}
        disabled={others.length === 0}
        data={[
          { value: '', label: t('settings.printers.use.fallbackNone') },
          ...others.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(event) => {
          const { value } = event.currentTarget
          onChange({ fallbackId: value === '' ? null : value })
        }}
      />
      <DrawerFields printer={printer} onChange={onChange} />
    </div>
  )
}
