import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { Acknowledgement, Report, Trust } from '../mobile-money.ts'
import type { RawCallback } from '../provider.ts'
import { jsonOf } from '../reply.ts'
import { readStatus } from './codes.ts'
import { airtelIdSchema, detailOf } from './wire.ts'

const reportSchema = z.object({
  transaction: z.object({}).loose(),
  hash: z.string().optional().catch(undefined),
})
const transactionSchema = z.object({
  id: z.union([z.string(), z.number()]).transform(String).pipe(z.string().min(1)),
  status_code: z.string(),
  message: z.string().catch(''),
  airtel_money_id: airtelIdSchema,
})

/** The body is free; 200 is what counts [A2]. */
export const received: Acknowledgement = { status: 200, contentType: 'application/json', body: '{}' }

/**
 * The report that Airtel posts to the address in its portal [A2, A9]. Where the portal's callback key is known, what is
 * read is exactly the text that was signed. A report "may be intermediate" and knows only TS and TF [K1]: TF ends
 * nothing, it is a reason to ask; TS counts when it brings Airtel's id, which is made on success alone.
 */
export function readReport(callback: RawCallback, callbackKey: string): Report | null {
  const parsed = reportSchema.safeParse(jsonOf(callback.body))
  if (!parsed.success) return null
  const raw = rawMember(callback.body, 'transaction')
  const transaction = transactionSchema.safeParse(jsonOf(raw ?? ''))
  if (raw === null || !transaction.success) return null
  const { id, status_code: status, message, airtel_money_id: code } = transaction.data
  const open = status === 'TF' || (status === 'TS' && code === '')
  return {
    trust: trustOf(callback, raw, parsed.data.hash, callbackKey),
    about: 'money',
    references: { own: id, provider: null },
    reading: open
      ? { state: 'processing' }
      : readStatus(status, [], code || null, detailOf(`${status} ${message}`)),
  }
}

/**
 * The documents say "the body" and leave open which bytes that is: as a Kenyan service in use has it, the raw
 * `transaction` object; else its compact form, or the body without its hash, or, with the hash in a header, the body.
 */
function trustOf(
  { body, headers }: RawCallback,
  raw: string,
  hash: string | undefined,
  callbackKey: string,
): Trust {
  if (callbackKey === '') return 'unsigned'
  const compact = JSON.stringify(jsonOf(raw))
  const signed = [raw, compact, `{"transaction":${raw}}`, `{"transaction":${compact}}`]
  if (hash === undefined) signed.push(body)
  const given = hash ?? headers.hash ?? ''
  return signed.some((text) => equal(hashOf(text, callbackKey), given)) ? 'signed' : 'forged'
}

/** Base64 of HMAC-SHA256 with the key that the portal shows. */
export function hashOf(text: string, callbackKey: string): string {
  return createHmac('sha256', callbackKey).update(text).digest('base64')
}

function equal(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/**
 * The text of an object that is a member of the outermost object, as it stands in `json`; null where there is none or
 * more than one. `json` must be valid JSON.
 */
export function rawMember(json: string, name: string): string | null {
  const found: string[] = []
  let depth = 0
  let start = -1
  // Strings whole, so that a brace inside one is none; a key is a string with a colon behind it.
  for (const token of json.matchAll(/"((?:[^"\\]|\\.)*)"(\s*:\s*\{)?|[{}[\]]/g)) {
    const [text, key, opening] = token
    if (opening !== undefined && depth === 1 && key === name) start = token.index + text.length - 1
    if (opening !== undefined || '{['.includes(text)) depth += 1
    if (!'}]'.includes(text)) continue
    depth -= 1
    if (depth === 1 && start >= 0) {
      found.push(json.slice(start, token.index + 1))
      start = -1
    }
  }
  return found.length === 1 ? (found[0] ?? null) : null
}
