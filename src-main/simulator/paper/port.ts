import type { Socket } from 'node:net'
import { printerPortLimits } from '../../sockets/limits.ts'
import { openTcpServer } from '../../sockets/tcp-server.ts'

/** The printer's network card: a TCP port on 127.0.0.1 that serves one connection and lets the others wait. */
export interface PrinterPort {
  readonly number: number
  /** To the connection whose turn it is, if there is one. */
  answer(bytes: Uint8Array): void
  /** Somebody is connected and being served. */
  busy(): boolean
  /** Resets the connection whose turn it is, as a broken line does. */
  breakOff(): void
  /** Closes the port and every connection. */
  hangUp(): Promise<void>
  /** Listens again on the same number. Rejects when another program has taken it. */
  reopen(): Promise<void>
}

export interface PortUser {
  /** A connection's turn has come; it starts to flow after this call. */
  turn(socket: Socket): void
  /** The connection whose turn it was has ended. */
  over(): void
}

/** @param wanted port number, 0 for any free one */
export async function openPrinterPort(wanted: number, user: PortUser): Promise<PrinterPort> {
  let current: Socket | null = null
  const waiting: Socket[] = []

  const serveNext = () => {
    do current = waiting.shift() ?? null
    while (current?.destroyed === true)
    if (current === null) return
    current.once('close', () => {
      user.over()
      serveNext()
    })
    user.turn(current)
    current.resume()
  }
  const server = openTcpServer(printerPortLimits, (socket) => {
    socket.on('end', () => socket.end())
    waiting.push(socket)
    if (current === null) serveNext()
  })
  const number = await server.listen(wanted)

  return {
    number,
    answer(bytes) {
      if (current !== null && !current.destroyed) current.write(bytes)
    },
    busy: () => current !== null && !current.destroyed,
    breakOff() {
      current?.resetAndDestroy()
    },
    async hangUp() {
      waiting.length = 0
      await server.close()
    },
    async reopen() {
      if (!server.listening()) await server.listen(number)
    },
  }
}
