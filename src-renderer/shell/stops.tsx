import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { Status } from '../../src-preload/contract/live.ts'
import { useReason } from '../components/use-sentences.ts'
import { useStatus } from '../components/use-shop.ts'
import { useWording } from '../components/use-wording.ts'
import { useWords } from '../i18n/use-words.ts'
import { useKaunta } from '../kaunta.tsx'

type Stop = Status['stops'][number]

/** Where it is put right: the link of WhatsApp, else the account's own form. */
function wayOf({ accountId, reason }: Stop): string {
  return reason === 'notPaired' ? '/whatsapp' : `/settings/accounts/${accountId}`
}

/** "SMS has stopped since 09:14, 6 wait: the key was refused." */
function useStopWords() {
  const { t } = useWords()
  const { time } = useWording()
  const reason = useReason()
  const { queries } = useKaunta()
  const { data: accounts = [] } = useQuery(queries.accounts.list.queryOptions())
  const nameOf = ({ capability, accountId }: Stop) =>
    capability === 'mobileMoney'
      ? (accounts.find(({ id }) => id === accountId)?.label ?? t('stops.mobileMoney'))
      : t(`channel.${capability}`)
  return {
    head: (stop: Stop) => t('stops.head', { what: nameOf(stop), since: time(stop.since) }),
    waiting: ({ waiting }: Stop) => (waiting === 0 ? null : t('stops.waiting', { count: waiting })),
    why: (stop: Stop) => reason(stop.reason),
  }
}

/** In the bar, where it moves nothing: what stands still until a person puts it right, and the way there. */
export function StopPill() {
  const { t } = useWords()
  const { data: status } = useStatus()
  const words = useStopWords()
  const [stop, ...more] = status?.stops ?? []
  if (stop === undefined) return null
  const parts = [words.head(stop), words.waiting(stop)].filter((part) => part !== null)
  return (
    <Link href={wayOf(stop)} className="bar-stop" role="alert" title={words.why(stop)}>
      <span aria-hidden="true">✕ </span>
      <span className="bar-stop-words">
        {parts.join(' · ')} · {words.why(stop)}
      </span>
      {more.length === 0 ? null : <span> +{more.length}</span>}
      <strong className="bar-stop-way">{t(stop.reason === 'notPaired' ? 'stops.link' : 'stops.open')}</strong>
    </Link>
  )
}

/** Everything that stands still, one line each, where one looks for what is unsent. */
export function Stops() {
  const { t } = useWords()
  const { data: status } = useStatus()
  const words = useStopWords()
  const stops = status?.stops ?? []
  if (stops.length === 0) return null
  return (
    <ul className="stops">
      {stops.map((stop) => (
        <li key={`${stop.accountId} ${stop.capability}`} className="banner banner-red">
          <span className="banner-shape" aria-hidden="true">
            ✕
          </span>
          <span className="banner-words">
            <strong>{words.head(stop)}</strong>{' '}
            {[words.waiting(stop), words.why(stop)].filter((part) => part !== null).join(' · ')}
          </span>
          <Link href={wayOf(stop)}>{t(stop.reason === 'notPaired' ? 'stops.link' : 'stops.open')}</Link>
        </li>
      ))}
    </ul>
  )
}
