import { Link, useLocation } from 'wouter'
import { Icon } from '../components/icon.tsx'
import { useStatus } from '../components/use-shop.ts'
import { useWording } from '../components/use-wording.ts'
import { useWords } from '../i18n/use-words.ts'
import { screens } from '../screens/index.ts'
import type { RailStop } from '../screens/screen.ts'

const stops = screens.flatMap(({ rail }) => rail ?? [])

function isHere({ href, also }: RailStop, location: string): boolean {
  const within = href === '/' ? location === '/' : location.startsWith(href)
  return within || (also !== undefined && location.startsWith(also))
}

interface StopProps {
  readonly stop: RailStop
  readonly here: boolean
}

function Stop({ stop: { label, icon, href, count }, here }: StopProps) {
  const { say } = useWording()
  const { data: status } = useStatus()
  const waiting = status === undefined ? 0 : (count?.(status) ?? 0)
  return (
    <Link href={href} className="rail-stop" aria-current={here ? 'page' : undefined}>
      <Icon name={icon} />
      <span>{say(label)}</span>
      {waiting > 0 ? <span className="rail-count">{waiting}</span> : null}
    </Link>
  )
}

/** The way to every screen that has a stop, and what waits there. */
export function Rail() {
  const { t } = useWords()
  const [location] = useLocation()
  return (
    <nav className="rail" aria-label={t('rail.label')}>
      {stops.map((stop) => (
        <Stop key={stop.href} stop={stop} here={isHere(stop, location)} />
      ))}
    </nav>
  )
}
