import { type ComponentType, type ReactNode, useEffect, useState } from 'react'

type Overlay = ComponentType<{ readonly onClose: () => void }>

interface Overlays {
  readonly overlay: ReactNode
  readonly openSearch: () => void
  readonly openKeys: () => void
}

async function loadOverlays(): Promise<Readonly<Record<'search' | 'keys', Overlay>>> {
  const [search, keys] = await Promise.all([
    import('../screens/search/search.tsx'),
    import('./keys-help.tsx'),
  ])
  return { search: search.default, keys: keys.default }
}

/**
 * The two things that may lie over any screen: search and the list of keys. They are fetched once the counter stands
 * still and then kept, not suspended: React holds back what was suspended for 300 ms, and the letters struck after
 * "/" would meanwhile fall into the field underneath.
 */
export function useOverlays(): Overlays {
  const [open, setOpen] = useState<'search' | 'keys' | null>(null)
  const [loaded, setLoaded] = useState<Readonly<Record<'search' | 'keys', Overlay>> | null>(null)
  useEffect(() => {
    const idle = window.requestIdleCallback(() => void loadOverlays().then(setLoaded))
    return () => window.cancelIdleCallback(idle)
  }, [])
  const Shown = open === null ? undefined : loaded?.[open]
  const overlay = Shown === undefined ? null : <Shown onClose={() => setOpen(null)} />
  return { overlay, openSearch: () => setOpen('search'), openKeys: () => setOpen('keys') }
}
