import { useEffect, useRef, useState } from 'react'
import type { FoundPrinter, TriedWay } from '../../../../src-preload/contract/printer-models.ts'
import { useKaunta } from '../../../kaunta.tsx'

export interface Found {
  readonly found: readonly FoundPrinter[]
  readonly tried: readonly TriedWay[]
}

/** Nothing of it: this computer alone. */
export interface SearchFor {
  readonly network?: boolean
  readonly subnet?: string
  readonly port?: number
}

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'searching'; readonly since: number }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'refused'; readonly error: unknown }
  | ({ readonly kind: 'found' } & Found)

export interface Search {
  readonly state: State
  readonly start: (what: SearchFor) => Promise<void>
  readonly cancel: () => void
}

/** One search at a time; leaving the page or the step ends it. */
export function useSearch(): Search {
  const { client } = useKaunta()
  const [state, setState] = useState<State>({ kind: 'idle' })
  const running = useRef<AbortController>(null)
  useEffect(() => () => running.current?.abort(), [])
  const start = async (what: SearchFor) => {
    running.current?.abort()
    const stop = new AbortController()
    running.current = stop
    setState({ kind: 'searching', since: Date.now() })
    try {
      const answer = await client.printers.find(what, { signal: stop.signal })
      if (!stop.signal.aborted) setState({ kind: 'found', ...answer })
    } catch (error) {
      if (!stop.signal.aborted) setState({ kind: 'refused', error })
    }
  }
  return {
    state,
    start,
    cancel: () => {
      running.current?.abort()
      setState((before) => (before.kind === 'searching' ? { kind: 'cancelled' } : before))
    },
  }
}
