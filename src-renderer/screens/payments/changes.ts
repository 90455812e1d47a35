import type { InfiniteData } from '@tanstack/react-query'
import type { Payment } from '../../../src-preload/contract/payments.ts'
import { type ChangeOf, type Known, means } from '../../changes.ts'
import { type Page, replaceInPages } from '../../rows.ts'

function applyPayment({ payment }: ChangeOf<'payment'>, { cache, queries, ask }: Known): void {
  const lists = { queryKey: queries.payments.list.key({ type: 'infinite' }) }
  cache.setQueriesData<InfiniteData<Page<Payment>>>(lists, (data) => replaceInPages(data, payment))
  ask(lists.queryKey)
  ask(queries.payments.get.key({ input: { id: payment.id } }))
  ask(queries.payments.totals.key())
  ask(queries.payments.attention.key())
}

/** The lists of money, and what of it waits for a person. */
export const paymentsChanges = [
  means('payment', applyPayment),
  means('unread', (_, { queries, ask }) => ask(queries.payments.attention.key())),
  means('notice', (_, { queries, ask }) => {
    ask(queries.notices.key())
    ask(queries.payments.attention.key())
  }),
  means('transfer', ({ transfer }, { queries, ask }) => {
    ask(queries.transfers.list.key({ type: 'infinite' }))
    ask(queries.transfers.get.key({ input: { id: transfer.id } }))
    ask(queries.payments.attention.key())
  }),
  means('reconciliation', (_, { queries, ask }) => ask(queries.reconciliations.key())),
]
