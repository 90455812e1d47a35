import { contract } from '../../src-preload/contract/index.ts'
import { implementRoom } from '../implement.ts'
import type { NoticesRoom } from './notices-room.ts'
import type { Payments } from './service.ts'
import type { Unread } from './unread.ts'

export function paymentsProcedures(payments: Payments, notices: NoticesRoom, unread: Unread) {
  const os = implementRoom({
    payments: contract.payments,
    notices: contract.notices,
    unreadReports: contract.unreadReports,
  })
  return os.router({
    payments: {
      networks: os.payments.networks.handler(() => payments.networks()),
      raise: os.payments.raise.handler(({ input }) => payments.raise(input)),
      get: os.payments.get.handler(({ input }) => payments.get(input.id)),
      list: os.payments.list.handler(({ input }) => payments.list(input)),
      totals: os.payments.totals.handler(({ input }) => payments.totals(input)),
      checkNow: os.payments.checkNow.handler(({ input }) => payments.checkNow(input.id)),
      enterCode: os.payments.enterCode.handler(({ input }) => payments.enterCode(input)),
      decide: os.payments.decide.handler(({ input }) => payments.decide(input.id, input)),
      writeOffExcess: os.payments.writeOffExcess.handler(({ input }) =>
        payments.writeOffExcess(input.id, input.note, input.managerPin),
      ),
      attention: os.payments.attention.handler(() => payments.attention()),
      watch: os.payments.watch.handler(({ input, signal }) => payments.watch(input.id, signal)),
    },
    unreadReports: {
      give: os.unreadReports.give.handler(({ input: { id, ...request } }) => unread.give(id, request)),
      setAside: os.unreadReports.setAside.handler(({ input }) =>
        unread.setAside(input.id, input.note, input.managerPin),
      ),
    },
    notices: {
      list: os.notices.list.handler(({ input }) => notices.list(input)),
      forSale: os.notices.forSale.handler(({ input }) => notices.forSale(input.id)),
      candidates: os.notices.candidates.handler(({ input }) => notices.candidates(input.id)),
      match: os.notices.match.handler(({ input }) => notices.match(input.id, input.saleId, input.managerPin)),
      setAside: os.notices.setAside.handler(({ input }) =>
        notices.setAside(input.id, input.note, input.managerPin),
      ),
      register: os.notices.register.handler(({ input }) => notices.register(input.accountId)),
    },
  })
}
