import type { IncomingMessage, ServerResponse } from 'node:http'
import { OpenAPIHandler } from '@orpc/openapi/node'
import { BodyLimitPlugin } from '@orpc/server/node'
import { restBodyBytesMax } from '../../src-preload/contract/limits.ts'
import { problemWords } from '../../src-preload/contract/misfits.ts'
import type { Language } from '../../src-preload/contract/paging.ts'
import type { ProblemValues } from '../../src-preload/contract/problem.ts'
import { type ProblemCode, problems } from '../../src-preload/contract/problems.ts'
import { guardCall, unreadable } from '../api/errors.ts'
import type { Companion } from '../companion.ts'
import type { Clock } from '../ports.ts'
import { KauntaError } from '../problem.ts'
import { keyConnectionsMax } from '../sockets/limits.ts'
import { createTokenBuckets } from '../token-bucket.ts'
import { restDocument } from './rest-document.ts'

/** Of one key. */
const rate = { perSecond: 50, burst: 200 }
/** Requests and streams that one key may have open at once. */
const openPerKey = 16

/** The integrators' door: REST below /api/v1, an API key on every call, the marked part of the contract and no more. */
export function createRest(
  companion: Companion,
  clock: Clock,
  version: string,
  place: (request: IncomingMessage, owner: string, most: number) => boolean,
) {
  const handler = new OpenAPIHandler(companion.integration, {
    plugins: [new BodyLimitPlugin({ maxBodySize: restBodyBytesMax })],
    clientInterceptors: [guardCall],
    // What fails before a procedure is reached would be told in the library's words.
    interceptors: [
      ({ next, context }) =>
        next().catch((error: unknown) => {
          throw unreadable(error, context)
        }),
    ],
  })
  const allow = createRateLimit(clock)
  const enter = createCrowd()
  let document: Promise<string> | null = null

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const language = /^\s*sw\b/i.test(request.headers['accept-language'] ?? '') ? 'sw' : 'en'
    try {
      const key = companion.settings.authenticate(bearer(request))
      allow(key.id)
      if (!place(request, key.id, keyConnectionsMax))
        throw new KauntaError('KEY_CROWDED', { limit: openPerKey })
      response.once('close', enter(key.id))
      if (request.url === '/api/v1/openapi.json' && request.method === 'GET') {
        document ??= restDocument(version)
        response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' }).end(await document)
        return
      }
      checkBody(request)
      const caller = { kind: 'apiKey', id: key.id, scopes: key.scopes } as const
      const context = { ...companion.context(caller), language } as const
      const { matched } = await handler.handle(request, response, { prefix: '/api/v1', context })
      if (!matched) refuseWith(response, 'ADDRESS_UNKNOWN', {}, language)
    } catch (error) {
      if (error instanceof KauntaError) refuseWith(response, error.code, error.values, language)
      else refuseWith(response, 'INTERNAL', { mark: companion.reportFault(error) }, language)
      request.resume()
    }
  }
}

function bearer(request: IncomingMessage): string {
  const key = /^Bearer ([\w-]{20,200})$/.exec(request.headers.authorization ?? '')?.[1]
  if (key === undefined) throw new KauntaError('API_KEY_WRONG')
  return key
}

function checkBody(request: IncomingMessage): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  if (Number(request.headers['content-length'] ?? 0) > restBodyBytesMax)
    throw new KauntaError('BODY_TOO_LARGE', { limit: restBodyBytesMax })
  // A page of another site can send text/plain without asking the browser's leave; it cannot send this.
  if (!/^application\/json(;\s*charset=utf-8)?$/i.test(request.headers['content-type'] ?? '')) {
    throw new KauntaError('INPUT_INVALID', {
      field: 'Content-Type',
      misfit: 'notOneOf',
      allowed: 'application/json',
    })
  }
}

function refuseWith(
  response: ServerResponse,
  code: ProblemCode,
  values: ProblemValues,
  language: Language,
): void {
  answer(response, problems[code].status, {
    code,
    message: problemWords(code, values, language),
    data: { values },
  })
}

function answer(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent) return
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    ...(status === 413 ? { Connection: 'close' } : {}),
  }
  response.writeHead(status, headers).end(JSON.stringify({ defined: true, status, ...body }))
}

/**
 * Counts what each key has open: only streams last long enough to add up.
 * @throws KauntaError KEY_CROWDED
 */
function createCrowd(): (key: string) => () => void {
  const open = new Map<string, number>()
  return (key) => {
    const now = open.get(key) ?? 0
    if (now >= openPerKey) throw new KauntaError('KEY_CROWDED', { limit: openPerKey })
    open.set(key, now + 1)
    return () => void open.set(key, (open.get(key) ?? 1) - 1)
  }
}

/** @throws KauntaError RATE_LIMITED where a key asks faster than it may */
function createRateLimit(clock: Clock): (key: string) => void {
  const bucketOf = createTokenBuckets(clock)
  return (key) => {
    if (!bucketOf(key, rate).tryTake()) throw new KauntaError('RATE_LIMITED', { seconds: 1 })
  }
}
