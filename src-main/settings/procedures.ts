import { contract } from '../../src-preload/contract/index.ts'
import { type Shop, shopMoneyFields } from '../../src-preload/contract/settings.ts'
import { implementRoom } from '../implement.ts'
import type { StaffRoom } from '../staff/service.ts'
import type { Fields } from './groups.ts'
import type { Settings } from './service.ts'

export function settingsProcedures(settings: Settings, staff: StaffRoom) {
  const shop = implementRoom(contract.settings)
  const keys = implementRoom(contract.apiKeys)

  async function save(next: Fields<Shop>, pin: string | undefined): Promise<Shop> {
    const before = settings.shop()
    const changed = shopMoneyFields.filter(
      (field) => next[field] !== undefined && before[field] !== next[field],
    )
    if (changed.length === 0) return settings.changeShop(next)
    const write = await staff.approveChange(pin)
    return settings.changeShop(next, (tx) => write(tx, 'settings.saved', changed.join(' ')))
  }
  return {
    settings: shop.router({
      get: shop.get.handler(() => settings.shop()),
      save: shop.save.handler(({ input: { managerPin, ...next } }) => save(next, managerPin)),
    }),
    apiKeys: keys.router({
      list: keys.list.handler(() => settings.apiKeys()),
      create: keys.create.handler(async ({ input: { label, scopes, managerPin } }) => {
        const write = await staff.approveChange(managerPin)
        return settings.createApiKey(label, scopes, (tx) => write(tx, 'apiKey.created', label))
      }),
      revoke: keys.revoke.handler(async ({ input: { id, managerPin } }) => {
        const write = await staff.approveChange(managerPin)
        settings.revokeApiKey(id, (tx) => write(tx, 'apiKey.revoked', id))
        return { revoked: true }
      }),
    }),
  }
}
