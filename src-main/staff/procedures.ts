import { contract } from '../../src-preload/contract/index.ts'
import { implementRoom } from '../implement.ts'
import type { StaffRoom } from './service.ts'

export function staffProcedures(room: StaffRoom) {
  const os = implementRoom(contract.staff)
  return os.router({
    desk: os.desk.handler(() => room.desk()),
    signIn: os.signIn.handler(({ input }) => room.signIn(input.pin)),
    lock: os.lock.handler(() => room.lock()),
    list: os.list.handler(() => room.list()),
    save: os.save.handler(({ input }) => room.save(input)),
  })
}
