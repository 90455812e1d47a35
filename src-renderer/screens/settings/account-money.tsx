import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Sentence } from '../../../src-preload/contract/paging.ts'
import type { Account } from '../../../src-preload/contract/providers.ts'
import { BalanceLine } from '../../components/balance-line.tsx'
import { ProblemNotice } from '../../components/problem-notice.tsx'
import { useAction } from '../../components/use-action.ts'
import { useWording } from '../../components/use-wording.ts'
import { useKaunta } from '../../kaunta.tsx'

interface MoneyButtonProps {
  readonly accountId: string
}

/** Tells the network where to report what customers pay by themselves. */
function Register({ accountId }: MoneyButtonProps) {
  const { t } = useTranslation()
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
      <ProblemNotice error={action.error} />
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
      {network.balance ? <BalanceLine network={network} /> : null}
    </>
  )
}
