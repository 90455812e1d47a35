import { createServer, type RequestListener } from 'node:http'
import type { Acknowledgement } from '../mobile-money.ts'
import type { RawCallback } from '../provider.ts'

export interface OpenServer {
  readonly url: string
  close(): Promise<void>
}

/** A loopback server for a test. */
export async function openServer(handle: RequestListener): Promise<OpenServer> {
  const server = createServer(handle)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

/** The shop's end of the callbacks: keeps each as it came, and answers as told. */
export async function openShop(
  acknowledge: (raw: RawCallback) => Acknowledgement = () => ({
    status: 200,
    contentType: 'application/json',
    body: '{}',
  }),
): Promise<OpenServer & { readonly callbacks: RawCallback[] }> {
  const callbacks: RawCallback[] = []
  const server = await openServer((request, response) => {
    collect(request, (body) => {
      const raw: RawCallback = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: { 'content-type': request.headers['content-type'] ?? '' },
        body,
      }
      callbacks.push(raw)
      const answer = acknowledge(raw)
      response.writeHead(answer.status, { 'content-type': answer.contentType })
      response.end(answer.body)
    })
  })
  return { ...server, callbacks }
}

/** A server that gives address, headers and body back in every error, as careless ones do. */
export function openEcho(status: number): Promise<OpenServer> {
  return openServer((request, response) => {
    collect(request, (body) => {
      const said = `${request.url ?? ''} ${JSON.stringify(request.headers)} ${body}`
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ errorCode: '400.x', errorMessage: said, message: said }))
    })
  })
}

/** A server that answers every call with this. */
export function openFixed(
  status: number,
  body: string,
  headers: Record<string, string> = {},
): Promise<OpenServer> {
  return openServer((request, response) => {
    collect(request, () => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(body)
    })
  })
}

function collect(request: Parameters<RequestListener>[0], done: (body: string) => void): void {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => done(Buffer.concat(chunks).toString()))
}
