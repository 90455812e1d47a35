import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Effect } from '../../../src-preload/contract/outbox.ts'
import { ProblemNotice } from '../../components/problem-notice.tsx'
import { effectStatus } from '../../components/status.ts'
import { StatusMark } from '../../components/status-mark.tsx'
import { useAction } from '../../components/use-action.ts'
import { useWording } from '../../components/use-wording.ts'
import { useKaunta } from '../../kaunta.tsx'

type FullEffect = Awaited<ReturnType<ReturnType<typeof useKaunta>['client']['outbox']['get']>>

function Steps({ effect }: { readonly effect: Effect }) {
  const { t } = useTranslation()
  const { client, queries } = useKaunta()
  const cache = useQueryClient()
  const action = useAction()
  const { id } = effect
  const press = (work: () => Promise<unknown>) =>
    void action.run(async () => {
      await work()
      await cache.invalidateQueries({ queryKey: queries.outbox.key() })
    })
  const maySend = effect.state === 'failed' || effect.state === 'cancelled' || effect.state === 'queued'
  // A payment is decided at its sale, with a note; the outbox only asks about messages and paper.
  const mayDecide = effect.needsDecision && (effect.kind === 'message' || effect.kind === 'print')
  return (
    <>
      <ProblemNotice error={action.error} />
      <div className="panel-buttons">
        {mayDecide ? (
          <>
            <Button onClick={() => press(() => client.outbox.decide({ id, happened: true }))}>
              {effect.kind === 'print' ? t('counter.paperYes') : t('outbox.happened')}
            </Button>
            <Button
              variant="default"
              onClick={() => press(() => client.outbox.decide({ id, happened: false }))}
            >
              {effect.kind === 'print' ? t('counter.paperNo') : t('outbox.notHappened')}
            </Button>
          </>
        ) : null}
        {maySend ? (
          <Button aria-busy={action.busy} onClick={() => press(() => client.outbox.retry({ id }))}>
            {effect.state === 'queued' ? t('outbox.sendNow') : t('outbox.retry')}
          </Button>
        ) : null}
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
  const { t } = useTranslation()
  const { reason, time } = useWording()
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
            {attempt.detail === null ? null : <p className="quiet">{attempt.detail}</p>}
          </li>
        ))}
      </ol>
    </section>
  )
}

/** One effect: its state, its next try, every attempt, and the buttons that its state allows. */
export function EffectDetails({ id }: { readonly id: number }) {
  const { t } = useTranslation()
  const { queries } = useKaunta()
  const { reason, time } = useWording()
  const { data: effect, error } = useQuery(queries.outbox.get.queryOptions({ input: { id } }))
  if (effect === undefined) return <ProblemNotice error={error} />
  return (
    <>
      <h2>
        {t(`outbox.kinds.${effect.kind}`)} · {effect.title}
      </h2>
      <dl className="facts">
        <dt>{t('outbox.state')}</dt>
        <dd>
          <StatusMark status={effectStatus(effect)} />
        </dd>
        <dt>{t('outbox.tries')}</dt>
        <dd className="figures">{effect.attempts}</dd>
        <dt>{t('outbox.nextTry')}</dt>
        <dd className="figures">{effect.dueAt === null ? t('outbox.byItselfNo') : time(effect.dueAt)}</dd>
        {effect.staffName === null ? null : (
          <>
            <dt>{t('outbox.staff')}</dt>
            <dd>{effect.staffName}</dd>
          </>
        )}
      </dl>
      {effect.reason === null ? null : <p>{reason(effect.reason)}</p>}
      {effect.detail === null ? null : <p className="quiet">{effect.detail}</p>}
      <Steps effect={effect} />
      <Attempts history={effect.history} />
    </>
  )
}
