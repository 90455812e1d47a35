import { Button, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Scope } from '../../../src-preload/contract/rights.ts'
import type { ApiKey } from '../../../src-preload/contract/settings.ts'
import { useManagerWord } from '../../components/approved-call.tsx'
import { AskFirst } from '../../components/ask-first.tsx'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { useAction } from '../../components/use-action.ts'
import { useStatus } from '../../components/use-shop.ts'
import { useWording } from '../../components/use-wording.ts'
import { useKaunta } from '../../kaunta.tsx'
import { ApiUse } from './api-use.tsx'
import { useWords } from './words.ts'

const scopes = ['sales', 'messages', 'payments', 'outbox'] as const satisfies readonly Scope[]

/** The one moment in which the key itself is on screen. */
function NewKey({ secret }: { readonly secret: string }) {
  const { t } = useWords()
  const copying = useAction()
  const { data: status } = useStatus()
  const { protocol, origin } = window.location
  const door = protocol.startsWith('http') ? origin : null
  return (
    <section className="new-key" aria-label={t('settings.apiKeys.created')}>
      <h2>{t('settings.apiKeys.created')}</h2>
      <code>{secret}</code>
      <p>{t('settings.apiKeys.once')}</p>
      <ApiUse secret={secret} door={door} status={status} />
      <div className="save-row">
        <Button onClick={() => void copying.run(() => navigator.clipboard.writeText(secret))}>
          {t('common.copy')}
        </Button>
        <span role="status" className="good">
          {copying.done ? `✓ ${t('common.copied')}` : ''}
        </span>
      </div>
    </section>
  )
}

function CreateKey({ onCreated }: { readonly onCreated: (secret: string) => void }) {
  const { t } = useWords()
  const { client, queries } = useKaunta()
  const cache = useQueryClient()
  const withWord = useManagerWord()
  const [label, setLabel] = useState('')
  const [chosen, setChosen] = useState<readonly Scope[]>(['sales'])
  const action = useAction()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void action.run(async () => {
      const { key } = await withWord((word) => client.apiKeys.create({ label, scopes: [...chosen], ...word }))
      await cache.invalidateQueries({ queryKey: queries.apiKeys.key() })
      setLabel('')
      onCreated(key)
    })
  }
  return (
    <form className="form" onSubmit={submit}>
      <TextInput
        label={t('settings.apiKeys.label')}
        required
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
        autoComplete="off"
        maxLength={60}
      />
      <fieldset className="choice-row">
        <legend>{t('settings.apiKeys.scopes')}</legend>
        {scopes.map((scope) => (
          <label key={scope} className="choice">
            <input
              type="checkbox"
              checked={chosen.includes(scope)}
              onChange={(event) =>
                setChosen(
                  event.currentTarget.checked ? [...chosen, scope] : chosen.filter((one) => one !== scope),
                )
              }
            />
            <span>{t(`settings.apiKeys.scopeNames.${scope}`)}</span>
          </label>
        ))}
      </fieldset>
      {chosen.length === 0 ? <p className="tone-red">{t('settings.apiKeys.needScope')}</p> : null}
      <ErrorBanner error={action.error} />
      <div className="save-row">
        <Button type="submit" disabled={chosen.length === 0} aria-busy={action.busy}>
          {t('settings.apiKeys.create')}
        </Button>
      </div>
    </form>
  )
}

function KeyRow({ apiKey }: { readonly apiKey: ApiKey }) {
  const { t } = useWords()
  const { client, queries } = useKaunta()
  const withWord = useManagerWord()
  const { time } = useWording()
  const cache = useQueryClient()
  return (
    <li className="key-row">
      <strong>{apiKey.label}</strong>
      <span className="quiet">
        {apiKey.hint}… · {apiKey.scopes.map((scope) => t(`settings.apiKeys.scopeNames.${scope}`)).join(', ')}{' '}
        ·{' '}
        {apiKey.lastUsedAt === null
          ? t('settings.apiKeys.neverUsed')
          : t('settings.apiKeys.lastUsed', { time: time(apiKey.lastUsedAt) })}
      </span>
      <AskFirst
        label={t('settings.apiKeys.revoke')}
        title={t('settings.apiKeys.revokeTitle', { label: apiKey.label })}
        ask={t('settings.apiKeys.revokeAsk')}
        act={() => withWord((word) => client.apiKeys.revoke({ id: apiKey.id, ...word }))}
        onDone={() => cache.invalidateQueries({ queryKey: queries.apiKeys.key() })}
        size="sm"
      />
    </li>
  )
}

/** Keys for the shop's POS and accounting program. */
export default function ApiKeySettings() {
  const { t } = useWords()
  const { queries } = useKaunta()
  const { data: keys, error } = useQuery(queries.apiKeys.list.queryOptions())
  const [secret, setSecret] = useState<string | null>(null)
  return (
    <div className="settings-card form">
      <p className="quiet">{t('settings.apiKeys.intro')}</p>
      <ErrorBanner error={error} />
      {keys?.length === 0 ? <p>{t('settings.apiKeys.empty')}</p> : null}
      <ul>
        {keys?.map((apiKey) => (
          <KeyRow key={apiKey.id} apiKey={apiKey} />
        ))}
      </ul>
      {secret === null ? null : <NewKey key={secret} secret={secret} />}
      <CreateKey onCreated={setSecret} />
    </div>
  )
}
