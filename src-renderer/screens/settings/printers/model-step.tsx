import { Button, TextInput } from '@mantine/core'
import type { FormEvent } from 'react'
import type { PrinterModel } from '../../../../src-preload/contract/printer-models.ts'
import type { PrinterInput } from '../../../../src-preload/contract/printing.ts'
import { useFocusOnShow } from '../../../components/use-focus-on-show.ts'
import { useWords } from '../words.ts'
import { addressOf } from './draft.ts'
import { ModelFields } from './model-fields.tsx'

interface ModelStepProps {
  readonly draft: PrinterInput
  readonly models: readonly PrinterModel[]
  readonly onChange: (part: Partial<PrinterInput>) => void
  readonly onBack: () => void
  readonly onDone: () => void
}

/** Second step: the model, guessed where the printer said it, and a name by which people call it. */
export function ModelStep({ draft, models, onChange, onBack, onDone }: ModelStepProps) {
  const { t } = useWords()
  const next = useFocusOnShow<HTMLButtonElement>()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onDone()
  }
  return (
    <form className="form" onSubmit={submit}>
      <p className="quiet">
        {t('settings.printers.model.connected', {
          kind: t(`settings.printers.kinds.${draft.connection.kind}`),
          address: addressOf(draft.connection),
        })}
      </p>
      <div className="form-grid">
        <TextInput
          className="whole"
          label={t('settings.printers.fields.name')}
          required
          maxLength={40}
          value={draft.name}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
          autoComplete="off"
        />
        <ModelFields printer={draft} models={models} onChange={onChange} />
      </div>
      <div className="save-row">
        <Button ref={next} type="submit">
          {t('settings.printers.steps.next')}
        </Button>
        <Button variant="default" onClick={onBack}>
          {t('settings.printers.model.change')}
        </Button>
      </div>
    </form>
  )
}
