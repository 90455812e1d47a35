import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { PrinterModel } from '../../../../src-preload/contract/printer-models.ts'
import type { Printer, PrinterStatus } from '../../../../src-preload/contract/printing.ts'
import { AskFirst } from '../../../components/ask-first.tsx'
import { ErrorBanner } from '../../../components/error-banner.tsx'
import { useAction } from '../../../components/use-action.ts'
import { useKaunta } from '../../../kaunta.tsx'
import { useWords } from '../words.ts'
import { addressOf } from './draft.ts'
import { PrinterStatusMark } from './printer-status.tsx'
import { usePrinterWork } from './use-printers.ts'
import { usesOf } from './uses.ts'

interface PrinterCardProps {
  readonly printer: Printer
  readonly printers: readonly Printer[]
  readonly models: readonly PrinterModel[]
  readonly status: PrinterStatus | undefined
  readonly onEdit: () => void
  readonly onRemoved: () => void
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

function Facts({ printer, printers, models }: Pick<PrinterCardProps, 'printer' | 'printers' | 'models'>) {
  const { t } = useWords()
  const model = models.find(({ id }) => id === printer.model)
  const fallback = printers.find(({ id }) => id === printer.fallbackId)
  const modelName =
    model === undefined || model.maker === 'Generic'
      ? t('settings.printers.generic')
      : `${model.maker} ${model.name}`
  const drawerWords = printer.drawerOnCash ? 'drawerPinOnCash' : 'drawerPin'
  return (
    <dl className="facts">
      <Fact name={t('settings.printers.facts.connection')}>
        {t('settings.printers.model.connected', {
          kind: t(`settings.printers.kinds.${printer.connection.kind}`),
          address: addressOf(printer.connection),
        })}
      </Fact>
      <Fact name={t('settings.printers.facts.model')}>
        {modelName}, {t(`settings.printers.fields.papers.${printer.profile.paper}`)}
      </Fact>
      <Fact name={t('settings.printers.uses.label')}>{usesOf(printer, printers, t).join(' · ')}</Fact>
      <Fact name={t('settings.printers.facts.drawer')}>
        {printer.drawer
          ? t(`settings.printers.facts.${drawerWords}`, { pin: printer.drawerPin })
          : t('settings.printers.facts.none')}
      </Fact>
      <Fact name={t('settings.printers.facts.standIn')}>
        {fallback?.name ?? t('settings.printers.facts.none')}
      </Fact>
    </dl>
  )
}

interface WorkProps {
  readonly printer: Printer
}

/** Asks the printer how it is, prints a test page, opens the drawer; what came of it stands beside the buttons. */
function Work({ printer }: WorkProps) {
  const { t } = useWords()
  const { client } = useKaunta()
  const { check } = usePrinterWork()
  const action = useAction()
  const [words, setWords] = useState('')
  const press = (work: () => Promise<unknown>, done: string) => {
    setWords('')
    void action.run(async () => {
      await work()
      setWords(done)
    })
  }
  return (
    <>
      <div className="save-row">
        <Button variant="light" aria-busy={action.busy} onClick={() => press(() => check(printer.id), '')}>
          {t('settings.printers.check')}
        </Button>
        <Button
          variant="light"
          onClick={() =>
            press(() => client.printers.printTestPage({ id: printer.id }), t('settings.printers.testQueued'))
          }
        >
          {t('settings.printers.testPage')}
        </Button>
        {printer.receipts && printer.drawer ? (
          <Button
            variant="default"
            onClick={() => press(() => client.printing.openDrawer(), t('settings.printers.drawerQueued'))}
          >
            {t('settings.printers.openDrawer')}
          </Button>
        ) : null}
        <span role="status" className="good">
          {words === '' ? '' : `✓ ${words}`}
        </span>
      </div>
      <ErrorBanner error={action.error} />
    </>
  )
}

/** One printer: how it is, what it is for, and what can be done with it. */
export function PrinterCard({ printer, printers, models, status, onEdit, onRemoved }: PrinterCardProps) {
  const { t } = useWords()
  const { client, queries } = useKaunta()
  const cache = useQueryClient()
  return (
    <section className="settings-card form" aria-labelledby="printer-name">
      <h2 id="printer-name">{printer.name}</h2>
      <div role="status" className="printer-state">
        <PrinterStatusMark status={status} whole />
      </div>
      <Work printer={printer} />
      <Facts printer={printer} printers={printers} models={models} />
      <div className="save-row">
        <Button onClick={onEdit}>{t('common.edit')}</Button>
        <AskFirst
          label={t('common.remove')}
          title={t('settings.printers.removeTitle', { name: printer.name })}
          ask={t('settings.printers.removeAsk')}
          act={() => client.printers.remove({ id: printer.id })}
          onDone={async () => {
            await cache.invalidateQueries({ queryKey: queries.printers.key() })
            onRemoved()
          }}
        />
      </div>
    </section>
  )
}
