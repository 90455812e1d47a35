import type { IncomingMessage } from 'node:http'
import type { Clock, Randomness } from '../ports.ts'
import { cookie, sameSecret } from './admission.ts'

/** What a browser that was let in holds: the cookie goes to every port of this machine, the page's own secret to ours. */
export interface Secrets {
  readonly cookie: string
  readonly page: string
}

/**
 * Lets browsers in by one-time addresses, and knows them again by a cookie that no script can read together with a
 * secret that only the page holds: whoever is sent the cookie by the browser (any other port) has half.
 */
export interface Session {
  /** For the program that takes this one's place. */
  readonly secrets: Secrets
  /** A fresh path that works once, for a minute. */
  newPath(): string
  /** True when this request used a one-time path in time: it gets the page with its secret, and the cookie. */
  opens(request: IncomingMessage): boolean
  knows(request: IncomingMessage): boolean
  /** Judges the socket's first message. */
  holds(pageSecret: string): boolean
  readonly setCookie: string
}

const cookieName = 'kaunta'
const pathLifeMs = 60_000

export function createSession(
  random: Randomness,
  clock: Pick<Clock, 'monotonic'>,
  handedOver: Secrets | null,
): Session {
  const secrets = handedOver ?? { cookie: random.secret(32), page: random.secret(32) }
  /** One-time tokens, and until when they work. */
  const unused = new Map<string, number>()
  return {
    secrets,
    newPath() {
      const token = random.secret(24)
      unused.set(token, clock.monotonic() + pathLifeMs)
      return `/open-${token}`
    },
    opens(request) {
      const token = /^\/open-([\w-]{32})$/.exec(request.url ?? '')?.[1]
      if (token === undefined || request.method !== 'GET') return false
      const until = unused.get(token)
      unused.delete(token)
      return until !== undefined && clock.monotonic() < until
    },
    knows: (request) => sameSecret(cookie(request, cookieName) ?? '', secrets.cookie),
    holds: (pageSecret) => sameSecret(pageSecret, secrets.page),
    setCookie: `${cookieName}=${secrets.cookie}; HttpOnly; SameSite=Strict; Path=/`,
  }
}
