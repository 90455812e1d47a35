import { type ChangeOf, type Known, means } from '../../changes.ts'
import { timeLineLimit } from '../../first-questions.ts'
import { upsert, upsertPage } from '../../rows.ts'

function applySale({ sale }: ChangeOf<'sale'>, { cache, queries }: Known): void {
  const currentKey = queries.sales.current.queryKey()
  const current = cache.getQueryData(currentKey)
  if (current?.id === sale.id && sale.state !== 'finished') {
    if (current.updatedAt <= sale.updatedAt) cache.setQueryData(currentKey, sale)
  } else if (current !== undefined) {
    // Another till window finished it, or the shop's POS sent one: which sale is on the counter is main's to say.
    void cache.invalidateQueries({ queryKey: currentKey })
  }
  const key = queries.sales.get.queryKey({ input: { id: sale.id } })
  cache.setQueryData(key, sale)
  void cache.invalidateQueries({ queryKey: queries.sales.list.key() })
  void cache.invalidateQueries({ queryKey: queries.sales.today.key() })
  if (sale.source === 'api') void cache.invalidateQueries({ queryKey: queries.sales.handedOver.key() })
}

function applyPrintJob({ printJob: job }: ChangeOf<'printJob'>, { cache, queries }: Known): void {
  const { saleId } = job
  for (const input of saleId === null ? [{}] : [{}, { saleId }]) {
    cache.setQueryData(queries.printing.list.queryKey({ input }), (jobs) =>
      jobs === undefined ? undefined : upsert(jobs, job),
    )
  }
}

/** The sale on the counter, and its time line. */
export const counterChanges = [
  means('sale', applySale),
  means('message', ({ message }, { cache, queries }) => {
    if (message.saleId === null) return
    const input = { saleId: message.saleId, limit: timeLineLimit }
    cache.setQueryData(queries.messages.list.queryKey({ input }), (page) => upsertPage(page, message))
  }),
  means('payment', ({ payment }, { cache, queries }) => {
    const input = { saleId: payment.saleId, limit: timeLineLimit }
    cache.setQueryData(queries.payments.list.queryKey({ input }), (page) => upsertPage(page, payment))
  }),
  means('transfer', ({ transfer }, { cache, queries }) => {
    if (transfer.paymentId === null) return
    const input = { paymentId: transfer.paymentId, limit: timeLineLimit }
    cache.setQueryData(queries.transfers.list.queryKey({ input }), (page) => upsertPage(page, transfer))
  }),
  means('printJob', applyPrintJob),
]
