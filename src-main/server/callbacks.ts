import type { IncomingMessage } from 'node:http'
import { callbackBytesMax } from '../../src-preload/contract/limits.ts'
import type { CallbackReply } from '../callbacks/service.ts'
import type { Companion } from '../companion.ts'
import { openHttpServer } from '../sockets/http-server.ts'
import { callbackServerLimits } from '../sockets/limits.ts'

/**
 * The providers' way in: a listener of its own, so that a tunnel or relay which points at it can reach nothing else.
 * It only carries bytes to the intake.
 * @throws KauntaError PORT_IN_USE
 */
export async function listenForCallbacks(
  companion: Companion,
  wanted: number,
): Promise<{ readonly url: string; readonly port: number; close(): Promise<void> }> {
  const server = openHttpServer({
    limits: callbackServerLimits,
    async handle(request, response) {
      const reply = await answer(companion, request)
      response
        .writeHead(reply.status, { 'Content-Type': reply.contentType, Connection: 'close' })
        .end(reply.body)
    },
    onFault: companion.reportFault,
  })
  const port = await server.listen(wanted)
  return { url: `http://127.0.0.1:${port}`, port, close: server.close }
}

async function answer(companion: Companion, request: IncomingMessage): Promise<CallbackReply> {
  const body = await read(request)
  if (body === null) return { status: 413, contentType: 'text/plain; charset=utf-8', body: 'too large' }
  const path = (request.url ?? '').split('?')[0] ?? ''
  return companion.callbacks.receive({
    method: request.method ?? '',
    path,
    headers: pick(request, companion.callbacks.headersFor(path)),
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
    if (size > callbackBytesMax) return null
    pieces.push(bytes)
  }
  return Buffer.concat(pieces).toString('utf8')
}

/** Only what may serve as evidence or signature; the rest is the carrier's business. */
function pick(request: IncomingMessage, wanted: readonly string[]): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.headers)) {
    if (
      typeof value === 'string' &&
      (name === 'content-type' || name.startsWith('x-') || wanted.includes(name))
    )
      kept[name] = value.slice(0, 500)
  }
  return kept
}
