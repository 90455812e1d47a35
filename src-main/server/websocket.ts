import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { RPCHandler } from '@orpc/server/ws'
import { WebSocketServer } from 'ws'
import { guardCall } from '../api/errors.ts'
import type { Companion } from '../companion.ts'
import { refuse } from './admission.ts'
import type { Session } from './session.ts'

/** Bytes of one message from a page: a sale of 500 lines is 60 KB. */
const maxMessageBytes = 1024 * 1024

/** Carries the contract to the page over a websocket. Our own page in a browser that was let in, and nobody else. */
export function carryContract(
  server: Server,
  companion: Companion,
  origin: string,
  session: Session,
): { close(): void } {
  const handler = new RPCHandler(companion.router, { clientInterceptors: [guardCall] })
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refusal = refuse(request, origin, true)
    const status = request.url !== '/rpc' ? 404 : (refusal?.status ?? (session.knows(request) ? null : 401))
    if (status !== null) {
      socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      void handler.upgrade(client, { context: companion.context({ kind: 'screen' }) })
    })
  })
  return {
    close() {
      for (const client of sockets.clients) client.terminate()
      sockets.close()
    },
  }
}
