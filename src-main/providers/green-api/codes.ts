import type { ReasonCode } from '../../../src-preload/contract/reasons.ts'
import type { ProviderErrorKind } from '../outcome.ts'
import type { ErrorRow } from '../provider.ts'

const row = (code: string, kind: ProviderErrorKind, reason: ReasonCode, source: string): ErrorRow => ({
  code,
  kind,
  reason,
  source,
})

/**
 * HTTP status, then words of the reply in lower case (any words where none stand here); the first row that fits wins.
 * doc: green-api.com/en/docs/api/common-errors · mcp: github green-api/green-api-mcp-gateway, errors.go.
 */
export const errorRows: readonly ErrorRow[] = [
  row('400 instance in starting process', 'temporary', 'temporary', 'doc'),
  row('400 instance is starting or not authorized', 'temporary', 'notPaired', 'doc'),
  row('400 instance account not authorized', 'credentials', 'notPaired', 'doc'),
  row('400 instance account is expired', 'credentials', 'credentials', 'doc'),
  row('400 instance is deleted', 'credentials', 'credentials', 'doc'),
  row('400 bad phone number', 'recipient', 'recipient', 'doc'),
  row('400 wrong format', 'recipient', 'recipient', 'doc'),
  row('400 check phone number timeout limit', 'temporary', 'temporary', 'doc'),
  row('400 bad request data', 'rejected', 'rejected', 'doc'),
  row('400 validation failed', 'rejected', 'rejected', 'doc'),
  row('400 unexpected token', 'rejected', 'rejected', 'doc'),
  row('401', 'credentials', 'credentials', 'doc'),
  row('403', 'credentials', 'credentials', 'doc'),
  row('404', 'rejected', 'rejected', 'doc'),
  row('429', 'throttled', 'throttled', 'doc'),
  row('466', 'balance', 'quota', 'doc'),
  row('499', 'unknownOutcome', 'unknownOutcome', 'doc'),
  row('500 file from url exceeded', 'rejected', 'rejected', 'doc'),
  row('500', 'unknownOutcome', 'unknownOutcome', 'doc, mcp'),
  row('502', 'unknownOutcome', 'unknownOutcome', 'doc, mcp'),
  row('503', 'unknownOutcome', 'unknownOutcome', 'doc, mcp'),
  row('504', 'unknownOutcome', 'unknownOutcome', 'doc, mcp'),
]
