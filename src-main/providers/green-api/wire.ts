import type { z } from 'zod'
import type { HttpRequest, HttpResult } from '../../http/client.ts'
import { type Outcome, refused } from '../outcome.ts'
import type { CallContext } from '../provider.ts'
import { jsonOf, type Nature, type Reply, readReply, unclear, unmapped } from '../reply.ts'
import { errorRows } from './codes.ts'

export function readRefusal(reply: Reply, nature: Nature): ReturnType<typeof refused> {
  const words = reply.text.toLowerCase()
  const found = errorRows.find(({ code }) => {
    const [status, ...said] = code.split(' ')
    return status === String(reply.status) && words.includes(said.join(' '))
  })
  const detail = `HTTP ${reply.status} ${reply.text}`
  if (found === undefined) return unmapped(nature, reply, reply.text)
  if (found.kind === 'unknownOutcome') return unclear(nature, detail)
  const wait = found.kind === 'throttled' ? 1_000 : found.reason === 'notPaired' ? 30_000 : undefined
  return refused(found.kind, found.reason, detail, wait)
}

/** One call: the token stands in the path, which therefore is never written anywhere. */
export function request(
  context: CallContext,
  verb: HttpRequest['method'],
  name: string,
  tail = '',
  body?: unknown,
): HttpRequest {
  const instance = String(context.settings.idInstance ?? '')
  return {
    method: verb,
    url: `${context.baseUrl}/waInstance${instance}/${name}/${context.secrets.apiTokenInstance ?? ''}${tail}`,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  }
}

/** Reads a 200 by `schema`; anything else by the table. */
export function read<T, R>(
  http: HttpResult,
  nature: Nature,
  schema: { readonly safeParse: (value: unknown) => z.ZodSafeParseResult<T> },
  answer: (value: T) => Outcome<R>,
): Outcome<R> {
  return readReply(http, nature, (reply) => {
    if (reply.status !== 200) return readRefusal(reply, nature)
    const parsed = schema.safeParse(jsonOf(reply.text))
    return parsed.success ? answer(parsed.data) : unclear(nature, 'HTTP 200 without what was asked for')
  })
}
