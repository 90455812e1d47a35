import { contract } from '../../src-preload/contract/index.ts'
import type { Customers } from '../customers/service.ts'
import { implementRoom } from '../implement.ts'
import type { Messaging } from '../messaging/service.ts'
import type { Payments } from '../payments/service.ts'
import type { Receipts } from '../receipts/service.ts'

export interface SearchDeps {
  readonly customers: Customers
  readonly receipts: Receipts
  readonly messaging: Messaging
  readonly payments: Payments
}

const few = 5

/** One box over four rooms: each finds what is its own. */
export function searchProcedures({ customers, receipts, messaging, payments }: SearchDeps) {
  const os = implementRoom(contract.search)
  return os.router({
    everything: os.everything.handler(({ input }) => {
      const text = input.text.trim()
      if (text === '') return { customers: customers.search('', few), sales: [], messages: [], payments: [] }
      return {
        customers: customers.search(text, few),
        sales: receipts.list({ limit: few, text }).rows,
        messages: messaging.list({ limit: few, text }).rows,
        payments: payments.list({ limit: few, text }).rows,
      }
    }),
  })
}
