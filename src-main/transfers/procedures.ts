import { contract } from '../../src-preload/contract/index.ts'
import { implementRoom } from '../implement.ts'
import type { Transfers } from './service.ts'

export function transfersProcedures(transfers: Transfers) {
  const os = implementRoom({ transfers: contract.transfers, balances: contract.balances })
  return os.router({
    transfers: {
      reverse: os.transfers.reverse.handler(({ input }) => transfers.reverse(input)),
      payOut: os.transfers.payOut.handler(({ input }) => transfers.payOut(input)),
      get: os.transfers.get.handler(({ input }) => transfers.get(input.id)),
      list: os.transfers.list.handler(({ input }) => transfers.list(input)),
      checkNow: os.transfers.checkNow.handler(({ input }) => transfers.checkNow(input.id)),
      decide: os.transfers.decide.handler(({ input }) => transfers.decide(input.id, input)),
    },
    balances: {
      list: os.balances.list.handler(() => transfers.balances()),
      refresh: os.balances.refresh.handler(({ input }) => transfers.refreshBalances(input.accountId)),
    },
  })
}
