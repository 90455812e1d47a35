import { useQuery } from '@tanstack/react-query'
import type { Currency } from '../../../src-preload/contract/money.ts'
import type { MoneyNetwork } from '../../../src-preload/contract/payments.ts'
import { digitsIn, looksLikeNumber } from '../../components/phone.ts'
import { useKaunta } from '../../kaunta.tsx'
import { networksFor } from './networks.ts'

const shortestNumber = 9

/** True when enough was typed for main to judge the number. */
export function isWholeNumber(typed: string): boolean {
  return looksLikeNumber(typed) && digitsIn(typed).length >= shortestNumber
}

/** What main makes of a typed number, once there is enough of it. */
export function useReading(typed: string) {
  const { queries } = useKaunta()
  return useQuery({
    ...queries.customers.readPhone.queryOptions({ input: { typed } }),
    enabled: isWholeNumber(typed),
    gcTime: 60_000,
  })
}

const none: readonly MoneyNetwork[] = Object.freeze([])

/** Every account that can be asked to pay; undefined until main has said. */
export function useAllNetworks(): readonly MoneyNetwork[] | undefined {
  const { queries } = useKaunta()
  return useQuery(queries.payments.networks.queryOptions()).data
}

/** The accounts that can be asked to pay in this currency. */
export function useNetworks(currency: Currency): readonly MoneyNetwork[] {
  return networksFor(useAllNetworks() ?? none, currency)
}
