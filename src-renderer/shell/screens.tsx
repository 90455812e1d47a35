import { type ComponentType, lazy, useEffect, useState } from 'react'
import { Route, Switch, useLocation } from 'wouter'
import { type KeyBinding, useKeys } from '../components/keys.tsx'
import { useWording } from '../components/use-wording.ts'
import { useAllWords } from '../i18n/use-words.ts'
import type { Words } from '../i18n/words.ts'
import { screens } from '../screens/index.ts'
import type { PageProps } from '../screens/screen.ts'
import { fetchPart } from './parts.ts'

/** What draws each screen, by its path. */
export type DrawnScreens = ReadonlyMap<string, ComponentType<PageProps>>

function drawLater(words: Words): DrawnScreens {
  return new Map(
    screens.map((screen) => [
      screen.path,
      'shown' in screen ? screen.shown : lazy(() => fetchPart(words, screen)),
    ]),
  )
}

/**
 * The screens that are opened in a hurry are fetched once the counter stands still and then kept, not suspended: React
 * holds back what was suspended for 300 ms.
 */
export function useScreens(): DrawnScreens {
  const words = useAllWords()
  const [drawn, setDrawn] = useState(() => drawLater(words))
  useEffect(() => {
    const fetchHurried = async () => {
      const hurried = screens.filter((screen) => 'load' in screen && screen.hurried === true)
      const fetched = await Promise.all(
        hurried.map(async (screen) =>
          'load' in screen ? [[screen.path, (await fetchPart(words, screen)).default] as const] : [],
        ),
      )
      setDrawn((before) => new Map([...before, ...fetched.flat()]))
    }
    const idle = window.requestIdleCallback(() => void fetchHurried())
    return () => window.cancelIdleCallback(idle)
  }, [words])
  return drawn
}

/** The keys that lead to screens. */
export function useScreenKeys(): void {
  const { say } = useWording()
  const [, navigate] = useLocation()
  useKeys(
    screens.flatMap(({ keys = [] }) =>
      keys.map(
        ({ key, label, job, to }): KeyBinding => ({ key, label: say(label), job, run: () => navigate(to) }),
      ),
    ),
  )
}

interface PlaceProps extends PageProps {
  readonly Shown: ComponentType<PageProps>
}

/** What was shown first is kept: what was fetched meanwhile is the same, and would begin anew. */
function Place({ Shown, tab, id }: PlaceProps) {
  const [{ First }] = useState({ First: Shown })
  return <First tab={tab} id={id} />
}

interface ScreensProps {
  readonly drawn: DrawnScreens
}

/** The screen that the address names. */
export function Screens({ drawn }: ScreensProps) {
  const [{ shown: Home }] = screens
  return (
    <Switch>
      {screens.map(({ path }) => {
        const Shown = drawn.get(path)
        return Shown === undefined ? null : (
          <Route key={path} path={path}>
            {({ tab, id }: Partial<PageProps>) => <Place Shown={Shown} tab={tab} id={id} />}
          </Route>
        )
      })}
      <Route>
        <Home tab={undefined} id={undefined} />
      </Route>
    </Switch>
  )
}
