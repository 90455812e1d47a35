import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CallbackReply } from '../callbacks/service.ts'
import type { Companion } from '../companion.ts'
import { KauntaError } from '../problem.ts'
import { createServer } from './node-http.ts'

/** Bytes of one callback; providers send about 1 KB. */
const maxBytes = 64 * 1024

/**
 * The providers' way in: a listener of its own, so that a tunnel or relay which points at it can reach nothing else.
 * It only carries bytes to the intake.
 * @throws KauntaError PORT_IN_USE
 */
export async function listenForCallbacks(
  companion: Companion,
  port: number,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(
    { maxHeaderSize: 8192, requestTimeout: 10_000, headersTimeout: 5_000 },
    (request, response) => {
      answer(companion, request).then(
        (reply) =>
          response
            .writeHead(reply.status, { 'Content-Type': reply.contentType, Connection: 'close' })
            .end(reply.body),
        () => response.destroy(),
      )
    },
  )
  server.maxConnections = 256
  await listen(server, port)
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    close: () => closeServer(server),
  }
}

async function answer(companion: Companion, request: IncomingMessage): Promise<CallbackReply> {
  const body = await read(request)
  if (body === null) return { status: 413, contentType: 'text/plain; charset=utf-8', body: 'too large' }
  return companion.callbacks.receive({
    method: request.method ?? '',
    path: (request.url ?? '').split('?')[0] ?? '',
    headers: pick(request),
    body,
  })
}

/** Null when the body is larger than the limit. */
async function read(request: IncomingMessage): Promise<string | null> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of request) {
    const bytes = Buffer.isBuffer(piece) ? piece : Buffer.from(String(piece))
    size += bytes.length
    if (size > maxBytes) return null
    pieces.push(bytes)
  }
  return Buffer.concat(pieces).toString('utf8')
}

/** Only what may serve as evidence or signature; the rest is the carrier's business. */
function pick(request: IncomingMessage): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.headers)) {
    if (typeof value === 'string' && (name === 'content-type' || name.startsWith('x-')))
      kept[name] = value.slice(0, 500)
  }
  return kept
}

/** @throws KauntaError PORT_IN_USE */
export function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE' || error.code === 'EACCES'
          ? new KauntaError('PORT_IN_USE', { port })
          : error,
      ),
    )
    server.listen(port, '127.0.0.1', resolve)
  })
}

export function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return address.port
}

export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
