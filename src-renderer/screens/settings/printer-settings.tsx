import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Printer } from '../../../src-preload/contract/printing.ts'
import { concerns, problemOf } from '../../components/problem.ts'
import { ProblemNotice } from '../../components/problem-notice.tsx'
import { useAction } from '../../components/use-action.ts'
import { useWording } from '../../components/use-wording.ts'
import { useKaunta } from '../../kaunta.tsx'
import { SaveRow } from './save-row.tsx'

type PrinterInput = Omit<Printer, 'id'>

const firstPrinter: PrinterInput = {
  name: '',
  host: '',
  port: 9100,
  paper: '80',
  drawer: false,
  drawerPin: 2,
  cutter: true,
}

/** Asks the saved printer how it is, prints a test page, opens the drawer. */
function PrinterTrials({ drawer }: { readonly drawer: boolean }) {
  const { t } = useTranslation()
  const { client } = useKaunta()
  const { reason } = useWording()
  const action = useAction()
  const [words, setWords] = useState<{ good: boolean; sentence: string } | null>(null)
  const check = async () => {
    const found = await client.printers.check()
    const why = found.reason === null ? t('settings.printer.notReady') : reason(found.reason)
    setWords(
      found.reachable && found.reason === null
        ? { good: true, sentence: t('settings.printer.ready') }
        : { good: false, sentence: why },
    )
  }
  const testPage = async () => {
    await client.printers.printTestPage()
    setWords({ good: true, sentence: t('settings.printer.testQueued') })
  }
  const press = (work: () => Promise<unknown>) => {
    setWords(null)
    void action.run(work)
  }
  return (
    <div className="form">
      <div className="save-row">
        <Button variant="light" aria-busy={action.busy} onClick={() => press(check)}>
          {t('settings.printer.check')}
        </Button>
        <Button variant="light" onClick={() => press(testPage)}>
          {t('settings.printer.testPage')}
        </Button>
        {drawer ? (
          <Button variant="default" onClick={() => press(() => client.printing.openDrawer())}>
            {t('settings.printer.openDrawer')}
          </Button>
        ) : null}
      </div>
      <p role="status" className={words?.good === false ? 'tone-red' : 'good'}>
        {words === null ? '' : `${words.good ? '✓' : '✕'} ${words.sentence}`}
      </p>
      <ProblemNotice error={action.error} />
    </div>
  )
}

interface FieldsProps {
  readonly printer: PrinterInput
  readonly errorOf: (field: string) => string | undefined
  readonly onChange: (part: Partial<PrinterInput>) => void
}

function AddressFields({ printer, errorOf, onChange }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      <TextInput
        label={t('settings.printer.name')}
        required
        value={printer.name}
        error={errorOf('name')}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <TextInput
        label={t('settings.printer.host')}
        required
        placeholder="192.168.1.50"
        value={printer.host}
        error={errorOf('host')}
        onChange={(event) => onChange({ host: event.currentTarget.value })}
        autoComplete="off"
      />
      <TextInput
        label={t('settings.printer.port')}
        required
        inputMode="numeric"
        value={Number.isNaN(printer.port) ? '' : String(printer.port)}
        error={errorOf('port')}
        onChange={(event) => onChange({ port: Number.parseInt(event.currentTarget.value, 10) })}
      />
      <NativeSelect
        label={t('settings.printer.paper')}
        value={printer.paper}
        data={(['58', '80'] as const).map((value) => ({
          value,
          label: t(`settings.printer.papers.${value}`),
        }))}
        onChange={(event) => onChange({ paper: event.currentTarget.value === '58' ? '58' : '80' })}
      />
    </>
  )
}

function EquipmentFields({ printer, onChange }: Omit<FieldsProps, 'errorOf'>) {
  const { t } = useTranslation()
  return (
    <>
      <label className="check">
        <input
          type="checkbox"
          checked={printer.cutter}
          onChange={(event) => onChange({ cutter: event.currentTarget.checked })}
        />
        {t('settings.printer.cutter')}
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={printer.drawer}
          onChange={(event) => onChange({ drawer: event.currentTarget.checked })}
        />
        {t('settings.printer.drawer')}
      </label>
      {printer.drawer ? (
        <NativeSelect
          label={t('settings.printer.drawerPin')}
          value={String(printer.drawerPin)}
          data={['2', '5']}
          onChange={(event) => onChange({ drawerPin: event.currentTarget.value === '5' ? 5 : 2 })}
        />
      ) : null}
    </>
  )
}

function inputOf({ name, host, port, paper, drawer, drawerPin, cutter }: Printer): PrinterInput {
  return { name, host, port, paper, drawer, drawerPin, cutter }
}

function PrinterForm({ saved }: { readonly saved: Printer | null }) {
  const { t } = useTranslation()
  const { client, queries } = useKaunta()
  const { say } = useWording()
  const cache = useQueryClient()
  const [printer, setPrinter] = useState<PrinterInput>(saved === null ? firstPrinter : inputOf(saved))
  const action = useAction()
  const refused = action.error === null ? null : problemOf(action.error)
  const change = (part: Partial<PrinterInput>) => {
    setPrinter((before) => ({ ...before, ...part }))
    action.reset()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void action.run(async () => {
      cache.setQueryData(queries.printers.get.queryKey(), await client.printers.save(printer))
    })
  }
  return (
    <form className="settings-card form" onSubmit={submit}>
      <p className="quiet">{t('settings.printer.intro')}</p>
      <div className="form-grid">
        <AddressFields
          printer={printer}
          errorOf={(field) => (concerns(refused, field) ? say(refused.sentence) : undefined)}
          onChange={change}
        />
        <EquipmentFields printer={printer} onChange={change} />
      </div>
      <SaveRow action={action} />
      {saved === null ? null : <PrinterTrials drawer={saved.drawer} />}
    </form>
  )
}

/** The receipt printer of this till. */
export default function PrinterSettings() {
  const { t } = useTranslation()
  const { queries } = useKaunta()
  const { data, error } = useQuery(queries.printers.get.queryOptions())
  if (data === undefined) {
    return error === null ? <p className="waiting">{t('common.loading')}</p> : <ProblemNotice error={error} />
  }
  return <PrinterForm saved={data} />
}
