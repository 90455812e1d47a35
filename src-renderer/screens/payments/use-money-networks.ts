import { useQuery } from '@tanstack/react-query'
import type { MoneyNetwork } from '../../../src-preload/contract/payments.ts'
import { useKaunta } from '../../kaunta.tsx'

const none: readonly MoneyNetwork[] = []

/** The shop's mobile-money accounts, in the order of settings. */
export function useMoneyNetworks(): readonly MoneyNetwork[] {
  const { queries } = useKaunta()
  return useQuery(queries.payments.networks.queryOptions()).data ?? none
}
