import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { channelNames } from '../../../src-preload/contract/channels.ts'
import type { Account, Capability, ProviderInfo } from '../../../src-preload/contract/providers.ts'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { PickList } from '../../components/pick-list.tsx'
import { useKaunta } from '../../kaunta.tsx'
import { AccountForm } from './account-form.tsx'
import { useWords } from './words.ts'

type Chosen = { readonly account: string } | { readonly provider: string } | null

/** A way from elsewhere leads to an account, or to what can carry one kind of thing. */
const capabilities = [...channelNames, 'mobileMoney'] as const satisfies readonly Capability[]

/** Why an account's line stands still; the contract says it in a word of the outbox. */
const holds = ['offline', 'throttled', 'credentials', 'balance', 'fault'] as const

function holdOf({ hold }: Account): (typeof holds)[number] | null {
  return hold === null ? null : (holds.find((known) => known === hold) ?? 'fault')
}

function ledTo(id: string | undefined): Chosen {
  return id === undefined ? null : { account: id }
}

function chosenAccount(chosen: Chosen): string | null {
  return chosen !== null && 'account' in chosen ? chosen.account : null
}

function chosenProvider(chosen: Chosen): string | null {
  return chosen !== null && 'provider' in chosen ? chosen.provider : null
}

interface ListsProps {
  readonly accounts: readonly Account[]
  readonly providers: readonly ProviderInfo[]
  readonly chosen: Chosen
  readonly onChoose: (chosen: Chosen) => void
}

function Lists({ accounts, providers, chosen, onChoose }: ListsProps) {
  const { t } = useWords()
  const labelOf = (id: string) => providers.find((provider) => provider.id === id)?.label ?? id
  return (
    <div className="account-lists">
      <h2>{t('settings.accounts.list')}</h2>
      {accounts.length === 0 ? <p className="quiet">{t('settings.accounts.empty')}</p> : null}
      <PickList
        label={t('settings.accounts.list')}
        rows={accounts}
        idOf={(account) => account.id}
        chosen={chosenAccount(chosen)}
        onChoose={(account) => onChoose({ account })}
      >
        {(account) => (
          <>
            <strong>{account.label}</strong>
            <span className="pick-low">
              {labelOf(account.provider)} · {t(`settings.accounts.environments.${account.environment}`)}
              {account.enabled ? '' : ` · ${t('settings.accounts.off')}`}
            </span>
            {account.outOfOrder ? (
              <span className="tone-red">✕ {t('settings.accounts.outOfOrder')}</span>
            ) : null}
            {holdOf(account) === null ? null : (
              <span className="tone-red">✕ {t(`settings.accounts.holds.${holdOf(account) ?? 'fault'}`)}</span>
            )}
          </>
        )}
      </PickList>
      <h2>{t('settings.accounts.available')}</h2>
      <PickList
        label={t('settings.accounts.available')}
        rows={providers}
        idOf={(provider) => provider.id}
        chosen={chosenProvider(chosen)}
        onChoose={(provider) => onChoose({ provider })}
      >
        {(provider) => (
          <>
            <span>+ {t('settings.accounts.add', { provider: provider.label })}</span>
            <span className="pick-low">{provider.markets.join(' · ')}</span>
          </>
        )}
      </PickList>
    </div>
  )
}

/** What can carry the kind of thing that somebody was led here for stands first. */
function wantedFirst(providers: readonly ProviderInfo[], id: string | undefined): readonly ProviderInfo[] {
  const wanted = capabilities.find((capability) => capability === id)
  if (wanted === undefined) return providers
  const carries = ({ capabilities: able }: ProviderInfo) => Number(able.includes(wanted))
  return providers.toSorted((one, other) => carries(other) - carries(one))
}

/** Accounts with the networks and services that carry messages and money. */
export default function AccountSettings({ id }: { readonly id: string | undefined }) {
  const { queries } = useKaunta()
  const { t } = useWords()
  const accounts = useQuery(queries.accounts.list.queryOptions())
  const providers = useQuery(queries.providers.list.queryOptions())
  const [chosen, setChosen] = useState<Chosen>(() => ledTo(id))
  if (accounts.data === undefined || providers.data === undefined) {
    return <ErrorBanner error={accounts.error ?? providers.error} />
  }
  const account = accounts.data.find(({ id }) => id === chosenAccount(chosen))
  const providerId = account?.provider ?? chosenProvider(chosen)
  const provider = providers.data.find(({ id }) => id === providerId)
  return (
    <div className="account-layout">
      <Lists
        accounts={accounts.data}
        providers={wantedFirst(providers.data, id)}
        chosen={chosen}
        onChoose={setChosen}
      />
      {provider === undefined ? (
        <p className="quiet">
          {account?.outOfOrder === true
            ? t('settings.accounts.outOfOrderHelp', { provider: account.provider })
            : t('settings.accounts.choose')}
        </p>
      ) : (
        <AccountForm
          key={account?.id ?? provider.id}
          provider={provider}
          account={account ?? null}
          onSaved={(saved) => setChosen({ account: saved.id })}
          onRemoved={() => setChosen(null)}
        />
      )}
    </div>
  )
}
