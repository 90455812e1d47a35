import { contract } from '../../src-preload/contract/index.ts'
import { implementRoom, seatOf } from '../implement.ts'
import type { StaffRoom } from './service.ts'

export function staffProcedures(room: StaffRoom) {
  const os = implementRoom(contract.staff)
  return os.router({
    desk: os.desk.handler(({ context }) => room.desk(seatOf(context))),
    signIn: os.signIn.handler(({ input, context }) => room.signIn(seatOf(context), input.pin)),
    lock: os.lock.handler(({ context }) => room.lock(seatOf(context))),
    list: os.list.handler(() => room.list()),
    save: os.save.handler(async ({ input: { managerPin, ...person } }) =>
      room.save(person, await room.approveChange(managerPin)),
    ),
  })
}
