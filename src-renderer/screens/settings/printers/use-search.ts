import { useEffect, useRef, useState } from 'react'
import type { FoundPrinter } from '../../../../src-preload/contract/printer-models.ts'
import { useKaunta } from '../../../kaunta.tsx'

interface Found {
  readonly found: readonly FoundPrinter[]
  readonly missed: readonly { readonly source: string; readonly detail: string }[]
}

export interface SearchFor {
  readonly subnet?: string
  readonly port: number
  readonly announced: boolean
}

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'searching'; readonly since: number; readonly addresses: number }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'refused'; readonly error: unknown }
  | ({ readonly kind: 'found' } & Found)

/** How many addresses a subnet such as 192.168.1.0/24 has; 0 for what is none. */
function addressesOf(subnet: string | undefined): number {
  const bits = Number(subnet?.split('/')[1] ?? Number.NaN)
  return Number.isInteger(bits) && bits >= 0 && bits <= 32 ? 2 ** (32 - bits) : 0
}

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
    setState({ kind: 'searching', since: Date.now(), addresses: addressesOf(what.subnet) })
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
