import { lazy, type ReactNode, Suspense, useState } from 'react'

const SearchOverlay = lazy(() => import('../screens/search/search.tsx'))
const KeysHelp = lazy(() => import('./keys-help.tsx'))

interface Overlays {
  readonly overlay: ReactNode
  readonly openSearch: () => void
  readonly openKeys: () => void
}

/** The two things that may lie over any screen: search and the list of keys. */
export function useOverlays(): Overlays {
  const [open, setOpen] = useState<'search' | 'keys' | null>(null)
  const close = () => setOpen(null)
  const overlay =
    open === null ? null : (
      <Suspense fallback={null}>
        {open === 'search' ? <SearchOverlay onClose={close} /> : <KeysHelp onClose={close} />}
      </Suspense>
    )
  return { overlay, openSearch: () => setOpen('search'), openKeys: () => setOpen('keys') }
}
