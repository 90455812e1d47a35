import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** Why a request is turned away, with its HTTP status. */
export interface Refusal {
  readonly status: number
  readonly words: string
}

/**
 * Lets in only who speaks to us by our own name: a foreign page (any Origin but ours), a rebound name (any Host but
 * ours, or two of them) and HTTP/1.0 without a Host are refused before anything is read.
 * @param origin ours, e.g. http://127.0.0.1:4711
 * @param needOrigin websockets and cookie-borne calls must name their page
 */
export function refuse(request: IncomingMessage, origin: string, needOrigin: boolean): Refusal | null {
  const hosts = request.headersDistinct.host ?? []
  if (hosts.length !== 1 || hosts[0] !== new URL(origin).host) {
    return { status: 421, words: 'This address is not served here.' }
  }
  if (!(request.url ?? '').startsWith('/')) return { status: 421, words: 'This address is not served here.' }
  const origins = request.headersDistinct.origin ?? []
  if (origins.length === 0)
    return needOrigin ? { status: 403, words: 'The page must say where it comes from.' } : null
  return origins.length === 1 && origins[0] === origin
    ? null
    : { status: 403, words: 'Pages of other sites may not call Kaunta.' }
}

/** Compares without telling by its duration where two secrets differ. */
export function sameSecret(given: string, expected: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(given), hash(expected))
}

/** The value of one cookie, or null. */
export function cookie(request: IncomingMessage, name: string): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, ...value] = part.trim().split('=')
    if (key === name) return value.join('=')
  }
  return null
}
