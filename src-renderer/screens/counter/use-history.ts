import { useQuery } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { problemOf, type ShownProblem } from '../../components/problem.ts'
import { useKaunta } from '../../kaunta.tsx'
import { timeLineLimit } from '../../live.ts'
import type { Refusal, SaleHistory } from './time-line.ts'

const refusalsKept = 3

export interface History extends SaleHistory {
  /** Notes what a call threw; answers it as shown. */
  readonly refuse: (error: unknown) => ShownProblem
  readonly dismiss: (id: string) => void
  readonly clear: () => void
}

/** Messages, payments and prints of one sale, kept fresh by the live stream, and what was refused here. */
export function useHistory(saleId: string): History {
  const { queries } = useKaunta()
  const input = { saleId, limit: timeLineLimit }
  const { data: messages } = useQuery(queries.messages.list.queryOptions({ input }))
  const { data: payments } = useQuery(queries.payments.list.queryOptions({ input }))
  const { data: jobs } = useQuery(queries.printing.list.queryOptions({ input: { saleId } }))
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
  const clear = useCallback(() => setRefusals([]), [])
  return {
    messages: messages?.rows ?? [],
    payments: payments?.rows ?? [],
    jobs: jobs ?? [],
    refusals,
    refuse,
    dismiss,
    clear,
  }
}
