import type { ReasonCode } from '../../src-preload/contract/reasons.ts'

/**
 * What an error means for the outbox; `outbox/policy.ts` decides from this alone.
 * offline: nothing left this machine · throttled, temporary: the provider surely did nothing ·
 * unknownOutcome: it may have happened · credentials, balance: the account is held until a person acts ·
 * recipient, rejected: this one will never pass as it is.
 */
export type ProviderErrorKind =
  | 'offline'
  | 'throttled'
  | 'temporary'
  | 'unknownOutcome'
  | 'credentials'
  | 'balance'
  | 'recipient'
  | 'rejected'

export interface ProviderError {
  readonly kind: ProviderErrorKind
  /** What people are told. */
  readonly reason: ReasonCode
  /** The provider's own code and words, free of secrets. */
  readonly detail: string
  /** Milliseconds the provider asked us to wait. */
  readonly retryAfterMs?: number
}

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: ProviderError }

export function accepted<T>(value: T): Outcome<T> {
  return { ok: true, value }
}

export function refused(
  kind: ProviderErrorKind,
  reason: ReasonCode,
  detail: string,
  retryAfterMs?: number,
): { readonly ok: false; readonly error: ProviderError } {
  return {
    ok: false,
    error: { kind, reason, detail, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
  }
}
