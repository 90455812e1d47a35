import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Effect } from '../../../src-preload/contract/outbox.ts'
import type { PrintJob } from '../../../src-preload/contract/printing.ts'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { ForSupport } from '../../components/for-support.tsx'
import { effectStatus } from '../../components/status.ts'
import { StatusMark } from '../../components/status-mark.tsx'
import { useAction } from '../../components/use-action.ts'
import { answersOf, usePaperQuestion, useSaleNumber } from '../../components/use-printer-words.ts'
import { useReason } from '../../components/use-sentences.ts'
import { useWording } from '../../components/use-wording.ts'
import { useKaunta } from '../../kaunta.tsx'
import { useNextTry } from './use-next-try.ts'
import { useWords } from './words.ts'

type FullEffect = Awaited<ReturnType<ReturnType<typeof useKaunta>['client']['outbox']['get']>>

/** The print job behind an effect; undefined for what is none, and for one that is long past. */
function useJobOf({ kind, subjectId }: Pick<Effect, 'kind' | 'subjectId'>) {
  const { queries } = useKaunta()
  const { data: jobs } = useQuery({
    ...queries.printing.list.queryOptions({ input: {} }),
    enabled: kind === 'print',
  })
  return kind === 'print' ? jobs?.find(({ id }) => id === subjectId) : undefined
}

/** The words of the two answers where a person must say what became of it; null where nobody is asked. */
function answersFor({ kind, needsDecision }: Effect, job: PrintJob | undefined) {
  // A payment is decided at its sale, with a note; the outbox only asks about messages and paper.
  if (!needsDecision) return null
  if (kind === 'message') return ['outbox.happened', 'outbox.notHappened'] as const
  if (kind !== 'print') return null
  return job === undefined ? (['counter.paperYes', 'counter.paperAgain'] as const) : answersOf(job)
}

/** What a press that sends it would be called; null where it must not go. */
function sendWordFor({ kind, state, reason }: Effect, job: PrintJob | undefined) {
  if (state === 'queued') return 'outbox.sendNow'
  if (state !== 'failed' && state !== 'cancelled') return null
  // A payment that ended is asked for again at its sale; nothing here could send it.
  if (kind === 'message') return 'outbox.retry'
  if (kind !== 'print') return null
  // A drawer that opens late opens for nobody; where another paper took the place, that one is to be seen to.
  if (job?.purpose === 'drawer' || reason === 'personDecided' || reason === 'replaced') return null
  return reason === 'deadlinePassed' ? 'counter.printNow' : 'outbox.retry'
}

/** A drawer that opens late opens for nobody: it is not offered again. */
function isPaper(job: PrintJob | null | undefined): boolean {
  return job != null && job.purpose !== 'drawer'
}

/** Why it has not gone out; of a paper that nobody is sure of, which one and where to look. */
function Why({ effect }: { readonly effect: Effect }) {
  const { t } = useWords()
  const reason = useReason()
  const job = useJobOf(effect)
  const number = useSaleNumber(job?.saleId ?? null)
  const question = usePaperQuestion()
  if (job?.state === 'unknown' && job.reason !== 'drawerUnsure')
    return (
      <p>
        <strong>{question(job, number)}</strong>
      </p>
    )
  const why = effect.reason ?? job?.reason ?? null
  if (why === null) return null
  return <p>{why === 'deadlinePassed' && isPaper(job) ? t('counter.printLate') : reason(why)}</p>
}

function Steps({ effect }: { readonly effect: Effect }) {
  const { t } = useWords()
  const { client, queries } = useKaunta()
  const cache = useQueryClient()
  const action = useAction()
  const { id } = effect
  const job = useJobOf(effect)
  const answers = answersFor(effect, job)
  const sendWord = sendWordFor(effect, job)
  const press = (work: () => Promise<unknown>) =>
    void action.run(async () => {
      await work()
      await cache.invalidateQueries({ queryKey: queries.outbox.key() })
    })
  return (
    <>
      <ErrorBanner error={action.error} />
      <div className="panel-buttons">
        {answers === null ? null : (
          <>
            <Button onClick={() => press(() => client.outbox.decide({ id, happened: true }))}>
              {t(answers[0])}
            </Button>
            <Button
              variant="default"
              onClick={() => press(() => client.outbox.decide({ id, happened: false }))}
            >
              {t(answers[1])}
            </Button>
          </>
        )}
        {sendWord === null ? null : (
          <Button aria-busy={action.busy} onClick={() => press(() => client.outbox.retry({ id }))}>
            {t(sendWord)}
          </Button>
        )}
        {effect.state === 'queued' ? (
          <Button variant="default" onClick={() => press(() => client.outbox.cancel({ id }))}>
            {t('outbox.cancel')}
          </Button>
        ) : null}
      </div>
    </>
  )
}

function Attempts({ history }: { readonly history: FullEffect['history'] }) {
  const { t } = useWords()
  const { time } = useWording()
  const reason = useReason()
  return (
    <section className="history" aria-label={t('outbox.history')}>
      <h3>{t('outbox.history')}</h3>
      {history.length === 0 ? <p className="quiet">{t('outbox.noAttempts')}</p> : null}
      <ol>
        {history.map((attempt) => (
          <li key={attempt.number}>
            <p className="history-top">
              <span>
                {t('outbox.attempt', { number: attempt.number })} ·{' '}
                {t(`outbox.outcomes.${attempt.outcome ?? 'running'}`)}
              </span>
              <span className="quiet figures">{time(attempt.startedAt)}</span>
            </p>
            {attempt.reason === null ? null : <p>{reason(attempt.reason)}</p>}
          </li>
        ))}
      </ol>
    </section>
  )
}

/** One effect: its state, its next try, every attempt, and the buttons that its state allows. */
export function EffectDetails({ id }: { readonly id: number }) {
  const { t, language } = useWords()
  const { queries } = useKaunta()
  const nextTry = useNextTry()
  const { data: effect, error } = useQuery(queries.outbox.get.queryOptions({ input: { id } }))
  if (effect === undefined) return <ErrorBanner error={error} />
  return (
    <>
      <h2>
        {effect.label[language]} · {effect.title}
      </h2>
      <dl className="facts">
        <dt>{t('outbox.state')}</dt>
        <dd>
          <StatusMark status={effectStatus(effect)} />
        </dd>
        <dt>{t('outbox.tries')}</dt>
        <dd className="figures">{effect.attempts}</dd>
        <dt>{t('outbox.nextTry')}</dt>
        <dd className="figures">{nextTry(effect.dueAt)}</dd>
        {effect.staffName === null ? null : (
          <>
            <dt>{t('outbox.staff')}</dt>
            <dd>{effect.staffName}</dd>
          </>
        )}
      </dl>
      <Why effect={effect} />
      <Steps effect={effect} />
      <Attempts history={effect.history} />
      <ForSupport
        lines={[effect.detail, ...effect.history.map(({ detail }) => detail)].filter((line) => line !== null)}
      />
    </>
  )
}
