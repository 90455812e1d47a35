import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import type { PaymentState } from '../../../src-preload/contract/payments.ts'
import type {
  Difference,
  Reconciliation,
  ReconciliationItem,
} from '../../../src-preload/contract/reconciliation.ts'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { ForSupport } from '../../components/for-support.tsx'
import { formatPhone } from '../../components/phone.ts'
import { saveFile } from '../../components/save-file.ts'
import { SettleForm } from '../../components/settle-form.tsx'
import { useAction } from '../../components/use-action.ts'
import { useIsManager } from '../../components/use-staff.ts'
import { useWording } from '../../components/use-wording.ts'
import { useKaunta } from '../../kaunta.tsx'
import { StatementReading } from './statement-reading.tsx'
import { useMoneyNetworks } from './use-money-networks.ts'
import { useWords } from './words.ts'

interface Whole extends Reconciliation {
  readonly items: readonly ReconciliationItem[]
}

const shapes = {
  missingHere: { shape: '+', tone: 'red' },
  missingThere: { shape: '−', tone: 'red' },
  differentAmount: { shape: '≠', tone: 'red' },
  differentState: { shape: '≠', tone: 'red' },
  unanswered: { shape: '?', tone: 'amber' },
} as const satisfies Record<Difference, { shape: string; tone: 'red' | 'amber' }>

const states = [
  'pending',
  'prompted',
  'processing',
  'unknown',
  'completed',
  'failed',
  'cancelled',
  'expired',
  'reversed',
] as const satisfies readonly PaymentState[]

interface ItemProps {
  readonly item: ReconciliationItem
  readonly manager: boolean
  readonly onSettle: () => void
}

/** Our own state is told as a code word; whatever the network says is for support. */
function Detail({ detail }: { readonly detail: string | null }) {
  const { t } = useWords()
  if (detail === null) return null
  const state = states.find((one) => one === detail)
  return state === undefined ? (
    <ForSupport lines={[detail]} />
  ) : (
    <p className="quiet">{t(`payments.states.${state}`)}</p>
  )
}

function ItemRow({ item, manager, onSettle }: ItemProps) {
  const { t } = useWords()
  const { figure, time } = useWording()
  const { shape, tone } = shapes[item.kind]
  const settled = item.settledAt !== null
  return (
    <tr>
      <td>
        <span className={settled ? 'status tone-grey' : `status tone-${tone}`}>
          <span aria-hidden="true" className="status-shape">
            {settled ? '✓' : shape}
          </span>
          <span>{t(`reconciliation.kinds.${item.kind}`)}</span>
        </span>
        <Detail detail={item.detail} />
      </td>
      <td className="figures">{time(item.at)}</td>
      <td>
        {item.paymentId === null ? (
          (item.code ?? '–')
        ) : (
          <Link href={`/payments/list/${item.paymentId}`}>{item.code ?? t('reconciliation.noCode')}</Link>
        )}
        <p className="quiet figures">{formatPhone(item.phone)}</p>
      </td>
      <td className="figures number">{item.hereMinor === null ? '–' : figure(item.hereMinor)}</td>
      <td className="figures number">{item.thereMinor === null ? '–' : figure(item.thereMinor)}</td>
      <td>
        {settled ? (
          <p className="quiet">{[item.note, item.settledByName].filter(Boolean).join(' · ')}</p>
        ) : (
          <Button
            size="compact-md"
            variant="light"
            disabled={!manager}
            title={manager ? undefined : t('staffOnly.manager')}
            onClick={onSettle}
          >
            {t('reconciliation.settle')}
          </Button>
        )}
      </td>
    </tr>
  )
}

function SettleDialog({
  item,
  onClose,
}: {
  readonly item: ReconciliationItem
  readonly onClose: () => void
}) {
  const { t } = useWords()
  const { client, queries } = useKaunta()
  const cache = useQueryClient()
  return (
    <Dialog title={t(`reconciliation.kinds.${item.kind}`)} onClose={onClose}>
      <SettleForm
        legend={t('reconciliation.settle')}
        choices={[
          {
            value: 'settled',
            label: t('reconciliation.settle'),
            notes: [
              t('reconciliation.notes.booked'),
              t('reconciliation.notes.asked'),
              t('reconciliation.notes.notOurs'),
            ],
          },
        ]}
        chosen="settled"
        onChoose={() => undefined}
        asksPin={false}
        submitLabel={t('reconciliation.settle')}
        settle={async ({ note }) => {
          const run = await client.reconciliations.resolveDifference({ itemId: item.id, note })
          cache.setQueryData(queries.reconciliations.get.queryKey({ input: { id: run.id } }), run)
          await cache.invalidateQueries({ queryKey: queries.reconciliations.list.key() })
        }}
        onDone={onClose}
      />
    </Dialog>
  )
}

