import type { Database, Transaction } from '../database/open.ts'
import type { Clock, Randomness, Stop } from '../ports.ts'
import type { Statements } from './claim.ts'
import type { EffectRow, RegisteredKind, Resolved, Transition } from './kind.ts'
import { askAgainMs } from './policy.ts'

export interface ResolverDeps {
  readonly database: Database
  readonly clock: Clock
  readonly random: Randomness
  readonly statements: Statements
  kind(name: string): RegisteredKind | undefined
  /** An effect stands in this lane's line again. */
  wakeLane(key: string): void
  onChange(): void
  onFault(what: string, error: unknown): void
}

export interface Resolver {
  /** Asks about everything that is due, and again when the next falls due. */
  ask(): void
  /** This effect's outcome is unknown from now on; null where nobody can be asked. */
  became(id: number, settleMs: number | null): void
  /** What the last run left unknown: how long it still has to wait, at most its consistency window. */
  takeUp(): void
  /** The line is back: asks at once about everything of which an answer would prove something. */
  hurry(): void
}

/** Milliseconds between two looks at what cannot be asked about just now. */
const askingMs = 250
const strangerMs = 60_000

/**
 * Finds out what became of unknown effects by asking, never by doing them again blindly. "Not found" arrives here only
 * after the provider's consistency window, because an unknown effect is not due before.
 */
export function createResolver(deps: ResolverDeps): Resolver {
  const { database, clock, random, statements } = deps
  const asking = new Map<number, number>()
  const runs = new Map<number, number>()
  /** Monotonic ms from which on "not found" proves something: the wall clock may be set on in between. */
  const provesAt = new Map<number, number>()
  let hurried = new Set<number>()
  let sleep: Stop = () => {}
  let askedAt = 0

  function ask(): void {
    sleep()
    if (!database.connection.open) return
    const now = clock.now()
    const due = [...statements.unknownDue.all(now), ...takeHurried()].filter(
      ({ id, kind }) => !asking.has(id) && deps.kind(kind) !== undefined,
    )
    for (const effect of due) if (!asking.has(effect.id)) start(effect)
    const next = statements.nextUnknown.get() ?? null
    if (next === null) return
    // What is being asked stays due until the answer is written, and what nobody can do any more for ever.
    const floor = asking.size > 0 ? askingMs : next <= now ? strangerMs : 0
    sleep = clock.after(Math.max(floor, next - now), ask)
  }

  function takeHurried(): EffectRow[] {
    const ids = [...hurried]
    hurried = new Set()
    return ids.flatMap((id) => {
      const row = statements.byId.get(id)
      return row?.state === 'unknown' && row.needsDecision === 0 ? [row] : []
    })
  }

  function start(effect: EffectRow): void {
    const kind = deps.kind(effect.kind)
    if (kind === undefined) return
    const since = statements.attemptStart.get(effect.id, effect.attempts) ?? effect.updatedAt
    askedAt += 1
    asking.set(effect.id, askedAt)
    kind
      .resolve(effect, since)
      .catch((error: unknown): Resolved => {
        deps.onFault(`resolving ${effect.kind}`, error)
        return {
          kind: 'askLater',
          error: { kind: 'temporary', reason: 'temporary', detail: 'a fault inside Kaunta' },
        }
      })
      .then((found) => {
        const run = (runs.get(effect.id) ?? 0) + 1
        runs.set(effect.id, run)
        return database.persist((tx) => write(tx, effect, found, run))
      })
      .catch((error: unknown) => deps.onFault('writing a resolution', error))
      .finally(() => {
        asking.delete(effect.id)
        deps.onChange()
        ask()
      })
  }

  function write(tx: Transaction, effect: EffectRow, found: Resolved, run: number): void {
    const kind = deps.kind(effect.kind)
    const transition: Transition = {
      to: target(found, effect),
      by: 'provider',
      reason: null,
      detail: null,
      needsDecision: false,
    }
    const settled = {
      id: effect.id,
      from: 'unknown',
      state: transition.to,
      dueAt: found.kind === 'askLater' ? tx.now + askAgainMs(found.error, run, random.fraction()) : tx.now,
      tries: effect.tries,
      attempts: effect.attempts,
      reason: transition.to === 'unknown' ? effect.reason : transition.to === 'failed' ? 'temporary' : null,
      detail: found.kind === 'askLater' ? found.error.detail : null,
      needsDecision: 0 as const,
      now: tx.now,
    }
    const { changes } = statements.settleFree.run(settled)
    if (changes === 0 || transition.to === 'unknown') return
    if (found.kind === 'happened') found.apply(tx, effect, transition)
    else
      kind?.onTransition(
        tx,
        effect,
        transition.to === 'failed' ? { ...transition, reason: 'temporary' } : transition,
      )
    if (transition.to === 'queued') tx.afterCommit(() => deps.wakeLane(effect.lane))
    tx.afterCommit(() => {
      runs.delete(effect.id)
      provesAt.delete(effect.id)
    })
  }

  function target(found: Resolved, effect: EffectRow): 'done' | 'queued' | 'failed' | 'unknown' {
    if (found.kind === 'happened') return 'done'
    if (found.kind === 'askLater') return 'unknown'
    return effect.tries < (deps.kind(effect.kind)?.maxTries ?? 1) ? 'queued' : 'failed'
  }

  return {
    ask,
    became(id, settleMs) {
      if (settleMs !== null) provesAt.set(id, clock.monotonic() + settleMs)
      ask()
    },
    takeUp() {
      const now = clock.now()
      for (const effect of statements.unknown.all()) {
        const settleMs = deps.kind(effect.kind)?.consistencyWindowMs(effect) ?? 0
        const left = Math.min(Math.max(0, effect.dueAt - now), settleMs)
        provesAt.set(effect.id, clock.monotonic() + left)
      }
    },
    hurry(): void {
      runs.clear()
      const monotonic = clock.monotonic()
      for (const [id, at] of provesAt) if (at <= monotonic) hurried.add(id)
      ask()
    },
  }
}
