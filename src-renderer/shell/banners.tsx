import { CloseButton } from '@mantine/core'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { Link } from 'wouter'
import type { Status } from '../../src-preload/contract/live.ts'
import { useStatus } from '../components/use-shop.ts'
import { useStaffDesk } from '../components/use-staff.ts'
import { useWording } from '../components/use-wording.ts'
import { useWords } from '../i18n/use-words.ts'
import { useConnectionState } from '../kaunta.tsx'
import { PaperQuestions } from './paper-questions.tsx'
import type { Fold } from './side.tsx'

const SetUp = lazy(() => import('./set-up/set-up.tsx'))

interface BannerProps {
  readonly tone: 'accent' | 'amber' | 'red'
  readonly shape: string
  readonly children: ReactNode
  readonly onHide?: () => void
}

function Banner({ tone, shape, children, onHide }: BannerProps) {
  const { t } = useWords()
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
  const { t } = useWords()
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

/** Anybody may sit down here: said on every screen until somebody chooses a PIN. */
function PinMissing() {
  const { t } = useWords()
  const { desk } = useStaffDesk()
  const [hidden, setHidden] = useState(false)
  if (hidden || desk?.pinMissing !== true) return null
  return (
    <Banner tone="amber" shape="!" onHide={() => setHidden(true)}>
      {t('banner.pinMissing')} <Link href="/settings/staff">{t('banner.pinMissingDo')}</Link>
    </Banner>
  )
}

/** To whoever sat down, once: how many wrong PINs were tried while it was not him. */
function WrongTries() {
  const { t } = useWords()
  const { desk } = useStaffDesk()
  const [hidden, setHidden] = useState<string | null>(null)
  const about = `${desk?.staff?.id} ${desk?.wrongTries}`
  if (desk === undefined || desk.staff === null || desk.wrongTries === 0 || hidden === about) return null
  return (
    <Banner tone="amber" shape="!" onHide={() => setHidden(about)}>
      {t('banner.wrongTries', { count: desk.wrongTries, name: desk.staff.name })}
    </Banner>
  )
}

/** One line while money is not certain, with the way to where it is settled. Customers' own payments alone are no alarm. */
function MoneyBanner({ here }: { readonly here: string }) {
  const { t } = useWords()
  const { data: status } = useStatus()
  const money = status?.money
  const count = money === undefined ? 0 : money.unknown + money.transfers + money.overpaid
  if (count === 0 || here.startsWith('/payments/attention')) return null
  return (
    <Banner tone="amber" shape="?">
      {t('banner.money', { count })} <Link href="/payments/attention">{t('banner.moneyLook')}</Link>
    </Banner>
  )
}

/** What a person must know whichever screen is open: a lost connection, what a start recovered, warnings. */
function Banners() {
  const { t } = useWords()
  const { say } = useWording()
  const connection = useConnectionState()
  const { data: status } = useStatus()
  return (
    <div className="banners">
      {connection === 'refused' ? (
        <Banner tone="red" shape="⌁">
          {t('connection.refused')}
        </Banner>
      ) : null}
      {connection === 'lost' ? (
        <Banner tone="red" shape="⌁">
          {t('connection.lost')} {t('connection.help')}
        </Banner>
      ) : null}
      {status?.recovered ? <Recovered key={status.recovered.at} recovered={status.recovered} /> : null}
      <PinMissing />
      <WrongTries />
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

interface FootProps {
  readonly here: string
  readonly fold: Fold
}

/** What a person must know or answer: at the foot of every screen, where nothing above moves when it comes and goes. */
export function FootBanners({ here, fold }: FootProps) {
  const { data: status } = useStatus()
  const beside = fold.atCounter && fold.open
  return (
    <div className="foot-banners">
      {status?.mode === 'live' && !beside ? (
        <Suspense fallback={null}>
          <SetUp small={fold.atCounter} />
        </Suspense>
      ) : null}
      <Banners />
      <PaperQuestions />
      <MoneyBanner here={here} />
    </div>
  )
}
