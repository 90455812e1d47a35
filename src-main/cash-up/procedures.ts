import { contract } from '../../src-preload/contract/index.ts'
import { implementRoom } from '../implement.ts'
import type { CashUpRoom } from './service.ts'

export function cashUpProcedures(cashUp: CashUpRoom) {
  const os = implementRoom(contract.cashUps)
  return os.router({
    open: os.open.handler(() => cashUp.open()),
    close: os.close.handler(({ input }) => cashUp.close(input)),
    list: os.list.handler(({ input }) => cashUp.list(input)),
    get: os.get.handler(({ input }) => cashUp.get(input.id)),
    print: os.print.handler(({ input }) => cashUp.print(input.id)),
  })
}
