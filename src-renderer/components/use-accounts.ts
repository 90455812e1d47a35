import { useQuery } from '@tanstack/react-query'
import type { Capability } from '../../src-preload/contract/providers.ts'
import { useKaunta } from '../kaunta.tsx'

/** Accounts that can do a job and are in use, by the job. */
export function useAccountsBy() {
  const { queries } = useKaunta()
  const { data: accounts = [] } = useQuery(queries.accounts.list.queryOptions())
  const { data: providers = [] } = useQuery(queries.providers.list.queryOptions())
  return (capability: Capability) => {
    const able = new Set(
      providers.filter((provider) => provider.capabilities.includes(capability)).map(({ id }) => id),
    )
    return accounts.filter((account) => account.enabled && able.has(account.provider))
  }
}

/** Accounts that can do a job and are in use, with their provider's name. */
export function useAccounts(capability: Capability) {
  return useAccountsBy()(capability)
}
