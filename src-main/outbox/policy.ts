import type { ProviderError, ProviderErrorKind } from '../providers/outcome.ts'

/** What the dispatcher does next with an effect whose call ended. */
export type Step =
  | { readonly to: 'done' }
  /** Wait `delayMs`; `counts` says whether the call used up a try. */
  | { readonly to: 'queued'; readonly delayMs: number; readonly counts: boolean }
  | { readonly to: 'failed' }
  /** Ask after `settleMs`; null: only a person can tell. */
  | { readonly to: 'unknown'; readonly settleMs: number | null }

/** What happens to the whole lane: nothing else of it goes out for `ms`. */
export interface LaneHold {
  /** `fault`: Kaunta itself could not take anything from it. */
  readonly why: 'offline' | 'throttled' | 'credentials' | 'balance' | 'fault'
  readonly ms: number
}

export interface Verdict {
  readonly step: Step
  readonly hold: LaneHold | null
}

export interface Situation {
  /** Tries used, this call included. */
  readonly tries: number
  readonly maxTries: number
  readonly waits: boolean
  readonly duplicateHarmless: boolean
  /** Milliseconds, or null when the provider cannot be asked. */
  readonly settleMs: number | null
  /** How many times running the lane was found offline. */
  readonly offlineRuns: number
  /** 0 ≤ x < 1 */
  readonly fraction: number
}

const retryBaseMs = 2_000
const retryCapMs = 15 * 60_000
const offlineBaseMs = 1_000
const offlineCapMs = 15_000
/** A held account is tried again by itself this seldom; a saved setting or a top-up wakes it at once. */
const accountHoldMs = 5 * 60_000
const throttledMs = 1_000

type Rule = (error: ProviderError, at: Situation) => Verdict

/** One row for each kind of error: the whole retry policy. */
const rules: Record<ProviderErrorKind, Rule> = {
  offline: (_error, at) => hold('offline', backoff(offlineBaseMs, offlineCapMs, at.offlineRuns, at.fraction)),
  throttled: (error, at) =>
    hold('throttled', error.retryAfterMs ?? backoff(throttledMs, retryCapMs, at.tries, at.fraction)),
  credentials: () => hold('credentials', accountHoldMs),
  balance: () => hold('balance', accountHoldMs),
  temporary: (error, at) => ({
    step:
      at.tries < at.maxTries
        ? {
            to: 'queued',
            delayMs: Math.max(
              error.retryAfterMs ?? 0,
              backoff(retryBaseMs, retryCapMs, at.tries, at.fraction),
            ),
            counts: true,
          }
        : { to: 'failed' },
    hold: null,
  }),
  unknownOutcome: (_error, at) => ({
    step:
      at.settleMs === null && at.duplicateHarmless && at.tries < at.maxTries
        ? { to: 'queued', delayMs: backoff(retryBaseMs, retryCapMs, at.tries, at.fraction), counts: true }
        : { to: 'unknown', settleMs: at.settleMs },
    hold: null,
  }),
  recipient: () => ({ step: { to: 'failed' }, hold: null }),
  rejected: () => ({ step: { to: 'failed' }, hold: null }),
}

/** Kinds under which nothing happened at the provider and the effect may simply stand in line again. */
const waiting: ReadonlySet<ProviderErrorKind> = new Set(['offline', 'throttled', 'credentials', 'balance'])

/** Decides from the error's kind alone what becomes of the effect and of its lane. */
export function decide(error: ProviderError | null, at: Situation): Verdict {
  if (error === null) return { step: { to: 'done' }, hold: null }
  const verdict = rules[error.kind](error, at)
  // What cannot wait fails at once, and must not be held up by the failure of the one before it.
  if (!at.waits && (waiting.has(error.kind) || verdict.step.to === 'queued')) {
    return { step: { to: 'failed' }, hold: null }
  }
  return verdict
}

/** What the history calls an attempt that ended so. */
export function attemptOutcome(
  error: ProviderError | null,
): 'accepted' | 'rejected' | 'retryable' | 'unknown' {
  if (error === null) return 'accepted'
  if (error.kind === 'unknownOutcome') return 'unknown'
  return error.kind === 'recipient' || error.kind === 'rejected' ? 'rejected' : 'retryable'
}

/** Exponential with full jitter: at least one base, at most `cap`. */
export function backoff(baseMs: number, capMs: number, run: number, fraction: number): number {
  const ceiling = Math.min(capMs, baseMs * 2 ** Math.min(run, 30))
  return Math.round(baseMs + (ceiling - baseMs) * fraction)
}

/**
 * Milliseconds until an unanswered question is asked again: 5 s rising to 10 min, and without a line, where a question
 * costs nobody anything, 1 s to 15 s.
 */
export function askAgainMs({ kind }: ProviderError, run: number, fraction: number): number {
  return kind === 'offline'
    ? backoff(offlineBaseMs, offlineCapMs, run, fraction)
    : backoff(5_000, 600_000, run, fraction)
}

function hold(why: LaneHold['why'], ms: number): Verdict {
  return { step: { to: 'queued', delayMs: 0, counts: false }, hold: { why, ms } }
}
