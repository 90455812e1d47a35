import { BalanceLine } from '../../components/balance-line.tsx'
import { useMoneyNetworks } from './use-money-networks.ts'
import { useWords } from './words.ts'

/** What the networks last said of the shop's purses. */
export function Balances() {
  const { t } = useWords()
  const telling = useMoneyNetworks().filter(({ balance }) => balance)
  if (telling.length === 0) return <p className="quiet">{t('balances.none')}</p>
  return (
    <ul className="balances" aria-label={t('balances.title')}>
      {telling.map((network) => (
        <li key={network.accountId}>
          <BalanceLine network={network} />
        </li>
      ))}
    </ul>
  )
}
