import { useCallback, useRef, useState } from 'react'

export interface Tasks {
  /** Runs after those before it; a second press of the same key while it runs is ignored. */
  readonly run: (name: string, work: () => Promise<void>) => void
  readonly busy: ReadonlySet<string>
}

/**
 * The counter's actions one after the other, in the order of the keys.
 * @param onError gets whatever an action threw
 */
export function useTasks(onError: (error: unknown) => void): Tasks {
  const chain = useRef<Promise<void>>(Promise.resolve())
  const names = useRef(new Set<string>())
  const [busy, setBusy] = useState<ReadonlySet<string>>(() => new Set())
  const run = useCallback(
    (name: string, work: () => Promise<void>) => {
      if (names.current.has(name)) return
      names.current.add(name)
      setBusy(new Set(names.current))
      chain.current = chain.current
        .then(work)
        .catch(onError)
        .finally(() => {
          names.current.delete(name)
          setBusy(new Set(names.current))
        })
    },
    [onError],
  )
  return { run, busy }
}
