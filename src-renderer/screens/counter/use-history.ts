import { useQueries, useQuery } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import type { Sale } from '../../../src-preload/contract/receipts.ts'
import type { Transfer } from '../../../src-preload/contract/transfers.ts'
import { problemOf, type ShownProblem } from '../../components/problem.ts'
import { timeLineLimit } from '../../first-questions.ts'
import { useKaunta } from '../../kaunta.tsx'
import type { Refusal, SaleHistory } from './time-line.ts'
import { useFittingNotices } from './use-fitting-notices.ts'

const refusalsKept = 3

export interface History extends SaleHistory {
  /** Notes what a call threw; answers it as shown. */
  readonly refuse: (error: unknown) => ShownProblem
  readonly dismiss: (id: string) => void
  readonly clear: () => void
  /** Another number is being typed: what was said against the one before is over. */
  readonly forgetPhone: () => void
}

const noTransfers: readonly Transfer[] = Object.freeze([])

/** What of this sale's money went back, or is on its way. */
function useTransfers(payments: SaleHistory['payments']): readonly Transfer[] {
  const { queries } = useKaunta()
  const paid = payments.filter(({ state }) => state === 'completed' || state === 'reversed')
  return useQueries({
    queries: paid.map(({ id }) =>
      queries.transfers.list.queryOptions({ input: { paymentId: id, limit: timeLineLimit } }),
    ),
    combine: (results) => {
      const rows = results.flatMap(({ data }) => data?.rows ?? [])
      return rows.length === 0 ? noTransfers : rows
    },
  })
}

const proposedAtMost = 2

/** Messages, money and prints of one sale, kept fresh by the live stream, and what was refused here. */
export function useHistory(sale: Sale): History {
  const { id: saleId } = sale
  const { queries } = useKaunta()
  const input = { saleId, limit: timeLineLimit }
  const { data: messages } = useQuery(queries.messages.list.queryOptions({ input }))
  const { data: payments } = useQuery(queries.payments.list.queryOptions({ input }))
  const { data: jobs } = useQuery(queries.printing.list.queryOptions({ input: { saleId } }))
  const transfers = useTransfers(payments?.rows ?? [])
  const dueMinor = sale.totalMinor - sale.paidMinor
  const fitting = useFittingNotices(sale).filter(({ amountMinor }) => amountMinor === dueMinor)
  const [refusals, setRefusals] = useState<readonly Refusal[]>([])
  const refuse = useCallback((error: unknown) => {
    const problem = problemOf(error)
    const refusal = { id: crypto.randomUUID(), at: Date.now(), problem }
    setRefusals((before) => [refusal, ...before].slice(0, refusalsKept))
    return problem
  }, [])
  const dismiss = useCallback(
    (id: string) => setRefusals((before) => before.filter((one) => one.id !== id)),
    [],
  )
  const clear = useCallback(() => setRefusals((shown) => (shown.length === 0 ? shown : [])), [])
  const forgetPhone = useCallback(() => {
    const isOfPhone = ({ problem }: Refusal) => problem.code.startsWith('PHONE_')
    setRefusals((shown) => (shown.some(isOfPhone) ? shown.filter((one) => !isOfPhone(one)) : shown))
  }, [])
  return {
    messages: messages?.rows ?? [],
    payments: payments?.rows ?? [],
    jobs: jobs ?? [],
    transfers,
    notices: fitting.slice(0, proposedAtMost),
    refusals,
    refuse,
    dismiss,
    clear,
    forgetPhone,
  }
}
