import { createServer, type Socket } from 'node:net'
import { nothing } from './nothing.ts'

/** A TCP port on 127.0.0.1 that no connection can end. */
export interface TcpServer {
  /** Listens, again after `close` too. @returns the port. Rejects when another program has taken it. */
  listen(port: number): Promise<number>
  listening(): boolean
  /** Stops listening and resets every connection. */
  close(): Promise<void>
}

export interface TcpLimits {
  /** Connections at once; one more is refused, since whoever is being served must not be pushed out. */
  readonly connections: number
  /** Milliseconds without a byte in either direction. */
  readonly idleMs: number
}

/** @param join gets each connection half open and paused */
export function openTcpServer(limits: TcpLimits, join: (socket: Socket) => void): TcpServer {
  const open = new Set<Socket>()
  const server = createServer({ pauseOnConnect: true, allowHalfOpen: true, noDelay: true }, (socket) => {
    socket.on('error', nothing)
    socket.once('close', () => open.delete(socket))
    socket.setTimeout(limits.idleMs, () => socket.destroy())
    open.add(socket)
    join(socket)
  })
  server.maxConnections = limits.connections
  // Also while listening: the system may refuse to hand over one more connection.
  server.on('error', nothing)
  return {
    listen: (port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject)
        server.listen({ port, host: '127.0.0.1' }, () => {
          server.off('error', reject)
          const address = server.address()
          resolve(typeof address === 'object' && address !== null ? address.port : port)
        })
      }),
    listening: () => server.listening,
    close: () =>
      new Promise((resolve) => {
        if (!server.listening) return resolve()
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
}
