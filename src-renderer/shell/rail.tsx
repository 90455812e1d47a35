import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
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

export function Rail() {
  const { t } = useTranslation()
  const [location] = useLocation()
  const { data: status } = useStatus()
  const unsent =
    status === undefined ? 0 : status.outbox.queued + status.outbox.unknown + status.outbox.failed
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
          {name === 'outbox' && unsent > 0 ? <span className="rail-count">{unsent}</span> : null}
        </Link>
      ))}
    </nav>
  )
}