function Differences({ run }: { readonly run: Whole }) {
  const { t } = useWords()
  const manager = useIsManager()
  const [settling, setSettling] = useState<ReconciliationItem | null>(null)
  const open = run.items.some(({ settledAt }) => settledAt === null)
  return (
    <>
      {open && !manager ? <p className="manager-only">{t('staffOnly.manager')}</p> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the arrow keys */}
      <section className="table-scroll" tabIndex={0} aria-label={t('reconciliation.differences')}>
        <table className="table">
          <thead>
            <tr>
              <th>{t('reconciliation.difference')}</th>
              <th>{t('payments.when')}</th>
              <th>{t('payments.code')}</th>
              <th className="number">{t('reconciliation.here')}</th>
              <th className="number">{t('reconciliation.there')}</th>
              <th>{t('reconciliation.settled')}</th>
            </tr>
          </thead>
          <tbody>
            {run.items.map((item) => (
              <ItemRow key={item.id} item={item} manager={manager} onSettle={() => setSettling(item)} />
            ))}
          </tbody>
        </table>
      </section>
      {settling === null ? null : <SettleDialog item={settling} onClose={() => setSettling(null)} />}
    </>
  )
}

function Export({ run }: { readonly run: Whole }) {
  const { t } = useWords()
  const { client } = useKaunta()
  const action = useAction()
  const save = () =>
    void action.run(async () => {
      const { fileName, csv } = await client.reconciliations.export({ id: run.id })
      // The mark at the front tells spreadsheets that the letters are UTF-8.
      saveFile(document, fileName, new Blob(['\uFEFF', csv], { type: 'text/csv;charset=utf-8' }))
    })
  return (
    <>
      <Button variant="default" onClick={save} aria-busy={action.busy}>
        {t('reconciliation.export')}
      </Button>
      <ErrorBanner error={action.error} />
    </>
  )
}

/** One comparison: how much agrees, and every difference until somebody settles it. */
export function ReconciliationResult({ run }: { readonly run: Whole }) {
  const { t } = useWords()
  const { days, money } = useWording()
  const manager = useIsManager()
  const network = useMoneyNetworks().find(({ accountId }) => accountId === run.accountId)
  return (
    <section className="form" aria-label={t('reconciliation.result')}>
      <header className="reconciliation-head">
        <div>
          <h2>
            {network?.label ?? run.accountId} · <span className="figures">{days(run.from, run.to)}</span>
          </h2>
          <p className="quiet">{run.fileName ?? t('reconciliation.sources.query')}</p>
        </div>
        {manager ? <Export run={run} /> : null}
      </header>
      <dl className="counts">
        <div>
          <dt>
            <span aria-hidden="true">● </span>
            {t('reconciliation.matched')}
          </dt>
          <dd className="figures">
            {run.matched} <span className="quiet">{money(run.matchedMinor, run.currency)}</span>
          </dd>
        </div>
        <div>
          <dt className={run.open > 0 ? 'tone-red' : undefined}>
            <span aria-hidden="true">! </span>
            {t('reconciliation.openCount')}
          </dt>
          <dd className="figures">{run.open}</dd>
        </div>
        <div>
          <dt>
            <span aria-hidden="true">✓ </span>
            {t('reconciliation.settled')}
          </dt>
          <dd className="figures">{run.settled}</dd>
        </div>
      </dl>
      {run.reading === null ? null : <StatementReading reading={run.reading} />}
      {run.items.length === 0 && (run.reading?.unreadCount ?? 0) === 0 ? (
        <p className="good">
          <span aria-hidden="true">● </span>
          {t('reconciliation.allAgree')}
        </p>
      ) : null}
      {run.items.length === 0 ? null : <Differences run={run} />}
    </section>
  )
}
