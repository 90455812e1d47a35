import { Kbd, UnstyledButton } from '@mantine/core'
import { Link } from 'wouter'
import type { Status } from '../../src-preload/contract/live.ts'
import { Icon } from '../components/icon.tsx'
import { useShop, useStatus } from '../components/use-shop.ts'
import { useStaffDesk } from '../components/use-staff.ts'
import { useWords } from '../i18n/use-words.ts'
import { useConnectionState } from '../kaunta.tsx'
import { chooseOwnLanguage } from './appearance.tsx'
import { StopPill } from './stops.tsx'

interface StatusBarProps {
  readonly onSearch: () => void
  readonly onKeys: () => void
  readonly onStaff: () => void
}

function OutboxWords({ outbox }: { readonly outbox: Status['outbox'] }) {
  const { t } = useWords()
  const waiting = outbox.queued + outbox.sending + outbox.unknown - outbox.needDecision
  const nothing = waiting === 0 && outbox.needDecision === 0 && outbox.failed === 0
  return (
    <Link href="/outbox" className="bar-outbox">
      {nothing ? <span className="quiet">{t('bar.nothingWaiting')}</span> : null}
      {waiting > 0 ? (
        <span>
          <span aria-hidden="true">○ </span>
          {t('bar.waiting', { count: waiting })}
        </span>
      ) : null}
      {outbox.needDecision > 0 ? (
        <span className="tone-amber">
          <span aria-hidden="true">! </span>
          {t('bar.decide', { count: outbox.needDecision })}
        </span>
      ) : null}
      {outbox.failed > 0 ? (
        <span className="tone-red">
          <span aria-hidden="true">✕ </span>
          {t('bar.failed', { count: outbox.failed })}
        </span>
      ) : null}
    </Link>
  )
}

function LineState({ status }: { readonly status: Status | undefined }) {
  const { t } = useWords()
  const connection = useConnectionState()
  if (connection !== 'open' || status === undefined) {
    return <span className="tone-amber">? {t('connection.connecting')}</span>
  }
  return status.online ? (
    <span className="tone-accent">
      <span aria-hidden="true">● </span>
      {t('bar.online')}
    </span>
  ) : (
    <span className="tone-red">
      <span aria-hidden="true">⌁ </span>
      {t('bar.offline')}
    </span>
  )
}

/** Whose hands are on the till; pressed, it takes another PIN. */
function AtCounter({ onStaff }: Pick<StatusBarProps, 'onStaff'>) {
  const { t } = useWords()
  const { desk } = useStaffDesk()
  if (desk === undefined) return null
  const { staff } = desk
  const shown = staff === null ? t('bar.nobody') : `${staff.name} · ${t(`role.${staff.role}`)}`
  return (
    <UnstyledButton
      className="bar-staff"
      onClick={onStaff}
      aria-keyshortcuts="F10"
      aria-label={t('bar.staff', { name: shown })}
      data-testid="at-counter"
    >
      <Icon name="person" />
      <span>{shown}</span>
      <Kbd>F10</Kbd>
    </UnstyledButton>
  )
}

/** The other language in one press, on the first screen as on every other. */
function LanguageSwitch() {
  const { t, language } = useWords()
  const { data: shop } = useShop()
  const other = language === 'en' ? 'sw' : 'en'
  if (shop === undefined) return null
  return (
    <UnstyledButton
      className="bar-language"
      lang={other}
      aria-label={t(`language.${other}`)}
      title={t(`language.${other}`)}
      onClick={() => chooseOwnLanguage(other, shop.language)}
    >
      {other.toUpperCase()}
    </UnstyledButton>
  )
}

/** One line that tells at a glance: the line, what waits, whose till this is, and the mode. */
export function StatusBar({ onSearch, onKeys, onStaff }: StatusBarProps) {
  const { t } = useWords()
  const { data: status } = useStatus()
  const { data: shop } = useShop()
  const till = shop !== undefined && /^\d+$/.test(shop.till) ? t('bar.till', { till: shop.till }) : shop?.till
  const where = [shop?.name, till].filter(Boolean).join(' · ')
  return (
    <header className="bar" data-testid="status-line">
      <div className="bar-states" role="status" aria-label={t('bar.label')}>
        <LineState status={status} />
        {status === undefined ? null : <OutboxWords outbox={status.outbox} />}
      </div>
      <StopPill />
      <span className="bar-where">{where}</span>
      <AtCounter onStaff={onStaff} />
      {status?.mode === 'practice' ? (
        <strong className="bar-practice" title={t('bar.practiceExplained')}>
          {t('bar.practice')}
        </strong>
      ) : null}
      <LanguageSwitch />
      <UnstyledButton className="bar-search" onClick={onSearch}>
        <Icon name="search" />
        <span>{t('bar.search')}</span>
        <Kbd>/</Kbd>
      </UnstyledButton>
      <UnstyledButton className="bar-keys" onClick={onKeys}>
        <span>{t('bar.keys')}</span>
        <Kbd>F1</Kbd>
      </UnstyledButton>
    </header>
  )
}
