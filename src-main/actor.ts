import { AsyncLocalStorage } from 'node:async_hooks'

/** Whose doing something is: a person's at the counter, an integrator's by its key, or the program's own. */
export type Actor =
  | { readonly kind: 'staff'; readonly id: string }
  | { readonly kind: 'apiKey'; readonly id: string }
  | { readonly kind: 'system' }

export const system: Actor = { kind: 'system' }

/** For what only people do; null for machines. */
export function staffIdOf(actor: Actor): string | null {
  return actor.kind === 'staff' ? actor.id : null
}

/** Knows whose call is being made, so that each transaction bears it. */
export interface Actors {
  /** In what outlives a call, and where nobody calls: the system. */
  current(): Actor
  /** @param who whoever asked, to the end of the call: another may sit there before it is done */
  during<T>(who: Actor, call: () => Promise<T>): Promise<T>
  asSystem<T>(work: () => T): T
}

interface Call {
  readonly who: Actor
  open: boolean
}

export function createActors(): Actors {
  const calls = new AsyncLocalStorage<Call>()
  return {
    current() {
      const call = calls.getStore()
      return call?.open === true ? call.who : system
    },
    during(who, call) {
      const own: Call = { who, open: true }
      return calls.run(own, async () => {
        try {
          return await call()
        } finally {
          // What the call set going goes on without it.
          own.open = false
        }
      })
    },
    asSystem: (work) => calls.exit(work),
  }
}
