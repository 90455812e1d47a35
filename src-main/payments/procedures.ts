import { contract } from '../../src-preload/contract/index.ts'
import { implementRoom } from '../implement.ts'
import type { Payments } from './service.ts'

export function paymentsProcedures(payments: Payments) {
  const os = implementRoom(contract.payments)
  return os.router({
    raise: os.raise.handler(({ input }) => payments.raise(input)),
    get: os.get.handler(({ input }) => payments.get(input.id)),
    list: os.list.handler(({ input }) => payments.list(input)),
    checkNow: os.checkNow.handler(({ input }) => payments.checkNow(input.id)),
    decide: os.decide.handler(({ input }) => payments.decide(input.id, input)),
    watch: os.watch.handler(({ input, signal }) => payments.watch(input.id, signal)),
  })
}
