import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { subnetPattern } from '../../../../src-preload/contract/printer-facts.ts'
import { Elapsed } from '../../../components/elapsed.tsx'
import { concerns, problemOf } from '../../../components/problem.ts'
import { ProblemNotice } from '../../../components/problem-notice.tsx'
import { useFocusOnShow } from '../../../components/use-focus-on-show.ts'
import { useStatus } from '../../../components/use-shop.ts'
import { useWording } from '../../../components/use-wording.ts'
import { useKaunta } from '../../../kaunta.tsx'
import { CheckedField } from './checked-field.tsx'
import { PortField } from './port-field.tsx'
import type { Search, SearchFor } from './use-search.ts'

interface Typed {
  readonly announced: boolean | null
  readonly knock: boolean
  readonly subnet: string | null
  readonly port: string | null
}

const nothingTyped: Typed = { announced: null, knock: false, subnet: null, port: null }

/** How far a search is, and what came of it, in one line that is always there. */
function SearchWords({ search }: { readonly search: Search }) {
  const { t } = useTranslation()
  const { state } = search
  return (
    <p role="status" className="search-words">
      {state.kind === 'searching'
        ? state.addresses === 0
          ? t('settings.printers.find.searching')
          : t('settings.printers.find.searchingAddresses', { count: state.addresses })
        : null}
      {state.kind === 'cancelled' ? t('settings.printers.find.cancelled') : null}
      {state.kind === 'found' && state.found.length > 0
        ? t('settings.printers.find.found', { count: state.found.length })
        : null}
    </p>
  )
}

/** The subnets this machine stands in, offered and changeable. */
function useSearchFields() {
  const { queries } = useKaunta()
  const { data: status } = useStatus()
  const { data: offered = [] } = useQuery(queries.printers.subnets.queryOptions())
  const [typed, setTyped] = useState(nothingTyped)
  const subnet = typed.subnet ?? offered[0]?.subnet ?? ''
  const portOf = (one: string) => offered.find((offer) => offer.subnet === one)?.port
  return {
    offered,
    change: (part: Partial<Typed>) => setTyped((before) => ({ ...before, ...part })),
    knock: typed.knock,
    // While practising nothing is asked of the real network unless a person ticks it.
    announced: typed.announced ?? status?.mode === 'live',
    subnet,
    port: typed.port ?? String(portOf(subnet) ?? offered[0]?.port ?? 9100),
  }
}

type Fields = ReturnType<typeof useSearchFields>

interface KnockProps {
  readonly fields: Fields
  readonly errorOf: (field: string) => string | undefined
}

function KnockFields({ fields, errorOf }: KnockProps) {
  const { t } = useTranslation()
  const offers = useId()
  return (
    <fieldset className="search-part">
      <label className="check">
        <input
          type="checkbox"
          checked={fields.knock}
          aria-describedby={`${offers}-why`}
          onChange={(event) => fields.change({ knock: event.currentTarget.checked })}
        />
        {t('settings.printers.find.knock')}
      </label>
      <p className="quiet" id={`${offers}-why`}>
        {t('settings.printers.find.knockHint')}
      </p>
      <div className="form-grid">
        <CheckedField
          wrong={subnetPattern.test(fields.subnet) ? null : t('settings.printers.find.subnetWrong')}
          label={t('settings.printers.find.subnet')}
          description={t('settings.printers.find.subnetHint')}
          list={offers}
          disabled={!fields.knock}
          required={fields.knock}
          value={fields.subnet}
          error={errorOf('subnet')}
          onChange={(event) => fields.change({ subnet: event.currentTarget.value.trim() })}
        />
        <PortField
          disabled={!fields.knock}
          value={fields.port}
          error={errorOf('port')}
          onChange={(port) => fields.change({ port })}
        />
      </div>
      <datalist id={offers}>
        {fields.offered.map(({ subnet, label }) => (
          <option key={subnet} value={subnet}>
            {label === 'practice' ? t('settings.printers.find.practiceNetwork') : label}
          </option>
        ))}
      </datalist>
    </fieldset>
  )
}

function searchFor(fields: Fields): SearchFor {
  const { announced, knock, subnet, port } = fields
  return { announced, port: knock ? Number(port) : 9100, ...(knock ? { subnet } : {}) }
}

/** Where to look for a printer. Each address of a network is tried only when a person says so. */
export function SearchForm({ search }: { readonly search: Search }) {
  const { t } = useTranslation()
  const { say } = useWording()
  const fields = useSearchFields()
  const start = useFocusOnShow<HTMLButtonElement>()
  const { state } = search
  const searching = state.kind === 'searching'
  const refused = state.kind === 'refused' ? problemOf(state.error) : null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!searching) void search.start(searchFor(fields))
  }
  return (
    <form className="form" onSubmit={submit}>
      <p>{t('settings.printers.find.here')}</p>
      <div className="search-part">
        <label className="check">
          <input
            type="checkbox"
            checked={fields.announced}
            onChange={(event) => fields.change({ announced: event.currentTarget.checked })}
          />
          {t('settings.printers.find.announced')}
        </label>
        <p className="quiet">{t('settings.printers.find.announcedHint')}</p>
      </div>
      <KnockFields
        fields={fields}
        errorOf={(field) => (concerns(refused, field) ? say(refused.sentence) : undefined)}
      />
      {refused === null ? null : <ProblemNotice error={state.kind === 'refused' ? state.error : null} />}
      <div className="save-row">
        <Button ref={start} type="submit" aria-busy={searching}>
          {t(state.kind === 'idle' ? 'settings.printers.find.start' : 'settings.printers.find.again')}
        </Button>
        <Button variant="default" disabled={!searching} onClick={search.cancel}>
          {t('common.cancel')}
        </Button>
        <SearchWords search={search} />
        {state.kind === 'searching' ? <Elapsed since={state.since} /> : null}
      </div>
    </form>
  )
}
