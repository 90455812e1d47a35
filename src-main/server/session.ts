import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Randomness } from '../ports.ts'
import { cookie, sameSecret } from './admission.ts'

/** Lets one browser in by a one-time address, and knows it again by a cookie that no script can read. */
export interface Session {
  /** A fresh path that works once. */
  newPath(): string
  /** True when it answered: the one-time path was used. */
  open(request: IncomingMessage, response: ServerResponse): boolean
  knows(request: IncomingMessage): boolean
}

const cookieName = 'kaunta'

export function createSession(random: Randomness): Session {
  const secret = random.secret(32)
  const unused = new Set<string>()
  const knows = (request: IncomingMessage) => sameSecret(cookie(request, cookieName) ?? '', secret)
  return {
    knows,
    newPath() {
      const token = random.secret(24)
      unused.add(token)
      return `/open/${token}`
    },
    open(request, response) {
      const token = /^\/open\/([\w-]{32})$/.exec(request.url ?? '')?.[1]
      if (token === undefined || request.method !== 'GET') return false
      if (unused.delete(token)) {
        response.setHeader('Set-Cookie', `${cookieName}=${secret}; HttpOnly; SameSite=Strict; Path=/`)
      } else if (!knows(request)) return false
      response.writeHead(303, { Location: '/', 'Cache-Control': 'no-store' }).end()
      return true
    },
  }
}
