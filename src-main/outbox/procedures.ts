import { contract } from '../../src-preload/contract/index.ts'
import { implementRoom } from '../implement.ts'
import type { Outbox } from './service.ts'

export function outboxProcedures(outbox: Outbox) {
  const os = implementRoom(contract.outbox)
  return os.router({
    summary: os.summary.handler(() => outbox.summary()),
    list: os.list.handler(({ input }) => outbox.list(input)),
    get: os.get.handler(({ input }) => outbox.get(input.id)),
    retry: os.retry.handler(({ input }) => outbox.retry(input.id)),
    cancel: os.cancel.handler(({ input }) => outbox.cancel(input.id)),
    decide: os.decide.handler(({ input }) => outbox.decide(input.id, input.happened)),
  })
}
