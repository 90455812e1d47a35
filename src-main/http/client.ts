// Not undici's index, which takes a fifth of the time from start to first dispatch (npm run bench, start.ms).
import apiRequest from 'undici/lib/api/api-request.js'
import buildConnector from 'undici/lib/core/connect.js'
import Client from 'undici/lib/dispatcher/client.js'
import { farLookup, type Resolve, systemResolve } from './near.ts'

/** A request to a provider. Bodies are text (JSON, forms, XML), or bytes where a file goes along. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | null
  /** Milliseconds; overrides the provider's own figure, for long polls. */
  readonly timeoutMs?: number
}

/**
 * What became of a request. `notSent`: no byte of it can have reached the provider (name, connection or TLS failed).
 * `noReply`: it may have been received, but no whole answer came (time-out, reset, answer too large or cut).
 */
export type HttpResult =
  | {
      readonly kind: 'reply'
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly text: string
    }
  | { readonly kind: 'notSent'; readonly detail: string }
  | { readonly kind: 'noReply'; readonly detail: string }

export interface HttpClient {
  /** Never throws. `detail` holds no address, header or body. */
  send(request: HttpRequest, timeoutMs: number, signal?: AbortSignal): Promise<HttpResult>
  close(): Promise<void>
}

/** Bytes of the largest reply that is read. */
export const replyLimit = 1024 * 1024

/**
 * The only way out to the network. Every request opens a connection of its own and closes it afterwards: on a reused
 * idle connection a reset cannot be told apart from "the server had just hung up before it saw the request", and
 * exactly that difference decides between trying again and asking first (docs/decisions/003). Redirects are not
 * followed, replies above `replyLimit` bytes and replies cut short count as `noReply`. A name that stands for this machine
 * or the shop's own network is not connected to (`notSent`, `nearAddress`); whether a bare address may be is judged by
 * whoever chooses it.
 */
export function createHttpClient(resolve: Resolve = systemResolve): HttpClient {
  const lookup = farLookup(resolve)
  const open = new Set<AbortController>()
  let closed = false

  return {
    async send(request, timeoutMs, signal) {
      if (closed) return { kind: 'notSent', detail: 'closed' }
      if (signal?.aborted === true) return { kind: 'notSent', detail: 'stopped' }
      const stop = new AbortController()
      open.add(stop)
      const stopped = () => stop.abort(new Stopped('stopped'))
      signal?.addEventListener('abort', stopped, { once: true })
      const limit = request.timeoutMs ?? timeoutMs
      const timer = setTimeout(() => stop.abort(new Stopped(`no answer within ${limit} ms`)), limit)
      try {
        return await exchange(request, { limit, lookup }, stop.signal)
      } finally {
        clearTimeout(timer)
        signal?.removeEventListener('abort', stopped)
        open.delete(stop)
      }
    },
    async close() {
      closed = true
      for (const stop of open) stop.abort(new Stopped('closed'))
    },
  }
}

/** Our own reason for giving up, told apart from what the network reports. */
class Stopped extends Error {}

interface Way {
  /** Milliseconds. */
  readonly limit: number
  readonly lookup: ReturnType<typeof farLookup>
}

async function exchange(
  request: HttpRequest,
  { limit, lookup }: Way,
  signal: AbortSignal,
): Promise<HttpResult> {
  // Set the moment a connection (with TLS, where it is asked for) stands: before, no byte of a request can have left.
  let connected = false
  let client: Client | null = null
  try {
    const url = new URL(request.url)
    const connect = buildConnector({ timeout: limit, maxCachedSessions: 0, lookup })
    client = new Client(url.origin, {
      pipelining: 0,
      maxResponseSize: replyLimit,
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: (options, done) => {
        if (connected) {
          done(new Stopped('hung up before answering'), null)
          return
        }
        connect(options, (...result) => {
          if (result[0] === null) connected = true
          done(...result)
        })
      },
    })
    const reply = await apiRequest.call(client, {
      method: request.method,
      path: `${url.pathname}${url.search}`,
      headers: request.headers,
      body: request.body,
      signal,
    })
    const bytes = await reply.body.arrayBuffer()
    return {
      kind: 'reply',
      status: reply.statusCode,
      headers: plainHeaders(reply.headers),
      text: new TextDecoder().decode(bytes),
    }
  } catch (error) {
    return {
      kind: connected ? 'noReply' : 'notSent',
      detail: describe(signal.aborted ? signal.reason : error),
    }
  } finally {
    void client?.destroy().catch(() => undefined)
  }
}

function plainHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  const plain: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) plain[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value
  }
  return plain
}

/** The error's code or name; its message may hold the address, and with some providers the token stands in that. */
function describe(error: unknown): string {
  if (error instanceof Stopped) return error.message
  if (error instanceof Error) {
    return 'code' in error && typeof error.code === 'string' ? error.code : error.name
  }
  return 'failed'
}
