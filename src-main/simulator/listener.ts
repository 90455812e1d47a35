import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Clock } from '../ports.ts'
import { sleep } from '../sleep.ts'

/** One loopback HTTP server whose line can be cut: closed, the port refuses; opened again, it is the same port. */
export interface Listener {
  readonly port: number
  open(): Promise<void>
  shut(): Promise<void>
}

/** @throws what the operating system says when `port` is taken. */
export async function createListener(handle: RequestListener, port: number, clock: Clock): Promise<Listener> {
  const server = createServer({ keepAlive: false }, handle)
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await listen(port)
  const bound = boundPort(server.address())

  async function listen(at: number): Promise<void> {
    server.listen(at, '127.0.0.1')
    // Rejects with the server's error, EADDRINUSE among others.
    await once(server, 'listening')
  }

  return {
    port: bound,
    async open() {
      if (server.listening) return
      // Another program may have borrowed the port for a moment, as an outgoing one.
      for (let attempt = 1; attempt < 20; attempt += 1) {
        try {
          return await listen(bound)
        } catch {
          await sleep(clock, 100)
        }
      }
      await listen(bound)
    },
    async shut() {
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

function boundPort(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the simulator listens on no port')
  return address.port
}
