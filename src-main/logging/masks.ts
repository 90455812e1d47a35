/** What stands where a secret or a text of a customer was. */
export const removed = '[removed]'

/**
 * Fields that are never written, whatever they hold: secrets, and texts that may name a customer.
 * Compared without case, dashes and underscores, as a part of the name: `consumer_secret` and `X-Api-Key` are caught.
 */
const removedNames =
  /secret|token|password|passphrase|passkey|apikey|authorization|credential|cookie|session|privatekey|signature|^pin$|pincode|^body$|^text$|^rawbody$|customername/

const secretPatterns: readonly RegExp[] = [
  /\b(?:Bearer|Basic)\s+[\w.~+/=-]+/gi,
  /(?<=[?&;\s"'{](?:api_?key|key|token|access_token|secret|password|pass|pin)["']?[=:]\s?["']?)[^&\s"',}]+/gi,
  /(?<=^(?:api_?key|key|token|access_token|secret|password|pass|pin)[=:])[^&\s"',}]+/gi,
]

/** 32 or more characters without a break, with digits and letters: a key or token that nobody named. */
const opaque = /(?<![\w-])[\w-]{32,}(?:=|\b)/g
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** E.164, and the forms in which Tanzanian and Kenyan numbers are typed or sent by providers. */
const phones =
  /(?<![\w+])(?:(?:\+|%2B|00)[1-9](?:[ .()-]{0,2}\d){7,14}|\(?(?:25[45]|0)[ .()-]{0,2}[1267](?:[ .()-]{0,2}\d){8})(?!\d)/gi

/** Line ends that JSON does not escape but that some viewers break at. */
const lineBreaks = /[\u0085\u2028\u2029]/g

const maxDepth = 6
const maxItems = 50
const maxTextLength = 4_000

/** +255712345678 → +2557xxxxx678: enough to tell two customers apart, not enough to call one. */
export function maskPhone(found: string): string {
  const phone = found.replace(/^(?:%2B|00)/i, '+')
  const international = /^\+?25[45]|^\+/.test(phone)
  const digits = phone.replace(/\D/g, '')
  const shown = international ? 4 : 2
  const hidden = 'x'.repeat(Math.max(0, digits.length - shown - 3))
  return `${phone.startsWith('+') ? '+' : ''}${digits.slice(0, shown)}${hidden}${digits.slice(-3)}`
}

/** Masks phone numbers and what looks like a secret inside free text, and cuts it at 4,000 characters. */
export function maskText(text: string): string {
  const cut = text.length > maxTextLength ? `${text.slice(0, maxTextLength)}…` : text
  const open = secretPatterns.reduce((masked, pattern) => masked.replace(pattern, removed), cut)
  return open
    .replace(opaque, (run) => (uuid.test(run) || !/\d/.test(run) || !/[a-z]/i.test(run) ? run : removed))
    .replace(phones, maskPhone)
    .replace(lineBreaks, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** Numbers that Daraja and others send as a JSON number instead of text. */
function isPhoneNumber(value: number): boolean {
  return Number.isInteger(value) && value >= 254_000_000_000 && value < 256_000_000_000
}

function isRemoved(name: string): boolean {
  return removedNames.test(name.replace(/[-_\s]/g, '').toLowerCase())
}

/** A copy of any value that may stand in the log: plain data, masked, of bounded depth. Never throws on odd input. */
export function maskValue(value: unknown, depth = 0): unknown {
  switch (typeof value) {
    case 'string':
      return maskText(value)
    case 'number':
      return isPhoneNumber(value) ? maskPhone(String(value)) : value
    case 'boolean':
    case 'undefined':
      return value
    case 'bigint':
      return String(value)
    case 'symbol':
    case 'function':
      return `[${typeof value}]`
    default:
      return maskObject(value, depth)
  }
}

function maskObject(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return null
  if (depth >= maxDepth) return '[deeper]'
  if (value instanceof Error) return maskError(value, depth)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`
  if (value instanceof Map)
    return maskEntries(
      [...value].map(([key, item]) => [String(key), item]),
      depth,
    )
  if (Array.isArray(value) || value instanceof Set) {
    return [...value].slice(0, maxItems).map((item) => maskValue(item, depth + 1))
  }
  return maskEntries(Object.entries(value), depth)
}

function maskEntries(
  entries: readonly (readonly [string, unknown])[],
  depth: number,
): Record<string, unknown> {
  const masked = new Map<string, unknown>()
  for (const [name, item] of entries.slice(0, maxItems)) {
    masked.set(maskText(name), isRemoved(name) ? removed : maskValue(item, depth + 1))
  }
  return Object.fromEntries(masked)
}

function maskError(error: Error, depth: number): Record<string, unknown> {
  const { name, message, stack, cause, ...rest } = error
  const own = maskEntries(Object.entries(rest), depth)
  return {
    ...own,
    name,
    message: maskText(message),
    ...(stack === undefined ? {} : { stack: maskText(stack) }),
    ...(cause === undefined ? {} : { cause: maskValue(cause, depth + 1) }),
  }
}
