import { constants, createPublicKey, publicEncrypt } from 'node:crypto'
import { z } from 'zod'
import type { HttpRequest, HttpResult } from '../../http/client.ts'
import { redact } from '../../http/redaction.ts'
import { mayHide, refusesToken } from '../http-answers.ts'
import { idOf } from '../identifiers.ts'
import type { MoneyReading } from '../mobile-money.ts'
import { type Outcome, type ProviderError, refused } from '../outcome.ts'
import type { CallContext, Session } from '../provider.ts'
import { jsonOf, type Nature, type Reply, readReply, unclear, unmapped } from '../reply.ts'
import { type CodeRow, rowOf } from './codes.ts'

/** The market of all calls: M-Pesa OpenAPI writes Tanzania so. */
export const country = 'TZN'

/** The key as the portal shows it (base64 of its DER form), with or without the lines of a PEM file around it. */
function publicKeyOf(text: string) {
  const der = Buffer.from(text.replace(/-----[A-Z ]+-----|\s/g, ''), 'base64')
  return createPublicKey({ key: der, format: 'der', type: 'spki' })
}

export function isPublicKey(text: string): boolean {
  try {
    return publicKeyOf(text).asymmetricKeyType === 'rsa'
  } catch {
    return false
  }
}

/** RSA, PKCS#1 v1.5, base64 (V1, P): different every time, for the padding is random. */
function encrypted(context: CallContext, plain: string): string {
  const key = publicKeyOf(text(context, 'publicKey'))
  return publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(plain)).toString('base64')
}

export function text(context: CallContext, name: string): string {
  return String(context.settings[name] ?? '')
}

/** `plain`: the API key when a session is opened, the session's id everywhere else. */
export function headersOf(context: CallContext, plain: string): Record<string, string> {
  return {
    authorization: `Bearer ${encrypted(context, plain)}`,
    origin: text(context, 'origin'),
    'content-type': 'application/json',
  }
}

export function send(
  context: CallContext,
  method: 'POST' | 'PUT',
  path: string,
  fields: Readonly<Record<string, string>>,
): HttpRequest {
  return {
    method,
    url: `${context.baseUrl}${path}`,
    headers: headersOf(context, context.token ?? ''),
    body: JSON.stringify(fields),
  }
}

/** The whole id without its dashes: 32 letters and digits, as in every published example. */
export function conversationOf(id: string): string {
  return id.replaceAll('-', '')
}

/** A reply that names nothing writes an empty text or N/A (P). */
export const nameSchema = z.unknown().optional().transform(idOf)

const answerSchema = z.object({
  output_ResponseCode: z.string().min(1),
  output_ResponseDesc: z.union([z.string(), z.number()]).transform(String).catch(''),
  output_TransactionID: nameSchema,
  output_ConversationID: nameSchema,
  output_ThirdPartyConversationID: nameSchema,
  output_ResponseTransactionStatus: nameSchema,
  output_OriginalTransactionID: nameSchema,
  /** Not in the first documents; written "True" by some markets. */
  output_Reversed: z.unknown().optional(),
})

export interface Answer {
  readonly code: string
  /** Code and words, for a person. */
  readonly detail: string
  readonly transaction: string | null
  readonly conversation: string | null
  /** Our own name for it. */
  readonly own: string | null
  readonly status: string | null
  readonly original: string | null
  readonly reversed: boolean
}

function answerOf(http: HttpResult): Answer | null {
  if (http.kind !== 'reply') return null
  const parsed = answerSchema.safeParse(jsonOf(http.text))
  if (!parsed.success) return null
  const { data } = parsed
  return {
    code: data.output_ResponseCode,
    detail: redact(`${data.output_ResponseCode} ${data.output_ResponseDesc}`.trim()),
    transaction: data.output_TransactionID,
    conversation: data.output_ConversationID,
    own: data.output_ThirdPartyConversationID,
    status: data.output_ResponseTransactionStatus,
    original: data.output_OriginalTransactionID,
    reversed: String(data.output_Reversed).toLowerCase() === 'true',
  }
}

type Refusal = { readonly ok: false; readonly error: ProviderError }

/** `nature` decides what silence means; the HTTP status decides nothing where there is a code, unless it may hide a success. */
export function readAnswer<T>(
  http: HttpResult,
  nature: Nature,
  read: (answer: Answer, reply: Reply) => Outcome<T>,
): Outcome<T> {
  return readReply(http, nature, (reply) => {
    const answer = answerOf(reply)
    if (answer === null) return withoutCode(reply, nature)
    return mayHide(reply.status) ? unclear(nature, answer.detail) : read(answer, reply)
  })
}

/** What a gateway says before the request reached M-Pesa. */
function withoutCode(reply: Reply, nature: Nature): Refusal {
  return unmapped(nature, reply, 'without a response code')
}

/** A refusal as the table has it; a code that stands in no table may hide a success. */
export function refusal(
  { code, detail }: Answer,
  nature: Nature,
  meaning?: (row: CodeRow) => Pick<CodeRow, 'kind' | 'reason'> | undefined,
): Refusal {
  const row = rowOf(code)
  if (row === undefined) return unclear(nature, detail)
  const { kind, reason } = meaning?.(row) ?? row
  if (kind === 'unknownOutcome') return unclear(nature, detail)
  return refused(kind, reason, detail, row.retryAfterMs)
}

/** What a code says of a payment that the customer was asked for. */
export function promptReading(code: string, detail: string, receiptCode: string | null): MoneyReading {
  if (code === 'INS-0') return { state: 'completed', receiptCode, amountMinor: null }
  const row = rowOf(code)
  if (row === undefined || row.kind === 'unknownOutcome') return { state: 'unknown', detail }
  return { state: row.prompt ?? 'failed', reason: row.reason, detail }
}

/** Hours are set on the app in the portal; unknown here, so one is assumed and a refusal is believed. */
const sessionMs = 3_600_000

export const session: Session = {
  open: {
    name: 'getSession',
    request: (_input, context) => ({
      method: 'GET',
      url: `${context.baseUrl}/getSession/`,
      headers: headersOf(context, context.secrets.apiKey ?? ''),
      body: null,
    }),
    outcome: (http) =>
      readReply(http, 'read', (reply) => {
        const parsed = sessionSchema.safeParse(jsonOf(reply.text))
        if (reply.status === 200 && parsed.success) {
          return { ok: true, value: { token: parsed.data.output_SessionID, expiresInMs: sessionMs } }
        }
        const answer = answerOf(reply)
        if (answer !== null && answer.code !== 'INS-0') return refusal(answer, 'read')
        if (reply.status === 400) return refused('credentials', 'credentials', 'HTTP 400')
        return withoutCode(reply, 'read')
      }),
  },
  /** INS-5 and INS-6 come with HTTP 401 as well (P): they are no refusal of the session, and must not be repeated. */
  refuses: (http) => {
    const answer = answerOf(http)
    return answer === null ? http.kind === 'reply' && refusesToken(http) : answer.code === 'INS-2'
  },
  accepts: (http) => ['INS-5', 'INS-6'].includes(answerOf(http)?.code ?? ''),
  settlingMs: 30_000,
}

const sessionSchema = z.object({
  output_ResponseCode: z.literal('INS-0'),
  output_SessionID: z.string().min(1),
})
