import { z } from 'zod'
import { redact } from '../../http/redaction.ts'
import { mayHide, refusesToken } from '../http-answers.ts'
import { idOf } from '../identifiers.ts'
import { accepted, type Outcome, type ProviderError, refused } from '../outcome.ts'
import type { CallContext, ErrorRow, Session } from '../provider.ts'
import { jsonOf, type Nature, type Reply, readReply, unclear, unmapped } from '../reply.ts'

/** A name of ours has at most so many characters; the network's own limit is unconfirmed. */
const referenceLength = 30

/**
 * Begins with the biller code that the network gave; behind it the id as a number to the base of 36: all of it for a
 * code of up to five letters, and never less than the 74 random bits of a version 7 UUID.
 */
export function referenceOf(billerCode: string, id: string): string {
  const digits = BigInt(`0x${id.replaceAll('-', '')}`)
    .toString(36)
    .toUpperCase()
    .padStart(25, '0')
  return `${billerCode}${digits.slice(-(referenceLength - billerCode.length))}`
}

export function text(context: CallContext, name: string): string {
  return String(context.settings[name] ?? '')
}

/** Every merchant has addresses of his own: a setting is what stands behind the base address, or a whole one. */
export function urlOf(context: CallContext, name: string): string {
  const part = text(context, name)
  return /^https?:\/\//.test(part) ? part : `${context.baseUrl}${part}`
}

export function headersOf(context: CallContext): Record<string, string> {
  return {
    authorization: `bearer ${context.token ?? ''}`,
    username: text(context, 'username'),
    password: context.secrets.password ?? '',
    'content-type': 'application/json',
    'cache-control': 'no-cache',
  }
}

const word = z.union([z.string(), z.number()]).transform(String)
const name = z
  .unknown()
  .optional()
  .transform((value) => idOf(value) ?? '')
const answerSchema = z.object({
  ResponseCode: word.pipe(z.string().min(1)),
  ResponseStatus: z.unknown().optional(),
  ResponseDescription: word.catch(''),
  ReferenceID: word.catch(''),
  DMReferenceID: name,
  MFSTransactionID: name,
})
export type Answer = z.infer<typeof answerSchema>

type Refusal = { readonly ok: false; readonly error: ProviderError }

/** Runs `done` on the one code that means success; everything else is a refusal, or may hide a success. */
export function readAnswer<T>(
  reply: Reply,
  expected: { readonly code: string; readonly reference: string; readonly rows: readonly ErrorRow[] },
  done: (answer: Answer) => T,
): Outcome<T> {
  const parsed = answerSchema.safeParse(jsonOf(reply.text))
  if (!parsed.success) return withoutCode(reply, 'effect')
  const answer = parsed.data
  const detail = redact(`${answer.ResponseCode} ${answer.ResponseDescription}`.trim())
  if (answer.ReferenceID !== '' && answer.ReferenceID !== expected.reference) {
    return unclear('effect', `${detail}, for another reference`)
  }
  if (mayHide(reply.status)) return unclear('effect', `HTTP ${reply.status} ${detail}`)
  if (answer.ResponseCode !== expected.code) return byTable(answer.ResponseCode, detail, expected.rows)
  if (answer.ResponseStatus !== true || reply.status >= 300) {
    return unclear('effect', `HTTP ${reply.status} ${detail}, with status ${String(answer.ResponseStatus)}`)
  }
  return accepted(done(answer))
}

function byTable(code: string, detail: string, rows: readonly ErrorRow[]): Refusal {
  const row = rows.find((known) => known.code === code)
  if (row === undefined || row.kind === 'unknownOutcome') return unclear('effect', detail)
  return refused(row.kind, row.reason, detail)
}

/** What a gateway says before the request reached the network's own machines. */
export function withoutCode(reply: Reply, nature: Nature): Refusal {
  return unmapped(nature, reply, 'without a response code')
}

const tokenSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.union([z.string().regex(/^\d+$/), z.number().int().min(0)]),
})
const grantSchema = z.object({ error: z.enum(['invalid_grant', 'unsupported_grant_type']) })

export const session: Session = {
  open: {
    name: 'GetToken',
    request: (_input, context) => ({
      method: 'POST',
      url: urlOf(context, 'tokenPath'),
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'cache-control': 'no-cache' },
      body: new URLSearchParams({
        username: text(context, 'username'),
        password: context.secrets.password ?? '',
        grant_type: 'password',
      }).toString(),
    }),
    outcome: (http) =>
      readReply(http, 'read', (reply) => {
        const body = jsonOf(reply.text)
        const parsed = tokenSchema.safeParse(body)
        if (reply.status === 200 && parsed.success) {
          const { access_token: token, expires_in: seconds } = parsed.data
          return accepted({ token, expiresInMs: Number(seconds) * 1_000 })
        }
        const refusal = grantSchema.safeParse(body)
        if (refusal.success) return refused('credentials', 'credentials', refusal.data.error)
        if (reply.status === 400) return refused('credentials', 'credentials', 'HTTP 400')
        return withoutCode(reply, 'read')
      }),
  },
  // What an expired token is told is unconfirmed; with a response code it was the request that was judged.
  refuses: (http) =>
    http.kind === 'reply' && refusesToken(http) && !answerSchema.safeParse(jsonOf(http.text)).success,
}
