import './whatsapp.css'
import { NativeSelect } from '@mantine/core'
import { useCallback, useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import type { Pairing, PairingState } from '../../../src-preload/contract/providers.ts'
import { AskFirst } from '../../components/ask-first.tsx'
import { useSecondsLeft } from '../../components/elapsed.tsx'
import { formatPhone } from '../../components/phone.ts'
import { useAccounts } from '../../components/use-accounts.ts'
import { useFocusOnShow } from '../../components/use-focus-on-show.ts'
import { useStream } from '../../components/use-stream.ts'
import type { KauntaClient } from '../../connection.ts'
import { useKaunta } from '../../kaunta.tsx'
import { useWords } from './words.ts'

const marks = {
  notAuthorized: { shape: '○', tone: 'grey' },
  starting: { shape: '◔', tone: 'accent' },
  authorized: { shape: '●', tone: 'accent' },
  sleep: { shape: '⌁', tone: 'amber' },
  blocked: { shape: '✕', tone: 'red' },
  yellowCard: { shape: '!', tone: 'red' },
  unreachable: { shape: '⌁', tone: 'amber' },
  unknown: { shape: '?', tone: 'amber' },
} as const satisfies Record<PairingState, { shape: string; tone: string }>

function Code({ pairing }: { readonly pairing: Pairing }) {
  const { t } = useWords()
  const seconds = useSecondsLeft(pairing.qrExpiresAt)
  if (pairing.qr === null) {
    return pairing.state === 'notAuthorized' ? <p className="quiet">{t('whatsapp.waiting')}</p> : null
  }
  return (
    <div className="whatsapp-code">
      <img src={pairing.qr} alt={t('whatsapp.qrAlt')} width={280} height={280} />
      <div>
        <h2>{t('whatsapp.scanTitle')}</h2>
        <p>{t('whatsapp.steps')}</p>
        <p className="quiet figures">
          {seconds > 0 ? t('whatsapp.expires', { seconds }) : t('whatsapp.refreshing')}
        </p>
      </div>
    </div>
  )
}

function State({ pairing }: { readonly pairing: Pairing }) {
  const { t } = useWords()
  const { state } = pairing
  const { shape, tone } = marks[state]
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // What was pressed to come here is gone; while the phone starts there is nothing to read yet.
    if (state !== 'starting' && document.activeElement === document.body) place.current?.focus()
  }, [state])
  return (
    <div ref={place} role="status" tabIndex={-1}>
      <p className={`whatsapp-state tone-${tone}`}>
        <span aria-hidden="true">{shape}</span> {t(`whatsapp.states.${pairing.state}`)}
        {pairing.phone === null ? null : (
          <span className="figures"> · {t('whatsapp.linkedAs', { phone: formatPhone(pairing.phone) })}</span>
        )}
      </p>
      <p>{t(`whatsapp.todo.${pairing.state}`)}</p>
    </div>
  )
}

interface UnlinkProps {
  readonly accountId: string
  readonly onUnlinked: () => void
}

function Unlink({ accountId, onUnlinked }: UnlinkProps) {
  const { t } = useWords()
  const { client } = useKaunta()
  return (
    <AskFirst
      label={t('whatsapp.unlink')}
      title={t('whatsapp.unlinkTitle')}
      ask={t('whatsapp.unlinkAsk')}
      act={() => client.pairing.unlink({ id: accountId })}
      onDone={onUnlinked}
    />
  )
}

interface LinkProps {
  readonly accountId: string
  readonly onAgain: () => void
}

function AccountLink({ accountId, onAgain }: LinkProps) {
  const { t } = useWords()
  const watch = useCallback(
    (client: KauntaClient, signal: AbortSignal) => client.pairing.watch({ id: accountId }, { signal }),
    [accountId],
  )
  const pairing = useStream(watch, true)
  if (pairing === undefined) return <p className="waiting">{t('whatsapp.waiting')}</p>
  const linked = pairing.state !== 'notAuthorized' && pairing.state !== 'starting'
  return (
    <>
      <State pairing={pairing} />
      <Code pairing={pairing} />
      {linked ? <Unlink accountId={accountId} onUnlinked={onAgain} /> : null}
    </>
  )
}

/** F9: the code to scan, or the state of the link in words and what to do about it. */
export default function WhatsAppScreen() {
  const { t } = useWords()
  const accounts = useAccounts('whatsapp')
  const [chosen, setChosen] = useState<string | null>(null)
  const [round, setRound] = useState(0)
  const heading = useFocusOnShow<HTMLHeadingElement>()
  const account = accounts.find(({ id }) => id === chosen) ?? accounts[0]
  return (
    <section className="screen whatsapp" aria-label={t('whatsapp.title')}>
      <h1 ref={heading} tabIndex={-1}>
        {t('whatsapp.title')}
      </h1>
      {accounts.length > 1 ? (
        <NativeSelect
          label={t('whatsapp.account')}
          value={account?.id ?? ''}
          data={accounts.map(({ id, label }) => ({ value: id, label }))}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
      ) : null}
      {account === undefined ? (
        <p>
          {t('whatsapp.none')} <Link href="/settings/accounts">{t('payPanel.openSettings')}</Link>
        </p>
      ) : (
        <AccountLink
          key={`${account.id} ${round}`}
          accountId={account.id}
          onAgain={() => setRound(round + 1)}
        />
      )}
    </section>
  )
}
