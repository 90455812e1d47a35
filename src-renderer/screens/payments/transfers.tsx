import { Button } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Transfer } from '../../../src-preload/contract/transfers.ts'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { ForSupport } from '../../components/for-support.tsx'
import { PagedList } from '../../components/paged-list.tsx'
import { formatPhone } from '../../components/phone.ts'
import { transferStatus } from '../../components/status.ts'
import { StatusMark } from '../../components/status-mark.tsx'
import { useAction } from '../../components/use-action.ts'
import { useReason } from '../../components/use-sentences.ts'
import { useWording } from '../../components/use-wording.ts'
import { useKaunta } from '../../kaunta.tsx'
import { Balances } from './balances.tsx'
import { Evidence } from './evidence.tsx'
import { PayOutDialog } from './pay-out-dialog.tsx'
import { SettleTransfer, type TransferOutcome } from './transfer-settle.tsx'
import { useMoneyNetworks, useNetworkNames } from './use-money-networks.ts'
import { useWords } from './words.ts'

function TransferRow({ transfer }: { readonly transfer: Transfer }) {
  const { t } = useWords()
  const { money, time } = useWording()
  return (
    <>
      <span className="pick-top">
        <StatusMark status={transferStatus(transfer)} />
        <span className="pick-title figures">{money(transfer.amountMinor, transfer.currency)}</span>
        <span className="quiet figures">{time(transfer.createdAt)}</span>
      </span>
      <span className="pick-low">
        <span>{t(`transfers.kinds.${transfer.kind}`)}</span>
        <span className="figures">{formatPhone(transfer.phone)}</span>
        {transfer.name === '' ? null : <span>{transfer.name}</span>}
        <span>{transfer.note}</span>
      </span>
    </>
  )
}

function DecideTransfer({
  transfer,
  onClose,
}: {
  readonly transfer: Transfer
  readonly onClose: () => void
}) {
  const { t } = useWords()
  const [chosen, setChosen] = useState<TransferOutcome | null>(null)
  return (
    <Dialog title={t('transfers.decideTitle')} onClose={onClose}>
      <p>{t('transfers.decideAsk')}</p>
      <SettleTransfer transfer={transfer} chosen={chosen} onChoose={setChosen} onDone={onClose} />
    </Dialog>
  )
}

function TransferSteps({ transfer }: { readonly transfer: Transfer }) {
  const { t } = useWords()
  const { client } = useKaunta()
  const [deciding, setDeciding] = useState(false)
  const action = useAction()
  const open = transfer.state === 'processing' || transfer.state === 'unknown'
  return (
    <>
      <ErrorBanner error={action.error} />
      <div className="panel-buttons">
        {transfer.state === 'unknown' ? (
          <Button variant={transfer.needsDecision ? 'filled' : 'light'} onClick={() => setDeciding(true)}>
            {t('counter.decide')}
          </Button>
        ) : null}
        {open ? (
          <Button
            variant="light"
            aria-busy={action.busy}
            onClick={() => void action.run(() => client.transfers.checkNow({ id: transfer.id }))}
          >
            {t('counter.checkNow')}
          </Button>
        ) : null}
      </div>
      {deciding ? <DecideTransfer transfer={transfer} onClose={() => setDeciding(false)} /> : null}
    </>
  )
}

function TransferFacts({ transfer }: { readonly transfer: Transfer }) {
  const { t } = useWords()
  const networkOf = useNetworkNames()
  const facts = [
    [t('payments.who'), formatPhone(transfer.phone)],
    [t('transfers.name'), transfer.name],
    [t('payPanel.network'), networkOf(transfer)],
    [t('payments.code'), transfer.receiptCode ?? ''],
    [t('reverse.note'), transfer.note],
    [t('payments.staff'), transfer.staffName ?? ''],
    [t('transfers.approvedBy'), transfer.approvedByName ?? ''],
  ].filter(([, value]) => value !== '')
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name} className="fact">
          <dt>{name}</dt>
          <dd className="figures">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function TransferDetails({ id }: { readonly id: string }) {
  const { t } = useWords()
  const { queries } = useKaunta()
  const { money } = useWording()
  const reason = useReason()
  const { data: transfer, error } = useQuery(queries.transfers.get.queryOptions({ input: { id } }))
  if (transfer === undefined) return <ErrorBanner error={error} />
  return (
    <>
      <h2 className="figures">{money(transfer.amountMinor, transfer.currency)}</h2>
      <StatusMark status={transferStatus(transfer)} />
      <TransferFacts transfer={transfer} />
      {transfer.reason === null ? null : <p>{reason(transfer.reason)}</p>}
      {transfer.detail === null || transfer.detail === transfer.receiptCode ? null : (
        <ForSupport lines={[transfer.detail]} />
      )}
      <TransferSteps transfer={transfer} />
      <Evidence events={transfer.events} stateWord={({ to }) => t(`transfers.states.${to}`)} />
    </>
  )
}

function useTransfers() {
  const { queries } = useKaunta()
  return useInfiniteQuery(
    queries.transfers.list.infiniteOptions({
      input: (before: string | undefined) => ({ limit: 50, ...(before === undefined ? {} : { before }) }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.cursor ?? undefined,
    }),
  )
}

/** Money that left the shop, and what the networks hold of it. */
export function Transfers({ id }: { readonly id: string | undefined }) {
  const { t } = useWords()
  const [chosen, setChosen] = useState<string | null>(id ?? null)
  const [paying, setPaying] = useState(false)
  const pages = useTransfers()
  const payers = useMoneyNetworks().filter(({ payOut }) => payOut !== null)
  return (
    <>
      <div className="transfers-head">
        <Balances />
        {payers.length === 0 ? null : (
          <Button variant="light" onClick={() => setPaying(true)}>
            {t('payOut.open')}
          </Button>
        )}
      </div>
      {paying ? <PayOutDialog networks={payers} onClose={() => setPaying(false)} /> : null}
      <div className="list-screen payments-two">
        <div className="list-rows">
          <PagedList
            label={t('payments.tabs.transfers')}
            pages={pages}
            empty={<p className="quiet">{t('transfers.empty')}</p>}
            idOf={(transfer) => transfer.id}
            chosen={chosen}
            onChoose={setChosen}
          >
            {(transfer) => <TransferRow transfer={transfer} />}
          </PagedList>
        </div>
        <aside className="list-details" aria-label={t('payments.evidence')} aria-live="polite">
          {chosen === null ? (
            <p className="quiet">{t('transfers.choose')}</p>
          ) : (
            <TransferDetails key={chosen} id={chosen} />
          )}
        </aside>
      </div>
    </>
  )
}
