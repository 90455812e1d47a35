import { Button, SegmentedControl } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type {
  Connection,
  FoundPrinter,
  PrinterModel,
} from '../../../../src-preload/contract/printer-models.ts'
import type { Printer } from '../../../../src-preload/contract/printing.ts'
import { useWords } from '../words.ts'
import { ConnectionFields } from './connection-fields.tsx'
import { emptyConnection } from './draft.ts'
import { FoundList } from './found-list.tsx'
import { OtherNetwork, SearchForm } from './search-form.tsx'
import { useSearch } from './use-search.ts'

interface FindStepProps {
  /** What was found or typed before, when a person came back to change it. */
  readonly connection: Connection | null
  readonly models: readonly PrinterModel[]
  readonly printers: readonly Printer[]
  readonly onFound: (found: Pick<FoundPrinter, 'connection' | 'name' | 'model'>) => void
}

interface TypedProps {
  readonly connection: Connection
  readonly onChange: (connection: Connection) => void
  readonly onDone: () => void
}

/** What is typed here is looked at when the printer is saved for its trial, which leads back. */
const noRefusal = () => undefined

function ByHand({ connection, onChange, onDone }: TypedProps) {
  const { t } = useWords()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onDone()
  }
  return (
    <form className="form" onSubmit={submit}>
      <div className="form-grid">
        <ConnectionFields connection={connection} errorOf={noRefusal} onChange={onChange} />
      </div>
      <div className="save-row">
        <Button type="submit">{t('settings.printers.steps.next')}</Button>
      </div>
    </form>
  )
}

/** First step: a search, or the address as a person knows it. */
export function FindStep({ connection, models, printers, onFound }: FindStepProps) {
  const { t } = useWords()
  const [byHand, setByHand] = useState(connection !== null)
  const [typed, setTyped] = useState<Connection>(connection ?? emptyConnection.network)
  const search = useSearch()
  return (
    <div className="form">
      <SegmentedControl
        className="find-way"
        aria-label={t('settings.printers.find.way')}
        value={byHand ? 'byHand' : 'search'}
        data={(['search', 'byHand'] as const).map((value) => ({
          value,
          label: t(`settings.printers.find.${value}`),
        }))}
        onChange={(value) => {
          search.cancel()
          setByHand(value === 'byHand')
        }}
      />
      {byHand ? (
        <ByHand
          connection={typed}
          onChange={setTyped}
          onDone={() => onFound({ connection: typed, name: '', model: null })}
        />
      ) : (
        <>
          <SearchForm search={search} />
          {search.state.kind === 'found' ? (
            <FoundList
              found={search.state.found}
              tried={search.state.tried}
              models={models}
              printers={printers}
              onChoose={onFound}
            />
          ) : null}
          <OtherNetwork search={search} />
        </>
      )}
    </div>
  )
}
