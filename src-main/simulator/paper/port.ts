import { createServer, type Server, type Socket } from 'node:net'

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

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host: '127.0.0.1' }, () => {
      server.off('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
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
  const server = createServer({ pauseOnConnect: true, allowHalfOpen: true, noDelay: true }, (socket) => {
    socket.on('error', () => socket.destroy())
    socket.on('end', () => socket.end())
    waiting.push(socket)
    if (current === null) serveNext()
  })
  const number = await listen(server, wanted)

  return {
    number,
    answer(bytes) {
      if (current !== null && !current.destroyed) current.write(bytes)
    },
    busy: () => current !== null && !current.destroyed,
    breakOff() {
      current?.resetAndDestroy()
    },
    hangUp: () =>
      new Promise((resolve) => {
        if (!server.listening) return resolve()
        server.close(() => resolve())
        for (const socket of [...waiting.splice(0), ...(current === null ? [] : [current])]) socket.destroy()
      }),
    async reopen() {
      if (!server.listening) await listen(server, number)
    },
  }
}
