import type { Language } from '../../src-preload/contract/paging.ts'
import type { CallContext, Caller } from '../implement.ts'
import type { Randomness } from '../ports.ts'

/** Makes the context of calls; an unforeseen error goes to the log under a mark that a person can read out. */
export function createContexts(
  random: Randomness,
  language: () => Language,
  onFault: (what: string, error: unknown) => void,
) {
  return (caller: Caller): CallContext => ({
    caller,
    language: language(),
    report(error) {
      const mark = random.secret(6)
      onFault('a request failed', { mark, error })
      return mark
    },
  })
}
