import { troubleOf } from '../database/trouble.ts'
import type { Clock } from '../ports.ts'
import type { ProviderError } from '../providers/outcome.ts'
import { type EffectRow, type Ran, type RegisteredKind, UnreadablePayload } from './kind.ts'
import type { Lane } from './lanes.ts'
import { type Finished, failure } from './write-outcome.ts'

export interface ExecutorDeps {
  readonly clock: Clock
  kind(name: string): RegisteredKind | undefined
  onFault(what: string, error: unknown): void
  /** The call's one outcome. */
  ended(finished: Finished): void
  /** An answer after the lease had ended. */
  late(effect: EffectRow, ran: Ran): void
}

/** Makes the calls of claimed effects and sees that each ends: by its answer, or with its lease. */
export interface Executor {
  /** Calls now out. */
  readonly running: number
  execute(effect: EffectRow, lane: Lane): void
  /** Signals every call. @returns milliseconds that they may need to end */
  abort(): number
}

/** Milliseconds an effect of an unregistered kind may be held. */
const strangerLeaseMs = 60_000

export function createExecutor(deps: ExecutorDeps): Executor {
  const calls = new Map<number, { readonly controller: AbortController; readonly endMs: number }>()

  function faultOf(effect: EffectRow, error: unknown): ProviderError {
    if (error instanceof UnreadablePayload) return unreadable('the stored item cannot be read')
    // What a call has to write, it writes before it goes out: nothing happened.
    const trouble = troubleOf(error)
    if (trouble !== null) return { kind: 'offline', reason: 'notWritten', detail: trouble }
    deps.onFault(`executor ${effect.kind}`, error)
    return unresolved('a fault inside Kaunta during the call')
  }

  return {
    get running() {
      return calls.size
    },
    execute(effect, lane) {
      const kind = deps.kind(effect.kind)
      const controller = new AbortController()
      calls.set(effect.id, { controller, endMs: kind?.endMs ?? 0 })
      let ended = false
      const end = (ran: Ran) => {
        if (ended) {
          deps.late(effect, ran)
          return
        }
        ended = true
        stopTimer()
        calls.delete(effect.id)
        lane.running -= 1
        deps.ended({ effect, lane, ran })
      }
      const stopTimer = deps.clock.after(kind?.leaseMs ?? strangerLeaseMs, () => {
        end(failure(kind, unresolved('no outcome before the lease ended')))
        controller.abort()
      })
      if (kind === undefined) end(failure(kind, unreadable(`no executor for ${effect.kind}`)))
      else
        kind
          .run(effect, controller.signal)
          .then(end, (error: unknown) => end(failure(kind, faultOf(effect, error))))
    },
    abort() {
      const needed = [...calls.values()].map(({ endMs }) => endMs)
      for (const { controller } of calls.values()) controller.abort()
      return Math.max(0, ...needed)
    },
  }
}

function unresolved(detail: string): ProviderError {
  return { kind: 'unknownOutcome', reason: 'unknownOutcome', detail }
}

function unreadable(detail: string): ProviderError {
  return { kind: 'rejected', reason: 'unreadable', detail }
}
