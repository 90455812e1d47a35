import { Button, NativeSelect, TextInput } from '@mantine/core'
import { ORPCError } from '@orpc/client'
import { useQueryClient } from '@tanstack/react-query'
import { type DragEvent, useRef, useState } from 'react'
import { statementCharsMax } from '../../../src-preload/contract/limits.ts'
import type { MoneyNetwork } from '../../../src-preload/contract/payments.ts'
import { Elapsed } from '../../components/elapsed.tsx'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { type Action, useAction } from '../../components/use-action.ts'
import { useShop } from '../../components/use-shop.ts'
import { useIsManager } from '../../components/use-staff.ts'
import { useKaunta } from '../../kaunta.tsx'
import { dayField, type Stretch, stretchOfFields } from './days.ts'
import { StatementAsk } from './statement-ask.tsx'
import { doubtOf, type Said } from './statement-doubt.ts'
import { statementText } from './statement-text.ts'
import { useMoneyNetworks } from './use-money-networks.ts'
import { useWords } from './words.ts'

const longestName = 120

interface StartProps {
  /** Gets the id of the finished comparison. */
  readonly onDone: (id: string) => void
}

interface DropProps {
  readonly network: MoneyNetwork
  readonly busy: boolean
  readonly onFile: (file: File) => void
}

/** Takes the network's statement, by drag and drop or by a button. */
function DropStatement({ network, busy, onFile }: DropProps) {
  const { t } = useWords()
  const [over, setOver] = useState(false)
  const chooser = useRef<HTMLInputElement>(null)
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file !== undefined && !busy) onFile(file)
  }
  return (
    <section
      className={over ? 'drop drop-over' : 'drop'}
      aria-label={t('reconciliation.statement')}
      data-testid="drop-statement"
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <p>{t('reconciliation.drop', { provider: network.label })}</p>
      <Button variant="light" disabled={busy} onClick={() => chooser.current?.click()}>
        {t('reconciliation.chooseFile')}
      </Button>
      <input
        ref={chooser}
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/plain"
        hidden
        aria-label={t('reconciliation.chooseFile')}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          // The same file may be taken again after it was mended.
          event.currentTarget.value = ''
          if (file !== undefined) onFile(file)
        }}
      />
    </section>
  )
}

/** Says what is being done, and for how long already. */
function Progress({ since, words }: { readonly since: number; readonly words: string }) {
  return (
    <p role="status" className="reconciliation-progress">
      <span aria-hidden="true" className="status-shape turning tone-accent">
        ◔
      </span>{' '}
      {words} <Elapsed since={since} />
    </p>
  )
}

interface DaysProps {
  readonly first: string
  readonly last: string
  readonly wrong: boolean
  readonly onFirst: (day: string) => void
  readonly onLast: (day: string) => void
}

function Days({ first, last, wrong, onFirst, onLast }: DaysProps) {
  const { t } = useWords()
  return (
    <div className="form-two">
      <TextInput
        type="date"
        label={t('payments.firstDay')}
        value={first}
        error={wrong}
        onChange={(event) => onFirst(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label={t('payments.lastDay')}
        value={last}
        error={wrong}
        onChange={(event) => onLast(event.currentTarget.value)}
      />
    </div>
  )
}

function useComparing(
  network: MoneyNetwork | undefined,
  stretch: Stretch | null,
  onDone: StartProps['onDone'],
) {
  const { client, queries } = useKaunta()
  const cache = useQueryClient()
  const action: Action = useAction()
  const [doing, setDoing] = useState<{ readonly what: 'asking' | 'reading'; readonly since: number } | null>(
    null,
  )
  const start = async (what: 'asking' | 'reading', work: () => Promise<{ readonly id: string }>) => {
    setDoing({ what, since: Date.now() })
    await action.run(async () => {
      const { id } = await work()
      await cache.invalidateQueries({ queryKey: queries.reconciliations.key() })
      onDone(id)
    })
    setDoing(null)
  }
  const ask = () => {
    if (network === undefined || stretch === null) return
    void start('asking', () => client.reconciliations.run({ accountId: network.accountId, ...stretch }))
  }
  const [held, setHeld] = useState<{ readonly file: File; readonly said: Said } | null>(null)
  const read = (file: File, said: Said = {}) => {
    if (network === undefined) return
    setHeld({ file, said })
    void start('reading', async () => {
      const text = statementText(new Uint8Array(await file.arrayBuffer()))
      if (text.length > statementCharsMax)
        throw new ORPCError('BODY_TOO_LARGE', { data: { values: { limit: statementCharsMax } } })
      return client.reconciliations.importStatement({
        accountId: network.accountId,
        fileName: file.name.slice(-longestName),
        text,
        ...said,
      })
    })
  }
  const doubt = doubtOf(action.error)
  return {
    ask,
    read,
    doing,
    doubt,
    say: (more: Said) => (held === null ? undefined : read(held.file, { ...held.said, ...more })),
    forget: action.reset,
    error: doubt === null ? action.error : null,
    busy: action.busy,
  }
}

interface StatementProps {
  readonly network: MoneyNetwork
  readonly disabled: boolean
  readonly comparing: ReturnType<typeof useComparing>
}

/** The place for a statement, and the question where it can be read in two ways. */
function Statement({ network, disabled, comparing }: StatementProps) {
  const { t } = useWords()
  const { read, doubt, busy, say, forget } = comparing
  const [currency] = network.currencies
  if (!network.statement)
    return <p className="quiet">{t('reconciliation.noStatement', { provider: network.label })}</p>
  return (
    <>
      <DropStatement network={network} busy={disabled} onFile={read} />
      {doubt === null || busy || currency === undefined ? null : (
        <StatementAsk key={doubt.about} doubt={doubt} currency={currency} onSay={say} onClose={forget} />
      )}
    </>
  )
}

/** Chooses account and days, and compares: by asking about each payment, or with the network's statement. */
export function ReconciliationStart({ onDone }: StartProps) {
  const { t } = useWords()
  const { data: shop } = useShop()
  const zone = shop?.zone ?? 'Africa/Dar_es_Salaam'
  const networks = useMoneyNetworks()
  const [chosen, setChosen] = useState<string | null>(null)
  const [first, setFirst] = useState(() => dayField(Date.now(), zone))
  const [last, setLast] = useState(first)
  const network = networks.find(({ accountId }) => accountId === chosen) ?? networks[0]
  const stretch = stretchOfFields(first, last, zone)
  const comparing = useComparing(network, stretch, onDone)
  const { ask, doing, error, busy } = comparing
  const manager = useIsManager()
  if (network === undefined) return <p className="quiet">{t('payPanel.none')}</p>
  return (
    <section className="form reconciliation-start" aria-label={t('reconciliation.title')}>
      {manager ? null : <p className="manager-only">{t('staffOnly.manager')}</p>}
      <NativeSelect
        label={t('payPanel.network')}
        value={network.accountId}
        data={networks.map(({ accountId, label }) => ({ value: accountId, label }))}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
      <Days first={first} last={last} wrong={stretch === null} onFirst={setFirst} onLast={setLast} />
      {network.canAsk ? (
        <Button onClick={ask} disabled={stretch === null || busy || !manager} aria-busy={busy}>
          {t('reconciliation.ask')}
        </Button>
      ) : (
        <p className="quiet">{t('reconciliation.cannotAsk', { provider: network.label })}</p>
      )}
      <Statement network={network} disabled={busy || !manager} comparing={comparing} />
      {doing === null ? null : <Progress since={doing.since} words={t(`reconciliation.${doing.what}`)} />}
      <ErrorBanner error={error} />
    </section>
  )
}
