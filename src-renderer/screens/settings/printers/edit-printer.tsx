import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { PrinterModel } from '../../../../src-preload/contract/printer-models.ts'
import type { Printer, PrinterInput } from '../../../../src-preload/contract/printing.ts'
import { useKeys } from '../../../components/keys.tsx'
import { concerns, problemOf } from '../../../components/problem.ts'
import { useAction } from '../../../components/use-action.ts'
import { useFocusOnShow } from '../../../components/use-focus-on-show.ts'
import { useWording } from '../../../components/use-wording.ts'
import { SaveRow } from '../save-row.tsx'
import { useWords } from '../words.ts'
import { ConnectionFields } from './connection-fields.tsx'
import { inputOf } from './draft.ts'
import { DrawerTrial } from './drawer-trial.tsx'
import { ModelFields } from './model-fields.tsx'
import { ProfileFields } from './profile-fields.tsx'
import { UseFields } from './use-fields.tsx'
import { usePrinterWork } from './use-printers.ts'

interface EditPrinterProps {
  readonly printer: Printer
  readonly others: readonly Printer[]
  readonly models: readonly PrinterModel[]
  readonly onDone: () => void
}

/** Every field of a printer that is set up already. */
export function EditPrinter({ printer, others, models, onDone }: EditPrinterProps) {
  const { t } = useWords()
  const { say } = useWording()
  const { save, check } = usePrinterWork()
  const [draft, setDraft] = useState(() => inputOf(printer))
  const action = useAction()
  const name = useFocusOnShow<HTMLInputElement>()
  const refused = action.error === null ? null : problemOf(action.error)
  const errorOf = (field: string) => (concerns(refused, field) ? say(refused.sentence) : undefined)
  const change = (part: Partial<PrinterInput>) => {
    setDraft((before) => ({ ...before, ...part }))
    action.reset()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void action.run(async () => {
      await save(printer.id, draft)
      // Its new address may answer otherwise; the list says so when it is known, and saving does not wait for it.
      check(printer.id).catch(() => undefined)
    })
  }
  useKeys([{ key: 'Esc', label: t('keys.back'), run: onDone }])
  return (
    <form className="settings-card form" aria-label={printer.name} onSubmit={submit}>
      <div className="form-grid">
        <TextInput
          ref={name}
          label={t('settings.printers.fields.name')}
          required
          maxLength={40}
          value={draft.name}
          error={errorOf('name')}
          onChange={(event) => change({ name: event.currentTarget.value })}
          autoComplete="off"
        />
        <ConnectionFields
          connection={draft.connection}
          errorOf={errorOf}
          onChange={(connection) => change({ connection })}
        />
        <ModelFields printer={draft} models={models} onChange={change} />
      </div>
      <ProfileFields profile={draft.profile} onChange={(profile) => change({ profile })} />
      <UseFields printer={draft} others={others} errorOf={errorOf} onChange={change} />
      <DrawerTrial
        id={printer.id}
        printer={draft}
        alone={others.length === 0}
        onSaved={() => undefined}
        onLevel={(drawerOpenHigh) => change({ drawerOpenHigh })}
      />
      <SaveRow action={action}>
        <Button variant="default" onClick={onDone}>
          {t('common.back')}
        </Button>
      </SaveRow>
    </form>
  )
}
