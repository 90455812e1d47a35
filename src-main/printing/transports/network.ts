import { connect, type Socket } from 'node:net'
import type { Clock } from '../../ports.ts'
import { closingMs, describe, offline, refusal, type Wire, type WireOpener, within } from './line.ts'

function wireOver(socket: Socket, clock: Clock): Wire {
  return {
    twoWay: true,
    write(bytes, taken) {
      socket.write(bytes, (error) => {
        if (error === undefined || error === null) taken(bytes.length)
      })
    },
    end() {
      if (socket.closed) return Promise.resolve()
      return new Promise((resolve) => {
        // Destroying at once would cut off the last lines; a printer that does not close is cut off after a while.
        const stop = clock.after(closingMs, () => socket.destroy())
        socket.once('close', () => {
          stop()
          resolve()
        })
        socket.end()
      })
    },
  }
}

/** Raw TCP, usually port 9100. The printer serves one connection; others are refused or hang (facts §7). */
export const openNetwork: WireOpener<{ readonly host: string; readonly port: number }> = (
  { host, port },
  events,
  options,
) =>
  within(
    options,
    (giveUp) =>
      new Promise((resolve) => {
        const socket = connect({ host, port, noDelay: true })
        giveUp.addEventListener('abort', () => socket.destroy(), { once: true })
        socket.on('error', (error) => {
          resolve(refusal(error))
          events.lost(describe(error))
        })
        socket.on('data', (bytes: Buffer) => events.data(bytes))
        socket.on('end', () => events.lost('the printer closed the connection'))
        socket.on('close', () => {
          // An attempt that was given up ends with this alone.
          resolve(offline('the connection was closed'))
          events.lost('the connection was closed')
        })
        socket.once('connect', () => resolve({ ok: true, wire: wireOver(socket, options.clock) }))
      }),
  )
