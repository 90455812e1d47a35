import { Button } from '@mantine/core'
import type { FormEvent } from 'react'
import type { Printer, PrinterInput } from '../../../../src-preload/contract/printing.ts'
import { ErrorBanner } from '../../../components/error-banner.tsx'
import { concerns, problemOf } from '../../../components/problem.ts'
import { useAction } from '../../../components/use-action.ts'
import { useFocusOnShow } from '../../../components/use-focus-on-show.ts'
import { useWording } from '../../../components/use-wording.ts'
import { useWords } from '../words.ts'
import { DrawerTrial } from './drawer-trial.tsx'
import { UseFields } from './use-fields.tsx'
import { usePrinterWork } from './use-printers.ts'

interface UseStepProps {
  readonly id: string | null
  readonly draft: PrinterInput
  readonly others: readonly Printer[]
  readonly onSaved: (id: string) => void
  readonly onChange: (part: Partial<PrinterInput>) => void
  readonly onBack: () => void
  readonly onDone: (id: string) => void
}

/** Last step: what the printer is for. */
export function UseStep({ id, draft, others, onSaved, onChange, onBack, onDone }: UseStepProps) {
  const { t } = useWords()
  const { say } = useWording()
  const { save } = usePrinterWork()
  const action = useAction()
  const finish = useFocusOnShow<HTMLButtonElement>()
  const refused = action.error === null ? null : problemOf(action.error)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void action.run(async () => {
      const saved = await save(id, draft)
      onDone(saved.id)
    })
  }
  return (
    <form className="form" onSubmit={submit}>
      <UseFields
        printer={draft}
        others={others}
        errorOf={(field) => (concerns(refused, field) ? say(refused.sentence) : undefined)}
        onChange={(part) => {
          onChange(part)
          action.reset()
        }}
      />
      <DrawerTrial
        id={id}
        printer={draft}
        alone={others.length === 0}
        onSaved={onSaved}
        onLevel={(drawerOpenHigh) => onChange({ drawerOpenHigh })}
      />
      <ErrorBanner error={action.error} />
      <div className="save-row">
        <Button ref={finish} type="submit" aria-busy={action.busy}>
          {t('settings.printers.use.finish')}
        </Button>
        <Button variant="default" onClick={onBack}>
          {t('common.back')}
        </Button>
      </div>
    </form>
  )
}
