import type { AnyContractRouter } from '@orpc/contract'
import { implement } from '@orpc/server'
import type { Language } from '../src-preload/contract/paging.ts'
import type { Rights, Scope } from '../src-preload/contract/rights.ts'

/** Who is asking: a screen of this machine, or an integrator by its API key. */
export type Caller =
  | { readonly kind: 'screen' }
  | { readonly kind: 'apiKey'; readonly id: string; readonly scopes: readonly Scope[] }

export interface CallContext {
  readonly caller: Caller
  /** Of the messages that errors carry; a screen words them itself. */
  readonly language: Language
  /** Judges who asks by what the procedure needs, before the call is made; throws where it may not be. */
  readonly admit: (needs: Rights) => void
  /** Writes an unforeseen error to the log and answers the mark by which a person can name it. */
  readonly report: (error: unknown) => string
  /** Rows that do not fit what they should be: written to the log and told to whoever looks. @returns the mark */
  readonly reportDamage: (ids: readonly string[], misfits: readonly string[]) => string
}

/** One room's part of the contract, to be implemented by its `procedures.ts`. */
export function implementRoom<Contract extends AnyContractRouter>(contract: Contract) {
  return implement(contract).$context<CallContext>()
}
