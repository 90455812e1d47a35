import type { AnyContractRouter } from '@orpc/contract'
import { implement } from '@orpc/server'
import type { Language } from '../src-preload/contract/paging.ts'
import type { Rights, Scope } from '../src-preload/contract/rights.ts'
import { KauntaError } from './problem.ts'

/** One connection's place at the counter: who sits there sits at no other. */
export interface Seat {
  /** The id of whoever sits here; null: nobody. */
  current(): string | null
  /** Aborts when whoever sits here leaves. Nobody's place has one that is aborted already. */
  until(): AbortSignal
}

/** Who is asking: a screen of this machine, or an integrator by its API key. */
export type Caller =
  | { readonly kind: 'screen'; readonly seat: Seat }
  | { readonly kind: 'apiKey'; readonly id: string; readonly scopes: readonly Scope[] }

export interface CallContext {
  readonly caller: Caller
  /** Of the messages that errors carry; a screen words them itself. */
  readonly language: Language
  /** Judges who asks by what the procedure needs, before the call is made; throws where it may not be. */
  readonly admit: (needs: Rights) => void
  /** What a stream of such a procedure may not outlive: the stay of whoever opened it, the key; null for what is open. */
  readonly until: (needs: Rights) => AbortSignal | null
  /** Makes the call as the caller's doing. */
  readonly within: <T>(call: () => Promise<T>) => Promise<T>
  /** Writes an unforeseen error to the log and answers the mark by which a person can name it. */
  readonly report: (error: unknown) => string
  /** Rows that do not fit what they should be: written to the log and told to whoever looks. @returns the mark */
  readonly reportDamage: (ids: readonly string[], misfits: readonly string[]) => string
}

/** The seat of a screen's call; that a screen calls was judged before. @throws KauntaError NOT_SIGNED_IN */
export function seatOf({ caller }: CallContext): Seat {
  if (caller.kind !== 'screen') throw new KauntaError('NOT_SIGNED_IN')
  return caller.seat
}

/** One room's part of the contract, to be implemented by its `procedures.ts`. */
export function implementRoom<Contract extends AnyContractRouter>(contract: Contract) {
  return implement(contract).$context<CallContext>()
}
