/**
 * The parts of undici that the client stands on, by their own files (undici ships no types for these paths). Its index
 * would load fetch, caches and WebSocket as well, and mixes `request` into the client only there.
 */
declare module 'undici/lib/core/connect.js' {
  import type { buildConnector } from 'undici'

  const build: typeof buildConnector
  export default build
}

declare module 'undici/lib/dispatcher/client.js' {
  import { Client } from 'undici'
  export default Client
}

declare module 'undici/lib/api/api-request.js' {
  import type { Client, Dispatcher } from 'undici'

  function request(this: Client, options: Dispatcher.RequestOptions): Promise<Dispatcher.ResponseData>
  export default request
}
