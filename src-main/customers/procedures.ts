import { contract } from '../../src-preload/contract/index.ts'
import { implementRoom } from '../implement.ts'
import type { Customers } from './service.ts'

export function customersProcedures(customers: Customers) {
  const os = implementRoom(contract.customers)
  return os.router({
    readPhone: os.readPhone.handler(({ input }) => customers.readPhone(input.typed)),
    search: os.search.handler(({ input }) => customers.search(input.text)),
    save: os.save.handler(({ input }) => customers.save(input.phone, input.name, input.language)),
  })
}
