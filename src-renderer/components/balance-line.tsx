import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { MoneyNetwork } from '../../src-preload/contract/payments.ts'
import { useWords } from '../i18n/use-words.ts'
import { useKaunta } from '../kaunta.tsx'
import { ErrorBanner } from './error-banner.tsx'
import { useAction } from './use-action.ts'
import { useWording } from './use-wording.ts'

/** One purse at a network: what it last said, and asking again. */
export function BalanceLine({ network }: { readonly network: MoneyNetwork }) {
  const { t } = useWords()
  const { client, queries } = useKaunta()
  const { money, time } = useWording()
  const cache = useQueryClient()
  const action = useAction()
  const { data = [] } = useQuery(queries.balances.list.queryOptions())
  const own = data.filter(({ accountId }) => accountId === network.accountId)
  const refresh = () =>
    void action.run(async () => {
      await client.balances.refresh({ accountId: network.accountId })
      await cache.invalidateQueries({ queryKey: queries.balances.key() })
    })
  return (
    <div className="balance">
      <span>{network.label}</span>
      {own.length === 0 ? <span className="quiet">{t('balances.noneYet')}</span> : null}
      {own.map(({ name, availableMinor, currency, at }) => (
        <span key={name} className="figures">
          {t('balances.available')} <strong>{money(availableMinor, currency)}</strong>{' '}
          <span className="quiet">
            {name} · {time(at)}
          </span>
        </span>
      ))}
      <Button size="compact-sm" variant="default" aria-busy={action.busy} onClick={refresh}>
        {t('balances.ask')}
      </Button>
      <ErrorBanner error={action.error} />
    </div>
  )
}
