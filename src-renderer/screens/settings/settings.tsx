import './settings.css'
import { type ComponentType, lazy, Suspense } from 'react'
import { Link } from 'wouter'
import { useIsManager } from '../../components/use-staff.ts'
import { ShopSettings } from './shop-settings.tsx'
import { useWords } from './words.ts'

const tabs = ['shop', 'staff', 'accounts', 'printer', 'receipt', 'templates', 'apiKeys', 'about'] as const
type Tab = (typeof tabs)[number]

/** `id`: what a way from elsewhere leads to, such as an account that has stopped. */
const panes: Readonly<Record<Tab, ComponentType<{ readonly id: string | undefined }>>> = {
  shop: ShopSettings,
  staff: lazy(() => import('./staff-settings.tsx')),
  accounts: lazy(() => import('./account-settings.tsx')),
  printer: lazy(() => import('./printer-settings.tsx')),
  receipt: lazy(() => import('./receipt-settings.tsx')),
  templates: lazy(() => import('./template-settings.tsx')),
  apiKeys: lazy(() => import('./api-key-settings.tsx')),
  about: lazy(() => import('./about-settings.tsx')),
}

interface SettingsScreenProps {
  readonly tab: string | undefined
  readonly id: string | undefined
}

/** What a manager sets up once: the shop, its providers, printer, words and keys. */
export default function SettingsScreen({ tab, id }: SettingsScreenProps) {
  const { t } = useWords()
  const manager = useIsManager()
  const shown = tabs.find((one) => one === tab) ?? 'shop'
  const Pane = panes[shown]
  return (
    <section className="screen settings" aria-label={t('settings.title')}>
      <h1>{t('settings.title')}</h1>
      <nav className="settings-tabs" aria-label={t('settings.title')}>
        {tabs.map((one) => (
          <Link
            key={one}
            href={`/settings/${one}`}
            className="settings-tab"
            aria-current={one === shown ? 'page' : undefined}
          >
            {t(`settings.tabs.${one}`)}
          </Link>
        ))}
      </nav>
      {manager ? null : (
        <p className="manager-only">
          <span aria-hidden="true">! </span>
          {t('staffOnly.settings')}
        </p>
      )}
      <div className="settings-pane">
        <Suspense fallback={<p className="waiting">{t('common.loading')}</p>}>
          <Pane key={id} id={id} />
        </Suspense>
      </div>
    </section>
  )
}
