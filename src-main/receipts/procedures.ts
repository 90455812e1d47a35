import { contract } from '../../src-preload/contract/index.ts'
import { implementRoom } from '../implement.ts'
import type { Printing } from '../printing/service.ts'
import type { Receipts } from './service.ts'

export function receiptsProcedures(receipts: Receipts, printing: Pick<Printing, 'printReceiptIn'>) {
  const os = implementRoom(contract.sales)
  return os.router({
    current: os.current.handler(() => receipts.current()),
    saveDraft: os.saveDraft.handler(({ input: { id, ...sale } }) => receipts.saveDraft(id, sale)),
    setCustomer: os.setCustomer.handler(({ input }) =>
      receipts.setCustomer(input.id, input.phone, input.name),
    ),
    record: os.record.handler(({ input }) => receipts.record(input.id)),
    // The sale is over and its paper wanted, or neither.
    finish: os.finish.handler(({ input: { id, print, ...closing } }) =>
      receipts.finish(id, closing, (tx) => {
        if (print !== undefined) printing.printReceiptIn(tx, id, print.language)
      }),
    ),
    today: os.today.handler(() => receipts.today()),
    handedOver: os.handedOver.handler(() => receipts.handedOver()),
    get: os.get.handler(({ input }) => receipts.get(input.id)),
    list: os.list.handler(({ input }) => receipts.list(input)),
  })
}
