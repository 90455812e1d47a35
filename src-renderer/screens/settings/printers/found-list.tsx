import { useEffect, useRef } from 'react'
import type { FoundPrinter, PrinterModel } from '../../../../src-preload/contract/printer-models.ts'
import type { Printer } from '../../../../src-preload/contract/printing.ts'
import { PickList } from '../../../components/pick-list.tsx'
import { useWords } from '../words.ts'
import { addressOf, isSamePlace } from './draft.ts'
import { TriedList } from './tried-list.tsx'
import type { Found } from './use-search.ts'

interface FoundListProps extends Found {
  readonly models: readonly PrinterModel[]
  readonly printers: readonly Printer[]
  readonly onChoose: (printer: FoundPrinter) => void
}

interface RowProps {
  readonly printer: FoundPrinter
  readonly models: readonly PrinterModel[]
  readonly known: Printer | undefined
}

function FoundRow({ printer, models, known }: RowProps) {
  const { t } = useWords()
  const model = models.find(({ id }) => id === printer.model)
  const address = addressOf(printer.connection)
  return (
    <>
      <strong>{printer.name}</strong>
      <span className="pick-low">
        <span>{t(`settings.printers.find.sources.${printer.source}`)}</span>
        {address === printer.name ? null : <span>{address}</span>}
        {model === undefined ? null : (
          <span>
            {model.maker} {model.name}
          </span>
        )}
        {known === undefined ? null : (
          <span>✓ {t('settings.printers.find.known', { name: known.name })}</span>
        )}
      </span>
    </>
  )
}

/** What a search found, and where it looked. The next key belongs to the first found, else to the wider search. */
export function FoundList({ found, tried, models, printers, onChoose }: FoundListProps) {
  const { t } = useWords()
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const wider = list.current?.parentElement?.querySelector<HTMLElement>('.search-network')
    const next = list.current?.querySelector('button') ?? wider
    next?.focus()
  }, [])
  return (
    <div ref={list} className="form">
      {found.length === 0 ? (
        <p>{t('settings.printers.find.nothing')}</p>
      ) : (
        <PickList
          label={t('settings.printers.find.list')}
          rows={found.map((printer, index) => ({ printer, id: String(index) }))}
          idOf={({ id }) => id}
          chosen={null}
          onChoose={(id) => {
            const printer = found[Number(id)]
            if (printer !== undefined) onChoose(printer)
          }}
        >
          {({ printer }) => (
            <FoundRow
              printer={printer}
              models={models}
              known={printers.find(({ connection }) => isSamePlace(connection, printer.connection))}
            />
          )}
        </PickList>
      )}
      <TriedList tried={tried} />
    </div>
  )
}
