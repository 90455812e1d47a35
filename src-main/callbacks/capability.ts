import type { Host } from '../host.ts'
import { type Callbacks, type CallbacksDeps, createCallbacks } from './service.ts'

/** What providers send. */
export function joinCallbacks(host: Host, needs: Pick<CallbacksDeps, 'accounts' | 'readerOf'>): Callbacks {
  const callbacks = createCallbacks({ ...host, ...needs })
  host.onStart(() => {
    callbacks.recover()
    callbacks.purge()
  })
  return callbacks
}
