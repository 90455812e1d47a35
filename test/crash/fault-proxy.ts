import { createServer, type IncomingMessage, request as openRequest, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * What becomes of one request on its way. reset…: the connection breaks · hold…: nothing is answered until the caller
 * gives up · serverError: a gateway in front of the provider says 503 · late: the connection breaks, and the request
 * arrives all the same, after `lateMs`.
 */
export type Fate =
  | { readonly kind: 'pass' | 'resetBefore' | 'holdBefore' | 'resetAfter' | 'holdAfter' | 'serverError' }
  | { readonly kind: 'late'; readonly lateMs: number }

export interface Passage {
  readonly method: string
  readonly path: string
  readonly body: string
}

export interface FaultProxyOptions {
  /** Where requests go on to, without a slash at the end; null while nobody is there. */
  readonly target: () => string | null
  readonly fate: (passage: Passage) => Fate
  /** The whole request is here and nothing was passed on. */
  readonly received: (passage: Passage) => void
  /** The target answered with this status, and nothing was passed back. */
  readonly answered: (passage: Passage, status: number) => void
  /** The answer was handed to the operating system. */
  readonly returned: (passage: Passage) => void
}

export interface FaultProxy {
  readonly url: string
  close(): Promise<void>
}

interface Answer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

/** A loopback HTTP proxy that breaks what passes as its owner says, and tells where each request has come to. */
export async function createFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const server = createServer((incoming, response) => {
    incoming.on('error', () => {})
    response.on('error', () => {})
    carry(options, incoming, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function carry(options: FaultProxyOptions, incoming: IncomingMessage, response: ServerResponse) {
  const body = await readBody(incoming)
  const passage = { method: incoming.method ?? 'GET', path: incoming.url ?? '/', body: body.toString() }
  const fate = options.fate(passage)
  options.received(passage)
  if (fate.kind === 'holdBefore') return
  if (fate.kind === 'resetBefore') {
    incoming.socket.resetAndDestroy()
    return
  }
  if (fate.kind === 'serverError') {
    response.writeHead(503, { 'content-type': 'text/html' }).end('<h1>503 Service Unavailable</h1>')
    return
  }
  const send = () => forward(options.target(), incoming, body)
  if (fate.kind === 'late') {
    incoming.socket.resetAndDestroy()
    setTimeout(() => void send(), fate.lateMs)
    return
  }
  const answer = await send()
  if (answer !== null) options.answered(passage, answer.status)
  if (fate.kind === 'holdAfter') return
  if (answer === null || fate.kind === 'resetAfter') {
    incoming.socket.resetAndDestroy()
    return
  }
  response.writeHead(answer.status, withoutHopHeaders(answer.headers))
  response.end(answer.body, () => options.returned(passage))
}

/** Null when the target cannot be reached or hangs up. */
function forward(target: string | null, incoming: IncomingMessage, body: Buffer): Promise<Answer | null> {
  if (target === null) return Promise.resolve(null)
  return new Promise((resolve) => {
    const headers = { ...withoutHopHeaders(incoming.headers), host: new URL(target).host }
    const onward = openRequest(
      `${target}${incoming.url ?? '/'}`,
      { method: incoming.method, headers, agent: false },
      (reply) => {
        readBody(reply).then(
          (bytes) => resolve({ status: reply.statusCode ?? 502, headers: reply.headers, body: bytes }),
          () => resolve(null),
        )
      },
    )
    onward.on('error', () => resolve(null))
    onward.end(body)
  })
}

/** RFC 9110 §7.6.1: these speak of one connection. */
function withoutHopHeaders(headers: IncomingMessage['headers']): IncomingMessage['headers'] {
  const hop = new Set(['connection', 'keep-alive', 'transfer-encoding'])
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hop.has(name)))
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of message) pieces.push(Buffer.isBuffer(piece) ? piece : Buffer.from(String(piece)))
  return Buffer.concat(pieces)
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the proxy listens on no port')
  return address.port
}
