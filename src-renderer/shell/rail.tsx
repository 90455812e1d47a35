import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import type { Status } from '../../src-preload/contract/live.ts'
import { Icon, type IconName } from '../components/icon.tsx'
import { useStatus } from '../components/use-shop.ts'

interface Stop {
  readonly name: 'counter' | 'outbox' | 'payments' | 'settings'
  readonly href: string
  readonly icon: IconName
}

const stops: readonly Stop[] = [
  { name: 'counter', href: '/', icon: 'counter' },
  { name: 'outbox', href: '/outbox', icon: 'outbox' },
  { name: 'payments', href: '/payments', icon: 'payments' },
  { name: 'settings', href: '/settings', icon: 'settings' },
]

function isHere(href: string, location: string): boolean {
  return href === '/' ? location === '/' || location.startsWith('/sale/') : location.startsWith(href)
}

/** What waits behind each stop. */
function countsOf(status: Status | undefined): Readonly<Record<Stop['name'], number>> {
  if (status === undefined) return { counter: 0, outbox: 0, payments: 0, settings: 0 }
  const { outbox, money } = status
  return {
    counter: 0,
    outbox: outbox.queued + outbox.unknown + outbox.failed,
    payments: money.unknown + money.transfers + money.overpaid,
    settings: 0,
  }
}

export function Rail() {
  const { t } = useTranslation()
  const [location] = useLocation()
  const { data: status } = useStatus()
  const counts = countsOf(status)
  return (
    <nav className="rail" aria-label={t('rail.label')}>
      {stops.map(({ name, href, icon }) => (
        <Link
          key={name}
          href={href}
          className="rail-stop"
          aria-current={isHere(href, location) ? 'page' : undefined}
        >
          <Icon name={icon} />
          <span>{t(`rail.${name}`)}</span>
          {counts[name] > 0 ? <span className="rail-count">{counts[name]}</span> : null}
        </Link>
      ))}
    </nav>
  )
}
