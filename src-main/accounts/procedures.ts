import { contract } from '../../src-preload/contract/index.ts'
import { implementRoom } from '../implement.ts'
import type { Clock } from '../ports.ts'
import type { StaffRoom } from '../staff/service.ts'
import { unlinkPairing, watchPairing } from './pairing.ts'
import type { Accounts } from './service.ts'

export function accountsProcedures(accounts: Accounts, clock: Clock, staff: StaffRoom) {
  const os = implementRoom(contract.accounts)
  const known = implementRoom(contract.providers)
  const link = implementRoom(contract.pairing)
  return {
    providers: known.router({ list: known.list.handler(() => accounts.providers()) }),
    accounts: os.router({
      list: os.list.handler(() => accounts.list()),
      save: os.save.handler(async ({ input: { managerPin, ...input } }) => {
        const write = await staff.approveChange(managerPin)
        return accounts.save(input, (tx) => write(tx, 'account.saved', `${input.provider} ${input.label}`))
      }),
      remove: os.remove.handler(async ({ input }) => {
        const write = await staff.approveChange(input.managerPin)
        await accounts.remove(input.id, (tx) => write(tx, 'account.removed', input.id))
        return { removed: true }
      }),
      renewCallback: os.renewCallback.handler(({ input }) => accounts.renewCallback(input.id)),
      test: os.test.handler(({ input }) => accounts.test(input.id)),
    }),
    pairing: link.router({
      watch: link.watch.handler(({ input, signal }) => watchPairing({ accounts, clock }, input.id, signal)),
      unlink: link.unlink.handler(({ input }) => unlinkPairing(accounts, clock, input.id)),
    }),
  }
}
