import type { HttpResult } from '../http/client.ts'
import { provesNothingHappened } from './http-answers.ts'
import { type Outcome, type ProviderError, refused } from './outcome.ts'

export type Reply = Extract<HttpResult, { readonly kind: 'reply' }>

/** `effect`: a call that does something in the world, so silence may hide a success. `read`: asking changes nothing. */
export type Nature = 'effect' | 'read'

type Refusal = { readonly ok: false; readonly error: ProviderError }

/** Runs `read` on a whole reply; answers for the calls that brought none. */
export function readReply<T>(
  result: HttpResult,
  nature: Nature,
  read: (reply: Reply) => Outcome<T>,
): Outcome<T> {
  if (result.kind === 'notSent') return refused('offline', 'offline', result.detail)
  if (result.kind === 'noReply') return unclear(nature, result.detail)
  return read(result)
}

/** For a reply, or a missing one, from which nobody can tell what happened. */
export function unclear(nature: Nature, detail: string): Refusal {
  return nature === 'effect'
    ? refused('unknownOutcome', 'unknownOutcome', detail)
    : refused('temporary', 'temporary', detail)
}

/** For a code that stands in no table: the status alone decides, and no success comes of it. */
export function unmapped(nature: Nature, reply: Reply, said: string): Refusal {
  const detail = `HTTP ${reply.status} ${said}`.trim()
  if (reply.status === 429) return refused('throttled', 'throttled', detail, retryAfterMs(reply) ?? 1_000)
  if (reply.status === 401 || reply.status === 403) return refused('credentials', 'credentials', detail)
  if (provesNothingHappened(reply.status)) return refused('rejected', 'rejected', detail)
  return unclear(nature, detail)
}

/** Milliseconds of a Retry-After header in its seconds form; undefined without one. */
export function retryAfterMs(reply: Reply): number | undefined {
  const header = reply.headers['retry-after']
  return header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) * 1_000 : undefined
}

/** Undefined for text that is not JSON. */
export function jsonOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    return value
  } catch {
    return undefined
  }
}
