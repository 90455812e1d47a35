import type { Language } from '../../src-preload/contract/paging.ts'
import type { Rights, Role } from '../../src-preload/contract/rights.ts'
import type { Damage } from '../database/damage.ts'
import type { CallContext, Caller } from '../implement.ts'
import type { Randomness } from '../ports.ts'
import { KauntaError } from '../problem.ts'

export interface ContextDeps {
  readonly random: Randomness
  readonly onFault: (what: string, error: unknown) => void
  readonly damage: Pick<Damage, 'note'>
}

/** Makes the context of calls; an unforeseen error goes to the log under a mark that a person can read out. */
export function createContexts(
  { random, onFault, damage }: ContextDeps,
  language: () => Language,
  atCounter: (needs: Role, acts: boolean) => void,
) {
  return (caller: Caller): CallContext => ({
    caller,
    language: language(),
    admit: (needs) => admit(caller, needs, atCounter),
    report(error) {
      const mark = random.secret(6)
      onFault('a request failed', { mark, error })
      return mark
    },
    reportDamage: damage.note,
  })
}

/**
 * Holds a caller to what the procedure needs; the practice room itself refuses a live shop.
 * @throws KauntaError API_KEY_WRONG, API_KEY_SCOPE, NOT_SIGNED_IN, MANAGER_ONLY
 */
function admit(caller: Caller, needs: Rights, atCounter: (needs: Role, acts: boolean) => void): void {
  if ((needs.role === 'integration') !== (caller.kind === 'apiKey')) throw new KauntaError('API_KEY_WRONG')
  if (needs.role === 'integration') {
    if (caller.kind === 'apiKey' && !caller.scopes.includes(needs.scope))
      throw new KauntaError('API_KEY_SCOPE', { scope: needs.scope })
  } else if (needs.role !== 'open' && needs.role !== 'practice') {
    atCounter(needs.role, !needs.passive)
  }
}
