import { useQueryClient } from '@tanstack/react-query'
import type { Notice } from '../../../src-preload/contract/payments.ts'
import type { Sale } from '../../../src-preload/contract/receipts.ts'
import { useKaunta } from '../../kaunta.tsx'
import { chosenNetwork, type NetworkChoice, networksFor } from './networks.ts'
import { askableAgain } from './time-line.ts'
import type { Draft } from './use-draft.ts'
import type { History } from './use-history.ts'

export interface PaymentRequest {
  /** Null for the number in the field. */
  readonly phone: string | null
  /** Minor units; null for what the sale still lacks. */
  readonly amountMinor: number | null
  /** Null for the one that the number suggests. */
  readonly accountId: string | null
  /** From that one to the one that is meant; none usually. */
  readonly steps?: number
}

export interface TypedCode {
  readonly code: string
  /** Null when the code's own shape tells. */
  readonly accountId: string | null
}

interface MoneyParts {
  readonly sale: Sale
  readonly draft: Draft
  readonly history: History
  readonly run: (name: string, work: () => Promise<void>) => void
  readonly close: (panel: 'pay' | 'code') => void
}

/** What the counter does with mobile money: ask, ask again, take a code, take money that came in by itself. */
export function useMoney({ sale, draft, history, run, close }: MoneyParts) {
  const { client, queries } = useKaunta()
  const cache = useQueryClient()
  /** Judged when the request goes out: the number may have been typed a moment before. */
  const accountFor = async (typed: string, choice: NetworkChoice): Promise<string | null> => {
    const all = await cache.ensureQueryData(queries.payments.networks.queryOptions())
    const reading = queries.customers.readPhone.queryOptions({ input: { typed } })
    const info = await cache.ensureQueryData(reading).catch(() => null)
    return chosenNetwork(networksFor(all, sale.currency), info, choice)?.network.accountId ?? null
  }
  const ask = ({ phone, amountMinor, accountId, steps = 0 }: PaymentRequest) =>
    run('pay', async () => {
      await draft.flush()
      const number = phone ?? draft.read().phone
      const account =
        accountId !== null && steps === 0 ? accountId : await accountFor(number, { accountId, steps })
      await client.payments.raise({
        saleId: sale.id,
        phone: number,
        ...(amountMinor === null ? {} : { amountMinor }),
        ...(account === null ? {} : { accountId: account }),
      })
      close('pay')
    })
  const askAgain = () => {
    const refused = askableAgain(history.payments)
    if (refused !== null) ask(refused)
  }
  const enterCode = ({ code, accountId }: TypedCode, onRefused: (error: unknown) => void) =>
    run('code', async () => {
      await draft.flush()
      try {
        await client.payments.enterCode({
          saleId: sale.id,
          code,
          ...(accountId === null ? {} : { accountId }),
        })
        close('code')
      } catch (error) {
        onRefused(error)
      }
    })
  const takeNotice = ({ id }: Pick<Notice, 'id'>) =>
    run(`notice ${id}`, async () => {
      await draft.flush()
      await client.notices.match({ id, saleId: sale.id })
      close('code')
    })
  return { ask, askAgain, enterCode, takeNotice }
}

export type Money = ReturnType<typeof useMoney>
