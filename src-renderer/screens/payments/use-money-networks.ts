import { useQuery } from '@tanstack/react-query'
import type { MoneyNetwork } from '../../../src-preload/contract/payments.ts'
import { networkName } from '../../components/network-name.ts'
import { useKaunta } from '../../kaunta.tsx'

const none: readonly MoneyNetwork[] = Object.freeze([])

/** The shop's mobile-money accounts, in the order of settings. */
export function useMoneyNetworks(): readonly MoneyNetwork[] {
  const { queries } = useKaunta()
  return useQuery(queries.payments.networks.queryOptions()).data ?? none
}

/** What the account of a payment, notice or transfer is called here; its provider's id once it is gone. */
export function useNetworkNames(): (row: {
  readonly accountId: string
  readonly provider?: string
}) => string {
  const networks = useMoneyNetworks()
  return ({ accountId, provider }) => {
    const network = networks.find((one) => one.accountId === accountId)
    return network === undefined ? (provider ?? '–') : networkName(network, networks)
  }
}
