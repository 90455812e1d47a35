import type { EvidenceSource } from '../../../src-preload/contract/payments.ts'
import type { ReasonCode } from '../../../src-preload/contract/reasons.ts'
import { ForSupport } from '../../components/for-support.tsx'
import { useReason } from '../../components/use-sentences.ts'
import { useWording } from '../../components/use-wording.ts'
import { useWords } from './words.ts'

interface Piece {
  readonly id: number
  readonly at: number
  readonly source: string
  readonly applied: boolean
  readonly reason: ReasonCode | null
  readonly detail: string | null
  readonly staffName?: string | null
}

interface EvidenceProps<T extends Piece> {
  readonly events: readonly T[]
  /** What the money's state became by it, in words. */
  readonly stateWord: (event: T) => string
}

const sources = [
  'query',
  'signed',
  'reply',
  'callback',
  'notice',
  'statement',
  'person',
  'transport',
  'clock',
  'counter',
] as const satisfies readonly EvidenceSource[]

function useSourceWords() {
  const { t } = useWords()
  return ({ source, staffName }: Piece): string => {
    const known = sources.find((one) => one === source)
    const word = known === undefined ? source : t(`payments.sources.${known}`)
    return (staffName ?? null) === null ? word : `${word} · ${staffName}`
  }
}

/** What a person wrote is for everybody; what a network or a line said (its references, its codes) is for support. */
function isNote({ source, detail }: Piece): boolean {
  return source === 'person' && detail !== null
}

/** Everything that was ever heard of a payment or transfer, oldest first, also what changed nothing. */
export function Evidence<T extends Piece>({ events, stateWord }: EvidenceProps<T>) {
  const { t } = useWords()
  const { time } = useWording()
  const reason = useReason()
  const sourceWords = useSourceWords()
  return (
    <section className="history" aria-label={t('payments.evidence')}>
      <h3>{t('payments.evidence')}</h3>
      <ol className="evidence">
        {events.map((event) => (
          <li key={event.id} className={event.applied ? 'evidence-applied' : 'evidence-kept'}>
            <p className="history-top">
              <span>{event.applied ? stateWord(event) : t('payments.notApplied')}</span>
              <time className="quiet figures" dateTime={new Date(event.at).toISOString()}>
                {time(event.at)}
              </time>
            </p>
            <p className="quiet">{sourceWords(event)}</p>
            {event.reason === null ? null : <p>{reason(event.reason)}</p>}
            {isNote(event) ? <p className="quiet evidence-detail">{event.detail}</p> : null}
          </li>
        ))}
      </ol>
      <ForSupport
        lines={events.flatMap((event) =>
          event.detail === null || isNote(event) ? [] : [`${time(event.at)} ${event.detail}`],
        )}
      />
    </section>
  )
}
