import '@mantine/core/styles/PasswordInput.css'
import { NativeSelect, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Account, ProviderInfo } from '../../../src-preload/contract/providers.ts'
import { useManagerWord } from '../../components/approved-call.tsx'
import { AskFirst } from '../../components/ask-first.tsx'
import { concerns, problemOf } from '../../components/problem.ts'
import { useAction } from '../../components/use-action.ts'
import { useStatus } from '../../components/use-shop.ts'
import { useWording } from '../../components/use-wording.ts'
import { useKaunta } from '../../kaunta.tsx'
import { SecretField, SettingField } from './account-fields.tsx'
import { AccountMoney } from './account-money.tsx'
import { AccountTest } from './account-test.tsx'
import { SaveRow } from './save-row.tsx'
import { useWords } from './words.ts'

interface AccountFormProps {
  readonly provider: ProviderInfo
  /** Null for a new one. */
  readonly account: Account | null
  readonly onSaved: (account: Account) => void
  readonly onRemoved: () => void
}

interface TypedAccount {
  readonly label: string
  readonly environment: Account['environment']
  readonly baseUrl: string
  readonly enabled: boolean
  readonly settings: Readonly<Record<string, string>>
  /** Only those typed now. */
  readonly secrets: Readonly<Record<string, string>>
}

/** Where an account may work: practice reaches nobody, and the real thing does not practise. */
const environmentsOf = { live: ['live', 'sandbox'], practice: ['practice'] } as const

function typedOf(
  provider: ProviderInfo,
  account: Account | null,
  environment: Account['environment'],
): TypedAccount {
  return {
    label: account?.label ?? provider.label,
    environment: account?.environment ?? environment,
    baseUrl: account?.baseUrl ?? '',
    enabled: account?.enabled ?? true,
    settings: Object.fromEntries(
      provider.settings.map(({ name }) => [name, String(account?.settings[name] ?? '')]),
    ),
    secrets: {},
  }
}

/** Settings as the contract takes them: numbers as numbers, empty optional ones left out. */
function settingsOf(provider: ProviderInfo, typed: TypedAccount): Record<string, string | number> {
  const filled = provider.settings.filter(({ name }) => (typed.settings[name] ?? '').trim() !== '')
  return Object.fromEntries(
    filled.map(({ name, kind }) => {
      const value = (typed.settings[name] ?? '').trim()
      return [name, kind === 'number' && Number.isFinite(Number(value)) ? Number(value) : value]
    }),
  )
}

interface RemoveProps {
  readonly account: Account
  readonly onRemoved: () => void
}

function RemoveAccount({ account, onRemoved }: RemoveProps) {
  const { t } = useWords()
  const withWord = useManagerWord()
  const { client, queries } = useKaunta()
  const cache = useQueryClient()
  return (
    <AskFirst
      label={t('common.remove')}
      title={t('settings.accounts.removeTitle', { label: account.label })}
      ask={t('settings.accounts.removeAsk')}
      act={() => withWord((word) => client.accounts.remove({ id: account.id, ...word }))}
      onDone={async () => {
        await cache.invalidateQueries({ queryKey: queries.accounts.key() })
        onRemoved()
      }}
    />
  )
}

interface FieldsProps {
  readonly provider: ProviderInfo
  readonly account: Account | null
  readonly typed: TypedAccount
  readonly errorOf: (field: string) => string | undefined
  readonly onChange: (part: Partial<TypedAccount>) => void
}

