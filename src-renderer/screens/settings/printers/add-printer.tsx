import { Button } from '@mantine/core'
import { useState } from 'react'
import type { FoundPrinter, PrinterModel } from '../../../../src-preload/contract/printer-models.ts'
import type { Printer, PrinterInput } from '../../../../src-preload/contract/printing.ts'
import { useKeys } from '../../../components/keys.tsx'
import { useWords } from '../words.ts'
import { addressOf, draftOf } from './draft.ts'
import { FindStep } from './find-step.tsx'
import { ModelStep } from './model-step.tsx'
import { TryStep } from './try-step.tsx'
import { UseStep } from './use-step.tsx'

const steps = ['find', 'model', 'try', 'use'] as const
type Step = (typeof steps)[number]

interface AddPrinterProps {
  readonly models: readonly PrinterModel[]
  readonly printers: readonly Printer[]
  /** With the printer, or null when a person left before it was saved. */
  readonly onDone: (id: string | null) => void
}

function Steps({ step }: { readonly step: Step }) {
  const { t } = useWords()
  const here = steps.indexOf(step)
  return (
    <ol className="steps" aria-label={t('settings.printers.steps.label')}>
      {steps.map((one, index) => (
        <li key={one} aria-current={one === step ? 'step' : undefined}>
          <span className="step-mark" aria-hidden="true">
            {index < here ? '✓' : index + 1}
          </span>
          {t(`settings.printers.steps.${one}`)}
        </li>
      ))}
    </ol>
  )
}

const genericModel = 'generic-80'
const nameLimit = 40

/** The draft of what was found, keeping what was chosen before when only the connection changed. */
function draftOfFound(
  found: Pick<FoundPrinter, 'connection' | 'name' | 'model'>,
  before: PrinterInput | null,
  models: readonly PrinterModel[],
  newName: string,
): PrinterInput | null {
  if (before !== null && found.model === null) return { ...before, connection: found.connection }
  const wanted = found.model ?? genericModel
  const model = models.find(({ id }) => id === wanted) ?? models[0]
  if (model === undefined) return null
  const named = found.name !== '' && found.name !== addressOf(found.connection)
  const name = named ? found.name : newName
  return {
    ...draftOf(name.slice(0, nameLimit), found.connection, model),
    ...(before === null ? {} : { name: before.name }),
  }
}

interface Adding {
  readonly step: Step
  /** Set once the printer was saved for its trial. */
  readonly id: string | null
  readonly draft: PrinterInput | null
}

/** Finds a printer, learns what it is, tries it, and says what it is for: one place, one step after the other. */
export function AddPrinter({ models, printers, onDone }: AddPrinterProps) {
  const { t } = useWords()
  const [{ step, id, draft }, setAdding] = useState<Adding>({ step: 'find', id: null, draft: null })
  const newName = t('settings.printers.newName', { number: printers.length + 1 })
  const others = printers.filter((printer) => printer.id !== id)
  const go = (next: Step) => setAdding((before) => ({ ...before, step: next }))
  const keep = (saved: string) => setAdding((before) => ({ ...before, id: saved }))
  const change = (part: Partial<PrinterInput>) =>
    setAdding((before) => ({ ...before, draft: before.draft === null ? null : { ...before.draft, ...part } }))
  const take = (found: Pick<FoundPrinter, 'connection' | 'name' | 'model'>) =>
    setAdding((before) => {
      const next = draftOfFound(found, before.draft, models, newName)
      return next === null ? before : { ...before, draft: next, step: 'model' }
    })
  const before = steps[steps.indexOf(step) - 1]
  const back = () => (before === undefined ? onDone(id) : go(before))
  useKeys([{ key: 'Esc', label: t('keys.back'), run: back }])
  return (
    <section className="settings-card form" aria-labelledby="add-printer">
      <header className="add-head">
        <h2 id="add-printer">{t('settings.printers.add')}</h2>
        <Steps step={step} />
        <Button variant="default" size="sm" onClick={() => onDone(id)}>
          {t('common.close')}
        </Button>
      </header>
      {step === 'find' || draft === null ? (
        <FindStep connection={draft?.connection ?? null} models={models} printers={others} onFound={take} />
      ) : null}
      {step === 'model' && draft !== null ? (
        <ModelStep draft={draft} models={models} onChange={change} onBack={back} onDone={() => go('try')} />
      ) : null}
      {step === 'try' && draft !== null ? (
        <TryStep
          id={id}
          draft={draft}
          others={others}
          onSaved={keep}
          onChange={change}
          onBack={back}
          onChangeConnection={() => go('find')}
          onDone={() => go('use')}
        />
      ) : null}
      {step === 'use' && draft !== null ? (
        <UseStep
          id={id}
          draft={draft}
          others={others}
          onSaved={keep}
          onChange={change}
          onBack={back}
          onDone={onDone}
        />
      ) : null}
    </section>
  )
}
