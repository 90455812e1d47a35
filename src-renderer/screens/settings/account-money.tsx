import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Sentence } from '../../../src-preload/contract/paging.ts'
import type { Account } from '../../../src-preload/contract/providers.ts'
import { BalanceLine } from '../../components/balance-line.tsx'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { useAction } from '../../components/use-action.ts'
import { useShop } from '../../components/use-shop.ts'
import { useWording } from '../../components/use-wording.ts'
import { useKaunta } from '../../kaunta.tsx'
import { useWords } from './words.ts'

interface MoneyButtonProps {
  readonly accountId: string
}

/** Tells the network where to report what customers pay by themselves. */
function Register({ accountId }: MoneyButtonProps) {
  const { t } = useWords()
  const { client } = useKaunta()
  const { say } = useWording()
  const action = useAction()
  const [result, setResult] = useState<{ ok: boolean; sentence: Sentence } | null>(null)
  const register = () => {
    setResult(null)
    void action.run(async () => setResult(await client.notices.register({ accountId })))
  }
  return (
    <div className="save-row">
      <Button variant="light" onClick={register} aria-busy={action.busy}>
        {t('settings.accounts.register')}
      </Button>
      <div role="status">
        {result === null ? (
          <span className="quiet">{t('settings.accounts.registerHint')}</span>
        ) : (
          <p className={result.ok ? 'good' : 'tone-red'}>
            <span aria-hidden="true">{result.ok ? '✓ ' : '✕ '}</span>
            {say(result.sentence)}
          </p>
        )}
      </div>
      <ErrorBanner error={action.error} />
    </div>
  )
}

/** A new address for the network's reports, for when somebody else came to know the old one. */
function RenewCallback({ accountId }: MoneyButtonProps) {
  const { t } = useWords()
  const { client } = useKaunta()
  const { time } = useWording()
  const { data: shop } = useShop()
  const action = useAction()
  const [made, setMade] = useState<{ path: string; oldUntil: number } | null>(null)
  const renew = () =>
    void action.run(async () => setMade(await client.accounts.renewCallback({ id: accountId })))
  return (
    <div className="save-row">
      <Button variant="light" onClick={renew} aria-busy={action.busy}>
        {t('settings.accounts.renewCallback')}
      </Button>
      <div role="status">
        {made === null ? (
          <span className="quiet">{t('settings.accounts.renewCallbackHint')}</span>
        ) : (
          <p>
            <code>{`${shop?.publicAddress ?? ''}${made.path}`}</code>{' '}
            {t('settings.accounts.renewedCallback', { until: time(made.oldUntil) })}
          </p>
        )}
      </div>
      <ErrorBanner error={action.error} />
    </div>
  )
}

/** What a mobile-money account can do besides taking payments; nothing for the others. */
export function AccountMoney({ account }: { readonly account: Account | null }) {
  const { queries } = useKaunta()
  const { data: networks = [] } = useQuery(queries.payments.networks.queryOptions())
  const network = networks.find(({ accountId }) => accountId === account?.id)
  if (network === undefined) return null
  return (
    <>
      {network.registerNotices ? <Register accountId={network.accountId} /> : null}
      <RenewCallback accountId={network.accountId} />
      {network.balance ? <BalanceLine network={network} /> : null}
    </>
  )
}