function Fields({ provider, account, typed, errorOf, onChange }: FieldsProps) {
  const { t } = useWords()
  const { data: status } = useStatus()
  const environments: readonly Account['environment'][] = environmentsOf[status?.mode ?? 'live']
  return (
    <div className="form-grid">
      <TextInput
        label={t('settings.accounts.label')}
        required
        value={typed.label}
        error={errorOf('label')}
        onChange={(event) => onChange({ label: event.currentTarget.value })}
        autoComplete="off"
      />
      <NativeSelect
        label={t('settings.accounts.environment')}
        value={typed.environment}
        data={environments.map((value) => ({ value, label: t(`settings.accounts.environments.${value}`) }))}
        onChange={(event) => {
          const environment = environments.find((one) => one === event.currentTarget.value)
          if (environment !== undefined) onChange({ environment })
        }}
      />
      {provider.settings.map((field) => (
        <SettingField
          key={field.name}
          field={field}
          value={typed.settings[field.name] ?? ''}
          error={errorOf(field.name)}
          onChange={(value) => onChange({ settings: { ...typed.settings, [field.name]: value } })}
        />
      ))}
      {provider.secrets.map((field) => (
        <SecretField
          key={field.name}
          field={field}
          value={typed.secrets[field.name] ?? ''}
          isSet={account?.secretsSet.includes(field.name) ?? false}
          error={errorOf(field.name)}
          onChange={(value) => onChange({ secrets: { ...typed.secrets, [field.name]: value } })}
        />
      ))}
      <TextInput
        className="whole"
        label={t('settings.accounts.baseUrl')}
        placeholder="https://"
        inputMode="url"
        value={typed.baseUrl}
        error={errorOf('baseUrl')}
        onChange={(event) => onChange({ baseUrl: event.currentTarget.value })}
        autoComplete="off"
      />
      <label className="check whole">
        <input
          type="checkbox"
          checked={typed.enabled}
          onChange={(event) => onChange({ enabled: event.currentTarget.checked })}
        />
        {t('settings.accounts.enabled')}
      </label>
    </div>
  )
}

function Notes({ provider }: { readonly provider: ProviderInfo }) {
  const { t } = useWords()
  const { say } = useWording()
  return (
    <>
      {provider.limits.length === 0 ? null : (
        <section aria-label={t('settings.accounts.limits')}>
          <h3>{t('settings.accounts.limits')}</h3>
          <ul className="limits">
            {provider.limits.map((limit) => (
              <li key={limit.en}>{say(limit)}</li>
            ))}
          </ul>
        </section>
      )}
      <p className="quiet">{t('settings.accounts.docs', { url: provider.docsUrl })}</p>
    </>
  )
}

/** The form of one account, generated from what its provider needs. */
export function AccountForm({ provider, account, onSaved, onRemoved }: AccountFormProps) {
  const { client, queries } = useKaunta()
  const { say } = useWording()
  const cache = useQueryClient()
  const { data: status } = useStatus()
  const [typed, setTyped] = useState(() =>
    typedOf(provider, account, status?.mode === 'live' ? 'live' : 'practice'),
  )
  const withWord = useManagerWord()
  const [changed, setChanged] = useState(false)
  const action = useAction()
  const refused = action.error === null ? null : problemOf(action.error)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void action.run(async () => {
      const { label, environment, enabled, baseUrl } = typed
      const saved = await withWord((word) =>
        client.accounts.save({
          ...(account === null ? {} : { id: account.id }),
          provider: provider.id,
          label,
          environment,
          enabled,
          baseUrl: baseUrl.trim() === '' ? null : baseUrl.trim(),
          settings: settingsOf(provider, typed),
          secrets: Object.fromEntries(Object.entries(typed.secrets).filter(([, value]) => value !== '')),
          ...word,
        }),
      )
      setTyped((before) => ({ ...before, secrets: {} }))
      setChanged(false)
      await cache.invalidateQueries({ queryKey: queries.accounts.key() })
      onSaved(saved)
    })
  }
  return (
    <form className="settings-card form" onSubmit={submit}>
      <h2>{provider.label}</h2>
      <Fields
        provider={provider}
        account={account}
        typed={typed}
        errorOf={(field) => (concerns(refused, field) ? say(refused.sentence) : undefined)}
        onChange={(part) => {
          setTyped((before) => ({ ...before, ...part }))
          setChanged(true)
          action.reset()
        }}
      />
      <SaveRow action={action}>
        {account === null ? null : <RemoveAccount account={account} onRemoved={onRemoved} />}
      </SaveRow>
      <AccountTest account={account} changed={changed} />
      <AccountMoney account={account} />
      <Notes provider={provider} />
    </form>
  )
}
