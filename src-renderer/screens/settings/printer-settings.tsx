import './printers/printers.css'
import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { PrinterModel } from '../../../src-preload/contract/printer-models.ts'
import type { Printer, PrinterStatus } from '../../../src-preload/contract/printing.ts'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { PickList } from '../../components/pick-list.tsx'
import { AddPrinter } from './printers/add-printer.tsx'
import { EditPrinter } from './printers/edit-printer.tsx'
import { PrinterCard } from './printers/printer-card.tsx'
import { PrinterStatusMark } from './printers/printer-status.tsx'
import { usePrinters } from './printers/use-printers.ts'
import { usesOf } from './printers/uses.ts'
import { useWords } from './words.ts'

type Doing =
  | { readonly kind: 'looking'; readonly id: string | null }
  | { readonly kind: 'editing'; readonly id: string }
  | { readonly kind: 'adding' }

interface ListProps {
  readonly printers: readonly Printer[]
  readonly chosen: string | null
  readonly statusOf: (id: string) => PrinterStatus | undefined
  readonly onChoose: (id: string) => void
  readonly onAdd: () => void
}

function PrinterList({ printers, chosen, statusOf, onChoose, onAdd }: ListProps) {
  const { t } = useWords()
  return (
    <div className="account-lists">
      {printers.length === 0 ? <p className="quiet">{t('settings.printers.empty')}</p> : null}
      <PickList
        label={t('settings.printers.list')}
        rows={printers}
        idOf={({ id }) => id}
        chosen={chosen}
        onChoose={onChoose}
      >
        {(printer) => (
          <>
            <strong>{printer.name}</strong>
            <PrinterStatusMark status={statusOf(printer.id)} />
            <span className="pick-low">{usesOf(printer, printers, t).join(' · ')}</span>
          </>
        )}
      </PickList>
      <Button variant="light" onClick={onAdd}>
        + {t('settings.printers.add')}
      </Button>
    </div>
  )
}

interface ChosenProps {
  readonly doing: Doing
  readonly printer: Printer | null
  readonly printers: readonly Printer[]
  readonly models: readonly PrinterModel[]
  readonly statusOf: (id: string) => PrinterStatus | undefined
  readonly onDo: (doing: Doing) => void
  /** Back to the list, at this printer. */
  readonly onBack: (id: string | null) => void
}

function Chosen({ doing, printer, printers, models, statusOf, onDo, onBack }: ChosenProps) {
  const { t } = useWords()
  if (doing.kind === 'adding') return <AddPrinter models={models} printers={printers} onDone={onBack} />
  if (printer === null) return <p className="quiet">{t('settings.printers.choose')}</p>
  if (doing.kind === 'editing') {
    return (
      <EditPrinter
        key={printer.id}
        printer={printer}
        others={printers.filter(({ id }) => id !== printer.id)}
        models={models}
        onDone={() => onBack(printer.id)}
      />
    )
  }
  return (
    <PrinterCard
      key={printer.id}
      printer={printer}
      printers={printers}
      models={models}
      status={statusOf(printer.id)}
      onEdit={() => onDo({ kind: 'editing', id: printer.id })}
      onRemoved={() => onBack(null)}
    />
  )
}

/** Back from a form, the next key belongs to the list. */
function useFocusOnReturn() {
  const place = useRef<HTMLDivElement>(null)
  const [returns, setReturns] = useState(0)
  useEffect(() => {
    if (returns > 0) place.current?.querySelector<HTMLElement>('.pick[aria-current="true"]')?.focus()
  }, [returns])
  return { place, comeBack: () => setReturns((before) => before + 1) }
}

/** The printers of this till: how each is, what it is for, and one more. */
export default function PrinterSettings() {
  const { t } = useWords()
  const { printers, models, statusOf, error } = usePrinters()
  const [doing, setDoing] = useState<Doing>({ kind: 'looking', id: null })
  const { place, comeBack } = useFocusOnReturn()
  if (printers === undefined || models === undefined) {
    return error === null ? <p className="waiting">{t('common.loading')}</p> : <ErrorBanner error={error} />
  }
  const wanted = doing.kind === 'adding' ? null : doing.id
  const first = doing.kind === 'adding' ? null : (printers[0] ?? null)
  const printer = printers.find(({ id }) => id === wanted) ?? first
  return (
    <div className="account-layout" ref={place}>
      <PrinterList
        printers={printers}
        chosen={printer?.id ?? null}
        statusOf={statusOf}
        onChoose={(id) => setDoing({ kind: 'looking', id })}
        onAdd={() => setDoing({ kind: 'adding' })}
      />
      <Chosen
        doing={doing}
        printer={printer}
        printers={printers}
        models={models}
        statusOf={statusOf}
        onDo={setDoing}
        onBack={(id) => {
          setDoing({ kind: 'looking', id })
          comeBack()
        }}
      />
    </div>
  )
}
