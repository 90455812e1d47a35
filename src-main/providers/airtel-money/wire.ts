import { z } from 'zod'
import type { HttpRequest } from '../../http/client.ts'
import { redact } from '../../http/redaction.ts'
import { mayHide } from '../http-answers.ts'
import { idOf } from '../identifiers.ts'
import { type ProviderError, refused } from '../outcome.ts'
import type { CallContext, SettingValue } from '../provider.ts'
import { jsonOf, type Nature, type Reply, unclear, unmapped } from '../reply.ts'
import { fineCodes, rowOf } from './codes.ts'

/** The old address of all countries; Airtel's companies have one of their own by now [A4, K1, K2]. */
export const addresses = {
  live: 'https://openapi.airtel.africa',
  sandbox: 'https://openapiuat.airtel.africa',
} as const

const hosts = {
  TZ: { live: 'https://openapi.airtel.co.tz', sandbox: 'https://openapiuat.airtel.co.tz' },
  KE: { live: 'https://openapi.airtelkenya.com', sandbox: 'https://openapiuat.airtelkenya.com' },
} as const

export function text(settings: Readonly<Record<string, SettingValue>>, name: string): string {
  return String(settings[name] ?? '')
}

/** The country of the account; Tanzania until somebody chose. */
export function countryOf(settings: Readonly<Record<string, SettingValue>>): 'TZ' | 'KE' {
  return settings.country === 'KE' ? 'KE' : 'TZ'
}

export function currencyOf(country: 'TZ' | 'KE'): 'TZS' | 'KES' {
  return country === 'KE' ? 'KES' : 'TZS'
}

/** The declared addresses give way to the account's own host, or to the country's; any other address stands. */
function hostOf({ baseUrl, settings }: CallContext): string {
  if (baseUrl !== addresses.live && baseUrl !== addresses.sandbox) return baseUrl
  const own = text(settings, 'host').replace(/\/$/, '')
  if (own !== '') return own
  return hosts[countryOf(settings)][baseUrl === addresses.live ? 'live' : 'sandbox']
}

/** Headers that every call but the token's bears [A1, A2], spelt as printed: one client met a gateway that minds [K1]. */
function headersOf(context: CallContext) {
  const country = countryOf(context.settings)
  return {
    Accept: '*/*',
    'Content-Type': 'application/json',
    Authorization: `Bearer ${context.token ?? ''}`,
    'X-Country': country,
    'X-Currency': currencyOf(country),
  }
}

export function get(context: CallContext, path: string): HttpRequest {
  return { method: 'GET', url: `${hostOf(context)}${path}`, headers: headersOf(context), body: null }
}

export function post(
  context: CallContext,
  path: string,
  body: string,
  signature: Readonly<Record<string, string>> = {},
): HttpRequest {
  return {
    method: 'POST',
    url: `${hostOf(context)}${path}`,
    headers: { ...headersOf(context), ...signature },
    body,
  }
}

export function tokenRequest(context: CallContext): HttpRequest {
  const { clientId = '', clientSecret = '' } = context.secrets
  return {
    method: 'POST',
    url: `${hostOf(context)}/auth/oauth2/token`,
    headers: { Accept: '*/*', 'Content-Type': 'application/json' },
    body: JSON.stringify({
      client_id: clientId,
      client_secret: clientSecret,
      grant_type: 'client_credentials',
    }),
  }
}

/** E.164 to the nine digits that Airtel wants: no country code, no leading 0 [A2, A4]. Null for other countries. */
export function msisdnOf(phone: string, country: 'TZ' | 'KE'): string | null {
  const pattern = country === 'TZ' ? /^\+255([67]\d{8})$/ : /^\+254([17]\d{8})$/
  return pattern.exec(phone)?.[1] ?? null
}

const words = z.union([z.string(), z.number()]).transform(String).catch('')
/** Airtel's own ids: what only stands in the place of one ("0", "N/A") proves nothing. */
export const airtelIdSchema = z
  .unknown()
  .optional()
  .transform((id) => idOf(id) ?? '')
const transactionSchema = z.object({
  // The documents' own sample has `"id": false`.
  id: words,
  status: words,
  message: words,
  airtel_money_id: airtelIdSchema,
  reference_id: airtelIdSchema,
})
const envelopeSchema = z.object({
  data: z
    .object({ transaction: transactionSchema.optional().catch(undefined) })
    .optional()
    .catch(undefined),
  status: z
    .object({
      message: words,
      result_code: words,
      response_code: words,
      success: z.boolean().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  status_code: words,
  status_message: words,
  error: words,
  error_description: words,
})

/** A reply as Airtel writes it, every part optional [A2; msomali/airtel models]. */
export interface Said {
  /** Empty texts where there is none. */
  readonly transaction: z.infer<typeof transactionSchema>
  readonly success: boolean | null
  /** response_code, result_code, the router's status_code: those that are there, in this order. */
  readonly codes: readonly string[]
  readonly detail: string
}

const nothing = { id: '', status: '', message: '', airtel_money_id: '', reference_id: '' } as const

export function saidIn(reply: Reply): Said {
  const parsed = envelopeSchema.safeParse(jsonOf(reply.text))
  if (!parsed.success) return { transaction: nothing, success: null, codes: [], detail: '' }
  const { data, status, ...router } = parsed.data
  const transaction = data?.transaction ?? nothing
  const filled = (parts: readonly (string | undefined)[]) =>
    parts.flatMap((part) => (part === undefined || part === '' ? [] : [part]))
  const codes = filled([status?.response_code, status?.result_code, router.status_code])
  const told = [transaction.message, status?.message, router.status_message, router.error]
  return {
    transaction,
    success: status?.success ?? null,
    codes,
    detail: detailOf([...codes, ...filled([...told, router.error_description])].join(' ')),
  }
}

/** Airtel's numbers have neither country code nor 0, which the common redactor goes by. */
export function detailOf(said: string): string {
  return redact(said.replace(/(?<!\d)([1267]\d)\d{4}(\d{3})(?!\d)/g, '$1xxxx$2'))
}

/** The first code that is neither success nor "under way". */
export function complaintOf({ codes }: Said): string | undefined {
  return codes.find((code) => !fineCodes.has(code))
}

/** What a reply that is no success means. Codes first, then HTTP. */
export function readError(
  reply: Reply,
  said: Said,
  nature: Nature,
): { readonly ok: false; readonly error: ProviderError } {
  const detail = `HTTP ${reply.status} ${said.detail}`.trim()
  if (reply.status === 401 || reply.status === 403) return refused('credentials', 'credentials', detail)
  if (reply.status === 429) return unmapped(nature, reply, said.detail)
  if (mayHide(reply.status) || reply.status === 503) return unclear(nature, detail)
  const known = said.codes.map(rowOf).find((row) => row !== undefined)
  if (known === undefined) return unmapped(nature, reply, said.detail)
  const unsure = known.kind === 'unknownOutcome' || (reply.status >= 500 && known.kind !== 'credentials')
  return unsure ? unclear(nature, detail) : refused(known.kind, known.reason, detail)
}
