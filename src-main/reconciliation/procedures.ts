import { contract } from '../../src-preload/contract/index.ts'
import { implementRoom } from '../implement.ts'
import type { ReconciliationRoom } from './service.ts'

export function reconciliationProcedures(room: ReconciliationRoom) {
  const os = implementRoom(contract.reconciliations)
  return os.router({
    list: os.list.handler(({ input }) => room.list(input)),
    get: os.get.handler(({ input }) => room.get(input.id)),
    run: os.run.handler(({ input }) => room.run(input)),
    importStatement: os.importStatement.handler(({ input }) => room.importStatement(input)),
    resolveDifference: os.resolveDifference.handler(({ input }) =>
      room.resolveDifference(input.itemId, input.note),
    ),
    export: os.export.handler(({ input }) => room.export(input.id)),
  })
}
