import { useState } from 'react'

export interface Action {
  readonly run: (work: () => Promise<unknown>) => Promise<boolean>
  readonly busy: boolean
  /** What the last run threw, null after a good one. */
  readonly error: unknown
  /** True after a good run, until the next one begins or `reset`. */
  readonly done: boolean
  readonly reset: () => void
}

/** One button's work: busy while it runs, its refusal kept for showing beside it. */
export function useAction(): Action {
  const [state, setState] = useState<{ busy: boolean; error: unknown; done: boolean }>({
    busy: false,
    error: null,
    done: false,
  })
  const run = async (work: () => Promise<unknown>) => {
    setState({ busy: true, error: null, done: false })
    try {
      await work()
      setState({ busy: false, error: null, done: true })
      return true
    } catch (error) {
      setState({ busy: false, error, done: false })
      return false
    }
  }
  return { ...state, run, reset: () => setState({ busy: false, error: null, done: false }) }
}
