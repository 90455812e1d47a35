import { z } from 'zod'
import type { HttpRequest } from '../../http/client.ts'
import { mayHide } from '../http-answers.ts'
import type { AmountLimits } from '../mobile-money.ts'
import { type ProviderError, refused } from '../outcome.ts'
import type { CallContext, SettingValue } from '../provider.ts'
import { jsonOf, type Nature, type Reply, unclear, unmapped } from '../reply.ts'
import { errorRows } from './codes.ts'

/** Africa/Nairobi is three hours ahead of UTC all year. */
const nairobiMs = 3 * 3_600_000

/** YYYYMMDDHHmmss in Africa/Nairobi. Whether Safaricom checks the zone is unconfirmed. */
export function timestampOf(now: number): string {
  return new Date(now + nairobiMs).toISOString().replace(/\D/g, '').slice(0, 14)
}

/** Epoch ms of YYYYMMDDHHmmss in Africa/Nairobi, with or without signs between its parts; null for anything else. */
export function timeOf(stamp: string): number | null {
  const iso = stamp
    .trim()
    .replace(/^(\d\d)[./-](\d\d)[./-](\d{4})/, '$3-$2-$1')
    .replace(
      /^(\d{4})[-/.]?(\d\d)[-/.]?(\d\d)[T ]?(\d\d):?(\d\d):?(\d\d)(?:\.\d+)?$/,
      '$1-$2-$3T$4:$5:$6.000Z',
    )
  const at = iso.endsWith('.000Z') ? Date.parse(iso) : Number.NaN
  return Number.isNaN(at) ? null : at - nairobiMs
}

export function text(settings: Readonly<Record<string, SettingValue>>, name: string): string {
  return String(settings[name] ?? '')
}

export function post(context: CallContext, path: string, body: unknown): HttpRequest {
  return {
    method: 'POST',
    url: `${context.baseUrl}${path}`,
    headers: { authorization: `Bearer ${context.token ?? ''}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }
}

/** Letters, digits and blanks, cut to what Safaricom takes. */
export function wordsOf(said: string, longest: number, otherwise: string): string {
  const clean = said
    .replace(/[^A-Za-z0-9 ]/g, '')
    .trim()
    .slice(0, longest)
  return clean.length >= 2 ? clean : otherwise
}

export function fits({ minMinor, maxMinor }: AmountLimits, amountMinor: number): boolean {
  return amountMinor >= minMinor && amountMinor <= maxMinor && amountMinor % 100 === 0
}

export function isKenyan(phone: string): boolean {
  return /^\+254[17]\d{8}$/.test(phone)
}

const word = z.union([z.string(), z.number()]).transform(String)
export const errorSchema = z.object({ errorCode: word, errorMessage: word.catch('') })

export function readError(
  reply: Reply,
  nature: Nature,
): { readonly ok: false; readonly error: ProviderError } {
  const parsed = errorSchema.safeParse(jsonOf(reply.text))
  if (!parsed.success) return unmapped(nature, reply, '')
  const { errorCode, errorMessage } = parsed.data
  const words = errorMessage.toLowerCase()
  const found = errorRows.find(
    (known) => known.code === errorCode && (known.text === undefined || words.includes(known.text)),
  )
  const detail = `${errorCode} ${errorMessage}`
  if (found === undefined) return unmapped(nature, reply, detail)
  if (found.kind === 'unknownOutcome' || mayHide(reply.status)) return unclear(nature, detail)
  return refused(found.kind, found.reason, detail, found.retryAfterMs)
}
