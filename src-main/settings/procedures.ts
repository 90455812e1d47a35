import { contract } from '../../src-preload/contract/index.ts'
import { implementRoom } from '../implement.ts'
import type { Settings } from './service.ts'

export function settingsProcedures(settings: Settings) {
  const shop = implementRoom(contract.settings)
  const keys = implementRoom(contract.apiKeys)
  return {
    settings: shop.router({
      get: shop.get.handler(() => settings.shop()),
      save: shop.save.handler(({ input }) => settings.saveShop(input)),
    }),
    apiKeys: keys.router({
      list: keys.list.handler(() => settings.apiKeys()),
      create: keys.create.handler(({ input }) => settings.createApiKey(input.label, input.scopes)),
      revoke: keys.revoke.handler(({ input }) => {
        settings.revokeApiKey(input.id)
        return { revoked: true }
      }),
    }),
  }
}
