import { type ComponentType, type ReactNode, useEffect, useState } from 'react'
import { useKeys } from '../components/keys.tsx'
import { useWording } from '../components/use-wording.ts'
import { useAllWords, useWords } from '../i18n/use-words.ts'
import type { Words } from '../i18n/words.ts'
import { overScreens } from '../screens/index.ts'
import { fetchPart } from './parts.ts'

type Overlay = ComponentType<{ readonly onClose: () => void }>

interface Overlays {
  readonly overlay: ReactNode
  /** Lays the screen of that name over the others, or the shell's own list of keys. */
  readonly open: (name: string) => void
}

async function loadOverlays(words: Words): Promise<Readonly<Record<string, Overlay>>> {
  const keys = async () => ['keys', (await import('./keys-help.tsx')).default] as const
  const loads = overScreens.map(
    async (screen) => [screen.name, (await fetchPart(words, screen)).default] as const,
  )
  return Object.fromEntries<Overlay>(await Promise.all([keys(), ...loads]))
}

/**
 * What may lie over any screen. All of it is fetched once the counter stands still and then kept, not suspended: React
 * holds back what was suspended for 300 ms, and the letters struck after "/" would meanwhile fall into the field
 * underneath.
 */
export function useOverlays(): Overlays {
  const words = useAllWords()
  const { t } = useWords()
  const { say } = useWording()
  const [shown, open] = useState<string | null>(null)
  const [loaded, setLoaded] = useState<Readonly<Record<string, Overlay>>>({})
  useEffect(() => {
    const idle = window.requestIdleCallback(() => void loadOverlays(words).then(setLoaded))
    return () => window.cancelIdleCallback(idle)
  }, [words])
  useKeys([
    { key: 'F1', label: t('keys.help'), run: () => open('keys') },
    ...overScreens.map(({ name, key: { key, label, job } }) => ({
      key,
      label: say(label),
      job,
      run: () => open(name),
    })),
  ])
  const Shown = shown === null ? undefined : loaded[shown]
  const overlay = Shown === undefined ? null : <Shown onClose={() => open(null)} />
  return { overlay, open }
}
