import { contract } from '../../src-preload/contract/index.ts'
import { implementRoom } from '../implement.ts'
import type { Live } from './service.ts'

export function liveProcedures(live: Live) {
  const os = implementRoom(contract.live)
  return os.router({
    status: os.status.handler(() => live.status()),
    watch: os.watch.handler(({ signal }) => live.watch(signal)),
  })
}
