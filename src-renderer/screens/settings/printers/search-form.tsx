import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { subnetPattern } from '../../../../src-preload/contract/printer-facts.ts'
import { Elapsed } from '../../../components/elapsed.tsx'
import { ErrorBanner } from '../../../components/error-banner.tsx'
import { concerns, problemOf } from '../../../components/problem.ts'
import { useFocusOnShow } from '../../../components/use-focus-on-show.ts'
import { useStatus } from '../../../components/use-shop.ts'
import { useWording } from '../../../components/use-wording.ts'
import { useKaunta } from '../../../kaunta.tsx'
import { useWords } from '../words.ts'
import { CheckedField } from './checked-field.tsx'
import { PortField } from './port-field.tsx'
import type { Search } from './use-search.ts'

interface SearchProps {
  readonly search: Search
}

/** How far a search is, and what came of it, in one line that is always there. */
function SearchWords({ search }: SearchProps) {
  const { t } = useWords()
  const { state } = search
  return (
    <p role="status" className="search-words">
      {state.kind === 'searching' ? t('settings.printers.find.searching') : null}
      {state.kind === 'cancelled' ? t('settings.printers.find.cancelled') : null}
      {state.kind === 'found' && state.found.length > 0
        ? t('settings.printers.find.found', { count: state.found.length })
        : null}
    </p>
  )
}

/** The networks this machine stands in; while practising the practice printer's address. */
function useOffered() {
  const { queries } = useKaunta()
  const { data: offered } = useQuery(queries.printers.subnets.queryOptions())
  return offered
}

/** What the press on the network will do, before it is pressed. */
function NetworkHint({ id }: { readonly id: string }) {
  const { t } = useWords()
  const { data: status } = useStatus()
  const offered = useOffered()
  const places = (offered ?? []).map(({ subnet }) => subnet).join(', ')
  if (status === undefined || offered === undefined) return <p className="quiet search-words" id={id} />
  return (
    <p className="quiet" id={id}>
      {status.mode === 'practice'
        ? t('settings.printers.find.networkPractice')
        : places === ''
          ? t('settings.printers.find.networkNone')
          : t('settings.printers.find.networkHint', { places })}
    </p>
  )
}

/** Another network than the one this computer stands in, or another port: for who knows its addresses. */
export function OtherNetwork({ search }: SearchProps) {
  const { t } = useWords()
  const { say } = useWording()
  const offers = useId()
  const offered = useOffered() ?? []
  const [typed, setTyped] = useState<{ readonly subnet?: string; readonly port?: string }>({})
  const subnet = typed.subnet ?? offered[0]?.subnet ?? ''
  const port = typed.port ?? String(offered.find((one) => one.subnet === subnet)?.port ?? 9100)
  const refused = search.state.kind === 'refused' ? problemOf(search.state.error) : null
  const errorOf = (field: string) => (concerns(refused, field) ? say(refused.sentence) : undefined)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (search.state.kind !== 'searching') void search.start({ subnet, port: Number(port) })
  }
  return (
    <details className="search-part">
      <summary>{t('settings.printers.find.other')}</summary>
      <form className="form-grid" onSubmit={submit}>
        <CheckedField
          wrong={subnetPattern.test(subnet) ? null : t('settings.printers.find.subnetWrong')}
          label={t('settings.printers.find.subnet')}
          description={t('settings.printers.find.subnetHint')}
          list={offers}
          required
          value={subnet}
          error={errorOf('subnet')}
          onChange={(event) => setTyped((before) => ({ ...before, subnet: event.target.value.trim() }))}
        />
        <PortField
          value={port}
          error={errorOf('port')}
          onChange={(next) => setTyped((before) => ({ ...before, port: next }))}
        />
        <datalist id={offers}>
          {offered.map((one) => (
            <option key={one.subnet} value={one.subnet}>
              {one.label === 'practice' ? t('settings.printers.find.practiceNetwork') : one.label}
            </option>
          ))}
        </datalist>
        <Button type="submit" variant="default" className="search-there">
          {t('settings.printers.find.otherStart')}
        </Button>
      </form>
    </details>
  )
}

/** Where to look for a printer: this computer in one press, the shop's network in one more. */
export function SearchForm({ search }: SearchProps) {
  const { t } = useWords()
  const why = useId()
  const start = useFocusOnShow<HTMLButtonElement>()
  const { state } = search
  const searching = state.kind === 'searching'
  const look = (network: boolean) => {
    if (!searching) void search.start(network ? { network } : {})
  }
  return (
    <div className="form">
      <div className="save-row search-row">
        <Button
          ref={start}
          aria-busy={searching}
          aria-describedby={`${why}-here`}
          onClick={() => look(false)}
        >
          {t('settings.printers.find.start')}
        </Button>
        <Button
          variant="light"
          className="search-network"
          aria-busy={searching}
          aria-describedby={why}
          onClick={() => look(true)}
        >
          {t('settings.printers.find.network')}
        </Button>
        <Button variant="default" disabled={!searching} onClick={search.cancel}>
          {t('common.cancel')}
        </Button>
        <SearchWords search={search} />
        {state.kind === 'searching' ? <Elapsed since={state.since} /> : null}
      </div>
      {state.kind === 'idle' ? (
        <>
          <p className="quiet" id={`${why}-here`}>
            {t('settings.printers.find.here')}
          </p>
          <NetworkHint id={why} />
        </>
      ) : null}
      {state.kind === 'refused' ? <ErrorBanner error={state.error} /> : null}
    </div>
  )
}
