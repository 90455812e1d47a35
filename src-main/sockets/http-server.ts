import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { KauntaError } from '../problem.ts'
import { createBudget } from './budget.ts'
import type { ServerLimits } from './limits.ts'
import { nothing } from './nothing.ts'

/**
 * Node's HTTP server, taken from the process: an `import` of node:http from an ES module also evaluates its WebSocket
 * export and so loads Node's own fetch, a seventh of the time from start to first dispatch (npm run bench, start.ms).
 */
const { createServer } = process.getBuiltinModule('node:http')

export type Handle = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>
export type Upgrade = (request: IncomingMessage, socket: Socket, head: Buffer) => void

export interface HttpServerOptions {
  readonly limits: ServerLimits
  readonly handle: Handle
  /** Absent: a request to change the protocol is an ordinary request. */
  readonly upgrade?: Upgrade
  /** What a handler threw; the request is answered 500 or broken off. */
  readonly onFault: (error: unknown) => void
}

/** An HTTP server on loopback that no connection can end, whatever it sends and whenever it goes away. */
export interface HttpServer {
  /** Listens on 127.0.0.1, again after `close` too. @returns the port @throws KauntaError PORT_IN_USE */
  listen(port: number): Promise<number>
  listening(): boolean
  /** This request's connection belongs to `owner` from now on; false when he has `most` already. */
  claim(request: IncomingMessage, owner: string, most: number): boolean
  /** Stops listening and resets every connection. */
  close(): Promise<void>
}

export function openHttpServer({ limits, handle, upgrade, onFault }: HttpServerOptions): HttpServer {
  const budget = createBudget(limits.strangers)
  const server = createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
    },
    (request, response) => {
      request.on('error', nothing)
      response.on('error', nothing)
      void answer(request, response)
    },
  )
  server.setTimeout(limits.idleMs)
  // Also while listening: the system may refuse to hand over one more connection.
  server.on('error', nothing)
  server.on('connection', (socket: Socket) => {
    // From its first moment: once it is upgraded, nobody else listens for its reset.
    socket.on('error', nothing)
    budget.enter(socket)
  })
  if (upgrade !== undefined) {
    server.on('upgrade', (request, socket, head) => {
      try {
        upgrade(request, request.socket, head)
      } catch (error) {
        onFault(error)
        socket.destroy()
      }
    })
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await handle(request, response)
    } catch (error) {
      // Whoever went away in the middle of the request did no more than that.
      if (error === request.errored) return
      onFault(error)
      if (response.headersSent) response.destroy()
      else response.writeHead(500, { Connection: 'close' }).end()
    }
  }

  return {
    listen: (port) =>
      new Promise((resolve, reject) => {
        const refused = (error: NodeJS.ErrnoException): void => {
          const taken = error.code === 'EADDRINUSE' || error.code === 'EACCES'
          reject(taken ? new KauntaError('PORT_IN_USE', { port }) : error)
        }
        server.once('error', refused)
        server.listen(port, '127.0.0.1', () => {
          server.off('error', refused)
          const address = server.address()
          resolve(typeof address === 'object' && address !== null ? address.port : port)
        })
      }),
    listening: () => server.listening,
    claim: (request, owner, most) => budget.claim(request.socket, owner, most),
    close: () =>
      new Promise((resolve) => {
        if (!server.listening) return resolve()
        server.close(() => resolve())
        budget.cut()
      }),
  }
}
