import type { ReasonCode } from '../../src-preload/contract/reasons.ts'
import type { Transaction } from '../database/open.ts'
import type { Clock, Randomness } from '../ports.ts'
import type { ProviderError } from '../providers/outcome.ts'
import type { Statements } from './claim.ts'
import type { EffectRow, Ran, RegisteredKind, Transition } from './kind.ts'
import type { Lane } from './lanes.ts'
import { attemptOutcome, decide, type Step, type Verdict } from './policy.ts'

/** A call that ended, with the lane it was made in. */
export interface Finished {
  readonly effect: EffectRow
  readonly lane: Lane
  readonly ran: Ran
}

export interface OutcomeWriterDeps {
  readonly statements: Statements
  readonly clock: Clock
  readonly random: Randomness
  kind(name: string): RegisteredKind | undefined
  /** An effect stands in this lane's line again. */
  wakeLane(key: string): void
  /** An effect's outcome is unknown now; null where nobody can be asked. */
  becameUnknown(id: number, settleMs: number | null): void
}

/** Writes what became of leased effects, and what follows for their lanes. Every method runs in the caller's transaction. */
export interface OutcomeWriter {
  finish(tx: Transaction, finished: Finished): void
  /** The call may have happened and nobody waits for its answer any more. */
  toUnknown(tx: Transaction, effect: EffectRow, detail: string): void
  /** Claimed, but its deadline had passed: fails without a call. */
  passDeadline(tx: Transaction, effect: EffectRow): void
  /** A holder that comes too late: kept as evidence, changes nothing else. */
  recordLate(tx: Transaction, effect: EffectRow, ran: Ran): void
}

export function createOutcomeWriter(deps: OutcomeWriterDeps): OutcomeWriter {
  const { statements, clock, random } = deps

  function verdictOn(effect: EffectRow, error: ProviderError | null, offlineRuns: number): Verdict {
    const kind = deps.kind(effect.kind)
    return decide(error, {
      tries: effect.tries,
      maxTries: kind?.maxTries ?? 1,
      waits: kind?.waits ?? true,
      duplicateHarmless: kind?.duplicateHarmless ?? false,
      settleMs: kind?.consistencyWindowMs(effect) ?? null,
      offlineRuns,
      fraction: random.fraction(),
    })
  }

  function endAttempt(
    tx: Transaction,
    effect: EffectRow,
    error: ProviderError | null,
    detail: string | null,
  ) {
    const outcome = attemptOutcome(error)
    statements.endAttempt.run(tx.now, outcome, error?.reason ?? null, detail, effect.id, effect.attempts)
  }

  function unsureOf(effect: EffectRow): ReasonCode {
    return deps.kind(effect.kind)?.unresolvedReason ?? 'needsDecision'
  }

  /** Whether the account works is seen from every call, also of what cannot wait and so never holds the lane. */
  function noteTrouble(lane: Lane, error: ProviderError | null): void {
    if (error !== null && stops(error)) {
      const { trouble } = lane
      const same = trouble?.reason === error.reason
      lane.trouble = { reason: error.reason, since: same ? trouble.since : clock.now() }
    } else if (error === null || error.kind === 'recipient' || error.kind === 'rejected') lane.trouble = null
  }

  function note(lane: Lane, { hold }: Verdict, error: ProviderError | null): void {
    noteTrouble(lane, error)
    if (hold !== null) {
      lane.hold = { why: hold.why, until: clock.monotonic() + hold.ms }
      lane.offlineRuns = hold.why === 'offline' ? lane.offlineRuns + 1 : 0
      lane.hasWork = true
      return
    }
    if (error === null || error.kind === 'recipient' || error.kind === 'rejected') {
      lane.hold = null
      lane.offlineRuns = 0
      lane.hasWork = true
    }
  }

  /** Fenced by the effect's lease; its domain row follows. */
  function write(tx: Transaction, effect: EffectRow, step: Step, { error, apply }: Ran): void {
    const needsDecision = step.to === 'unknown' && step.settleMs === null
    const reason = needsDecision ? unsureOf(effect) : reasonOf(step, error)
    const detail = error?.detail ?? null
    const { changes } = statements.settleLeased.run({
      id: effect.id,
      leaseId: effect.leaseId ?? '',
      state: step.to,
      dueAt: dueAfter(step, effect, tx.now),
      tries: triesAfter(step, effect),
      attempts: effect.attempts,
      reason,
      detail,
      needsDecision: needsDecision ? 1 : 0,
      now: tx.now,
    })
    if (changes === 0) return
    apply(tx, effect, { to: step.to, by: 'outbox', reason, detail, needsDecision })
    if (step.to === 'queued') tx.afterCommit(() => deps.wakeLane(effect.lane))
    if (step.to === 'unknown') tx.afterCommit(() => deps.becameUnknown(effect.id, step.settleMs))
  }

  return {
    finish(tx, { effect, lane, ran }) {
      const { error } = ran
      const verdict = verdictOn(effect, error, lane.offlineRuns)
      note(lane, verdict, error)
      if (error?.kind === 'offline' && verdict.step.to === 'queued') {
        // Offline costs no attempt: nothing left this machine, so nothing is written into the history.
        statements.dropAttempt.run(effect.id, effect.attempts)
        write(tx, uncounted(effect), verdict.step, ran)
        return
      }
      endAttempt(tx, effect, error, error?.detail ?? null)
      write(tx, effect, verdict.step, ran)
    },
    toUnknown(tx, effect, detail) {
      const error: ProviderError = { kind: 'unknownOutcome', reason: 'unknownOutcome', detail }
      statements.endAttempt.run(tx.now, 'unknown', error.reason, detail, effect.id, effect.attempts)
      write(tx, effect, verdictOn(effect, error, 0).step, failure(deps.kind(effect.kind), error))
    },
    passDeadline(tx, effect) {
      const late: ProviderError = { kind: 'rejected', reason: 'deadlinePassed', detail: '' }
      write(tx, uncounted(effect), { to: 'failed' }, failure(deps.kind(effect.kind), late))
    },
    recordLate(tx, effect, { error }) {
      endAttempt(tx, effect, error, `after the lease had ended: ${error?.detail ?? 'accepted'}`)
    },
  }
}

/** A call that ended in `error` and brought no data. */
export function failure(kind: RegisteredKind | undefined, error: ProviderError): Ran {
  return { error, apply: kind?.onTransition ?? ignore }
}

/** An effect whose kind is not registered has no domain row to follow it. */
function ignore(_tx: Transaction, _effect: EffectRow, _transition: Transition): void {}

/** What no waiting mends. */
function stops({ kind, reason }: ProviderError): boolean {
  return kind === 'credentials' || kind === 'balance' || reason === 'notPaired'
}

function uncounted(effect: EffectRow): EffectRow {
  return { ...effect, attempts: effect.attempts - 1 }
}

function reasonOf(step: Step, error: ProviderError | null): ReasonCode | null {
  return step.to === 'done' ? null : (error?.reason ?? null)
}

function triesAfter(step: Step, effect: EffectRow): number {
  return step.to === 'queued' && !step.counts ? effect.tries - 1 : effect.tries
}

/** Epoch ms. Standing in line again for free must not lose the place in it. */
function dueAfter(step: Step, effect: EffectRow, now: number): number {
  if (step.to === 'unknown') return now + (step.settleMs ?? 0)
  return step.to === 'queued' && step.delayMs > 0 ? now + step.delayMs : effect.dueAt
}
