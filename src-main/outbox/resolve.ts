import type { Database } from '../database/open.ts'
import type { Clock, Randomness, Stop } from '../ports.ts'
import type { Statements } from './claim.ts'
import type { EffectRow, Move, RegisteredKind, Resolved } from './kind.ts'
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
  /** Ask about everything due on the next turn, however often it went unanswered before. */
  hurry(): void
}

/**
 * Finds out what became of unknown effects by asking, never by doing them again blindly. "Not found" arrives here only
 * after the provider's settle window, because an unknown effect is not due before.
 */
export function createResolver(deps: ResolverDeps): Resolver {
  const { database, clock, random, statements } = deps
  const asking = new Map<number, number>()
  const runs = new Map<number, number>()
  let sleep: Stop = () => {}
  let askedAt = 0

  function ask(): void {
    sleep()
    if (!database.connection.open) return
    const now = clock.now()
    const due = statements.unknownDue.all(now).filter((effect) => !asking.has(effect.id))
    for (const effect of due) start(effect)
    const next = statements.nextUnknown.get() ?? null
    // What is being asked stays due until the answer is written; a floor keeps that from spinning.
    if (next !== null) sleep = clock.after(Math.max(asking.size > 0 ? 250 : 0, next - now), ask)
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
        asking.delete(effect.id)
        if (database.connection.open) write(effect, found)
      })
      .catch((error: unknown) => deps.onFault('writing a resolution', error))
  }

  function write(effect: EffectRow, found: Resolved): void {
    const kind = deps.kind(effect.kind)
    const run = (runs.get(effect.id) ?? 0) + 1
    runs.set(effect.id, run)
    database.transact((tx) => {
      const move: Move = {
        to: target(found, effect),
        by: 'provider',
        reason: null,
        detail: null,
        needsDecision: false,
      }
      const settled = {
        id: effect.id,
        from: 'unknown',
        state: move.to,
        dueAt: found.kind === 'askLater' ? tx.now + askAgainMs(run, random.fraction()) : tx.now,
        tries: effect.tries,
        attempts: effect.attempts,
        reason: move.to === 'unknown' ? effect.reason : move.to === 'failed' ? 'temporary' : null,
        detail: found.kind === 'askLater' ? found.error.detail : null,
        needsDecision: 0 as const,
        now: tx.now,
      }
      const { changes } = statements.settleFree.run(settled)
      if (changes === 0 || move.to === 'unknown') return
      if (found.kind === 'happened') found.apply(tx, effect, move)
      else kind?.moved(tx, effect, move.to === 'failed' ? { ...move, reason: 'temporary' } : move)
      if (move.to === 'queued') tx.afterCommit(() => deps.wakeLane(effect.lane))
      runs.delete(effect.id)
    })
    deps.onChange()
    ask()
  }

  function target(found: Resolved, effect: EffectRow): 'done' | 'queued' | 'failed' | 'unknown' {
    if (found.kind === 'happened') return 'done'
    if (found.kind === 'askLater') return 'unknown'
    return effect.tries < (deps.kind(effect.kind)?.maxTries ?? 1) ? 'queued' : 'failed'
  }

  return {
    ask,
    hurry(): void {
      runs.clear()
    },
  }
}
