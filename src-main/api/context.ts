import type { Language } from '../../src-preload/contract/paging.ts'
import type { Role } from '../../src-preload/contract/staff.ts'
import type { CallContext, Caller } from '../implement.ts'
import type { Randomness } from '../ports.ts'
import { admitScreen } from './roles.ts'

/** Makes the context of calls; an unforeseen error goes to the log under a mark that a person can read out. */
export function createContexts(
  random: Randomness,
  language: () => Language,
  onFault: (what: string, error: unknown) => void,
  admit: (needs: Role, acts: boolean) => void,
) {
  return (caller: Caller): CallContext => ({
    caller,
    language: language(),
    admit: (path) => {
      if (caller.kind === 'screen') admitScreen(path, admit)
    },
    report(error) {
      const mark = random.secret(6)
      onFault('a request failed', { mark, error })
      return mark
    },
  })
}
