import type { Language } from '../../src-preload/contract/paging.ts'
import { type Rights, scopeSchema } from '../../src-preload/contract/rights.ts'
import type { Actors } from '../actor.ts'
import type { Damage } from '../database/damage.ts'
import type { CallContext, Caller } from '../implement.ts'
import type { Randomness } from '../ports.ts'
import { KauntaError } from '../problem.ts'
import type { StaffRoom } from '../staff/service.ts'

export interface ContextDeps {
  readonly random: Randomness
  readonly language: () => Language
  readonly onFault: (what: string, error: unknown) => void
  readonly damage: Pick<Damage, 'note'>
  readonly staff: Pick<StaffRoom, 'admit' | 'within'>
  readonly actors: Pick<Actors, 'during'>
  /** Aborts when this key is revoked. */
  readonly revoked: (keyId: string) => AbortSignal
}

/** Makes the context of calls; an unforeseen error goes to the log under a mark that a person can read out. */
export function createContexts(deps: ContextDeps) {
  return (caller: Caller): CallContext => ({
    caller,
    language: deps.language(),
    admit: (needs) => admit(caller, needs, deps.staff),
    until(needs) {
      if (caller.kind === 'apiKey') return deps.revoked(caller.id)
      return needs.role === 'cashier' || needs.role === 'manager' ? caller.seat.until() : null
    },
    within: (call) =>
      caller.kind === 'screen'
        ? deps.staff.within(caller.seat, call)
        : deps.actors.during({ kind: 'apiKey', id: caller.id }, call),
    report(error) {
      const mark = deps.random.secret(6)
      deps.onFault('a request failed', { mark, error })
      return mark
    },
    reportDamage: deps.damage.note,
  })
}

/**
 * Holds a caller to what the procedure needs; the practice room itself refuses a live shop.
 * @throws KauntaError API_KEY_WRONG, API_KEY_SCOPE, NOT_SIGNED_IN, MANAGER_ONLY
 */
function admit(caller: Caller, needs: Rights, staff: ContextDeps['staff']): void {
  if (needs.role === 'integration') {
    if (caller.kind !== 'apiKey') throw new KauntaError('API_KEY_WRONG')
    const { scope } = needs
    const holds = scope === null ? caller.scopes.length > 0 : caller.scopes.includes(scope)
    if (!holds) throw new KauntaError('API_KEY_SCOPE', { scope: scope ?? scopeSchema.options.join(', ') })
    return
  }
  if (caller.kind !== 'screen') throw new KauntaError('API_KEY_WRONG')
  if (needs.role !== 'open' && needs.role !== 'practice') staff.admit(caller.seat, needs.role, !needs.passive)
}
