import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { RPCHandler } from '@orpc/server/websocket'
import { notLetIn } from '../../src-preload/contract/letting-in.ts'
import { screenMessageBytesMax } from '../../src-preload/contract/limits.ts'
import { guardCall } from '../api/errors.ts'
import type { Companion } from '../companion.ts'
import type { Clock } from '../ports.ts'
import { type Channel, openWebSockets } from '../sockets/websockets.ts'
import { refuse } from './admission.ts'
import type { Session } from './session.ts'

/** Milliseconds in which the page must show its secret. */
const firstMessageMs = 5_000
/** RFC 6455 §7.4.1: a message that is not what it should be. */
const malformed = 1007

/** The page's WebSocket: our own page in a browser that was let in, and nobody else. */
export interface ContractSocket {
  upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void
  close(): void
}

/** @param place false when the page's connections are all taken */
export function carryContract(deps: {
  readonly companion: Companion
  readonly clock: Clock
  readonly session: Session
  readonly origin: () => string
  readonly place: (request: IncomingMessage) => boolean
}): ContractSocket {
  const { companion, clock, session } = deps
  const handler = new RPCHandler(companion.router, { clientInterceptors: [guardCall] })
  const sockets = openWebSockets(screenMessageBytesMax, clock)

  function serve(channel: Channel): (message: string | ArrayBuffer) => void {
    const screen = companion.screen()
    const peer = { send: channel.send, addEventListener: () => {} }
    channel.onClose(() => {
      handler.close(peer)
      screen.close()
    })
    return (message) => {
      handler.message(peer, message, { context: screen.context }).catch(() => channel.close(malformed))
    }
  }
  function join(channel: Channel): void {
    let hear: ((message: string | ArrayBuffer) => void) | null = null
    const late = clock.after(firstMessageMs, () => channel.close(notLetIn))
    channel.onClose(late)
    channel.onMessage((message) => {
      if (hear !== null) hear(message)
      else if (typeof message === 'string' && session.holds(message)) {
        late()
        hear = serve(channel)
      } else channel.close(notLetIn)
    })
  }
  return {
    upgrade(request, socket, head) {
      const refusal = refuse(request, deps.origin(), true)
      const known = session.knows(request) ? null : 401
      const status = request.url !== '/rpc' ? 404 : (refusal?.status ?? known)
      if (status !== null) sockets.refuse(socket, status)
      else if (!deps.place(request)) sockets.refuse(socket, 503)
      else sockets.accept(request, socket, head, join)
    },
    close: sockets.close,
  }
}
