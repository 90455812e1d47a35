import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'

const loadSearch = () => import('../screens/search/search.tsx')
const loadKeys = () => import('./keys-help.tsx')
const SearchOverlay = lazy(loadSearch)
const KeysHelp = lazy(loadKeys)

interface Overlays {
  readonly overlay: ReactNode
  readonly openSearch: () => void
  readonly openKeys: () => void
}

/** The two things that may lie over any screen: search and the list of keys. */
export function useOverlays(): Overlays {
  const [open, setOpen] = useState<'search' | 'keys' | null>(null)
  const close = () => setOpen(null)
  useEffect(() => {
    // Fetched once the counter stands still, so that the first letters after "/" are not lost.
    const idle = window.requestIdleCallback(() => void Promise.all([loadSearch(), loadKeys()]))
    return () => window.cancelIdleCallback(idle)
  }, [])
  const overlay =
    open === null ? null : (
      <Suspense fallback={null}>
        {open === 'search' ? <SearchOverlay onClose={close} /> : <KeysHelp onClose={close} />}
      </Suspense>
    )
  return { overlay, openSearch: () => setOpen('search'), openKeys: () => setOpen('keys') }
}
