import { maskText, removed } from '../logging/masks.ts'

/** GREEN-API writes the instance's token into the path: /waInstance{id}/{method}/{token}. */
const tokenInPath = /(\/waInstance\d+\/\w+\/)[^/\s?"']+/gi

/** A plus sign as it stands in a form. */
const escapedPlus = /%2B(?=[1-9]\d{7})/gi

/** A detail is one line for a manager or a log, not a copy of the reply. */
const longestDetail = 300

export type Redact = (text: string) => string

/** Masks phone numbers, tokens in addresses and anything that looks like a key; cuts at 300 characters. */
export function redact(text: string): string {
  const masked = maskText(text.replace(tokenInPath, `$1${removed}`).replace(escapedPlus, '+'))
  return masked.length > longestDetail ? `${masked.slice(0, longestDetail)}…` : masked
}

/** Like `redact`, and takes out the given secrets in every spelling in which they travel: plain, URL-encoded, base64. */
export function createRedactor(secrets: readonly string[]): Redact {
  const spellings = secrets
    .filter((secret) => secret.length >= 4)
    .flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64'),
      Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    ])
  // Longest first, or a secret that begins with another one would leave its tail standing.
  const ordered = [...new Set(spellings)].toSorted((a, b) => b.length - a.length)
  return (text) => redact(ordered.reduce((open, secret) => open.replaceAll(secret, removed), text))
}
