import { Kbd } from '@mantine/core'
import { lazy, Suspense, useState, useSyncExternalStore } from 'react'
import { useKeys } from '../components/keys.tsx'
import { useAllWords, useWords } from '../i18n/use-words.ts'
import { sideScreens } from '../screens/index.ts'
import { fetchPart } from './parts.ts'

/** Below this the counter needs the whole width; zooming in makes the window as narrow. */
const wide = window.matchMedia('(min-width: 1280px)')

function useWide(): boolean {
  return useSyncExternalStore(
    (told) => {
      wide.addEventListener('change', told)
      return () => wide.removeEventListener('change', told)
    },
    () => wide.matches,
  )
}

interface Asked {
  readonly place: string
  /** Null until the key was struck at this place. */
  readonly open: boolean | null
}

export interface Fold {
  readonly atCounter: boolean
  readonly open: boolean
  readonly setOpen: (wanted: boolean) => void
}

/** Open beside the counter where there is room, a strip elsewhere, until the key says otherwise. */
export function useFold(location: string): Fold {
  const atCounter = location === '/' || location.startsWith('/sale/')
  const room = useWide()
  const place = `${atCounter} ${room}`
  const [asked, setAsked] = useState<Asked>({ place, open: null })
  const chosen = asked.place === place ? asked.open : null
  const open = chosen ?? (atCounter && room)
  return { atCounter, open, setOpen: (wanted) => setAsked({ place, open: wanted }) }
}

interface SideProps {
  readonly practice: boolean
  readonly fold: Fold
}

/** The right side: what a customer holds while practising, else what today brought. Alt+Z folds it to a strip. */
export function Side({ practice, fold: { atCounter, open, setOpen } }: SideProps) {
  const { t } = useWords()
  const words = useAllWords()
  const [sides] = useState(() => ({
    practice: lazy(() => fetchPart(words, sideScreens.practice)),
    live: lazy(() => fetchPart(words, sideScreens.live)),
  }))
  const [toPhone, setToPhone] = useState(false)
  const fold = () => {
    setToPhone(false)
    setOpen(!open)
  }
  useKeys([
    { key: 'Alt+Z', label: t('keys.fold'), run: fold },
    ...(practice && !open
      ? [
          {
            key: 'Alt+P',
            label: t('keys.practicePhone'),
            run: () => {
              setToPhone(true)
              setOpen(true)
            },
          } as const,
        ]
      : []),
  ])
  // Lists elsewhere tell of today themselves.
  if (!practice && !atCounter) return null
  const Shown = practice ? sides.practice : sides.live
  const name = t(practice ? 'bar.practice' : 'bar.today')
  return (
    <div className={open ? 'side-place side-open' : 'side-place'}>
      <button type="button" className="side-fold" aria-expanded={open} onClick={fold}>
        <span className={practice ? 'side-name tone-amber' : 'side-name'}>{name}</span> <Kbd>Alt+Z</Kbd>
      </button>
      {open ? (
        <Suspense fallback={<aside className="side" />}>
          <Shown toPhone={toPhone} />
        </Suspense>
      ) : null}
    </div>
  )
}
