import type { RequestListener } from 'node:http'
import type { Clock } from '../ports.ts'
import { sleep } from '../sleep.ts'
import { openHttpServer } from '../sockets/http-server.ts'
import { practiceServerLimits } from '../sockets/limits.ts'

/** One loopback HTTP server whose line can be cut: closed, the port refuses; opened again, it is the same port. */
export interface Listener {
  readonly port: number
  open(): Promise<void>
  shut(): Promise<void>
}

/** @throws KauntaError PORT_IN_USE */
export async function createListener(handle: RequestListener, port: number, clock: Clock): Promise<Listener> {
  // A handler's fault is the simulated network's: it answers 500.
  const server = openHttpServer({ limits: practiceServerLimits, handle, onFault: () => {} })
  const bound = await server.listen(port)
  return {
    port: bound,
    async open() {
      if (server.listening()) return
      // Another program may have borrowed the port for a moment, as an outgoing one.
      for (let attempt = 1; attempt < 20; attempt += 1) {
        try {
          await server.listen(bound)
          return
        } catch {
          await sleep(clock, 100)
        }
      }
      await server.listen(bound)
    },
    shut: server.close,
  }
}
