import { CloseButton } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Status } from '../../src-preload/contract/live.ts'
import { useStatus } from '../components/use-shop.ts'
import { useWording } from '../components/use-wording.ts'
import { useConnectionState } from '../kaunta.tsx'

interface BannerProps {
  readonly tone: 'accent' | 'amber' | 'red'
  readonly shape: string
  readonly children: ReactNode
  readonly onHide?: () => void
}

function Banner({ tone, shape, children, onHide }: BannerProps) {
  const { t } = useTranslation()
  return (
    <div className={`banner banner-${tone}`} role={tone === 'red' ? 'alert' : 'status'}>
      <span className="banner-shape" aria-hidden="true">
        {shape}
      </span>
      <span className="banner-words">{children}</span>
      {onHide === undefined ? null : <CloseButton aria-label={t('common.dismiss')} onClick={onHide} />}
    </div>
  )
}

function Recovered({ recovered }: { readonly recovered: NonNullable<Status['recovered']> }) {
  const { t } = useTranslation()
  const [hidden, setHidden] = useState(false)
  if (hidden || recovered.waiting + recovered.unknown === 0) return null
  const sentence = recovered.uncleanEnd ? 'banner.recoveredUnclean' : 'banner.recovered'
  return (
    <Banner tone="accent" shape="↻" onHide={() => setHidden(true)}>
      {t(sentence, { count: recovered.waiting + recovered.unknown })}{' '}
      {recovered.unknown > 0 ? `${t('banner.recoveredUnknown', { count: recovered.unknown })} ` : null}
      <Link href="/outbox">{t('banner.see')}</Link>
    </Banner>
  )
}

/** What a person must know whichever screen is open: a lost connection, what a start recovered, warnings. */
export function Banners() {
  const { t } = useTranslation()
  const { say } = useWording()
  const connection = useConnectionState()
  const { data: status } = useStatus()
  return (
    <div className="banners">
      {connection === 'lost' ? (
        <Banner tone="red" shape="⌁">
          {t('connection.lost')} {t('connection.help')}
        </Banner>
      ) : null}
      {status?.recovered ? <Recovered key={status.recovered.at} recovered={status.recovered} /> : null}
      {status?.keychain === 'memory' ? (
        <Banner tone="amber" shape="!">
          {t('banner.keychain', {
            detail: status.keychainDetail === null ? '–' : say(status.keychainDetail),
          })}
        </Banner>
      ) : null}
      {status?.warnings.map((warning) => (
        <Banner key={warning.en} tone="amber" shape="!">
          {say(warning)}
        </Banner>
      ))}
    </div>
  )
}
