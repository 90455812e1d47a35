import { contract } from '../../src-preload/contract/index.ts'
import { implementRoom } from '../implement.ts'
import type { Messaging } from './service.ts'
import { variables } from './template.ts'

export function messagingProcedures(messaging: Messaging) {
  const os = implementRoom(contract.messages)
  const texts = implementRoom(contract.templates)
  return {
    messages: os.router({
      preview: os.preview.handler(({ input }) => messaging.preview(input)),
      sendReceipt: os.sendReceipt.handler(({ input }) => messaging.sendReceipt(input)),
      get: os.get.handler(({ input }) => messaging.get(input.id)),
      list: os.list.handler(({ input }) => messaging.list(input)),
      retry: os.retry.handler(({ input }) => messaging.retry(input.id)),
    }),
    templates: texts.router({
      list: texts.list.handler(() => ({ templates: messaging.templates(), variables: [...variables] })),
      save: texts.save.handler(({ input }) => messaging.saveTemplate(input)),
    }),
  }
}
