import { NativeSelect } from '@mantine/core'
import type { Paper, PrinterModel } from '../../../../src-preload/contract/printer-models.ts'
import type { PrinterInput } from '../../../../src-preload/contract/printing.ts'
import { hintBelow } from '../hint-below.ts'
import { useWords } from '../words.ts'
import { withPaper } from './draft.ts'

const papers = ['58', '80'] as const satisfies readonly Paper[]
const generic = 'Generic'

interface ModelFieldsProps {
  readonly printer: PrinterInput
  readonly models: readonly PrinterModel[]
  readonly onChange: (part: Partial<PrinterInput>) => void
}

/** Makers in the order of the list, what fits any printer first. */
function useModelGroups(models: readonly PrinterModel[]) {
  const { t } = useWords()
  const makers = [...new Set([generic, ...models.map(({ maker }) => maker)])]
  return makers
    .map((maker) => ({
      group: maker === generic ? t('settings.printers.generic') : maker,
      items: models
        .filter((model) => model.maker === maker)
        .map(({ id, name, profile }) => ({
          value: id,
          label:
            maker === generic
              ? `${t('settings.printers.generic')}, ${t(`settings.printers.fields.papers.${profile.paper}`)}`
              : `${maker} ${name}`,
        })),
    }))
    .filter(({ items }) => items.length > 0)
}

/** Which model a printer is, and how wide its paper. */
export function ModelFields({ printer, models, onChange }: ModelFieldsProps) {
  const { t } = useWords()
  const groups = useModelGroups(models)
  return (
    <>
      <NativeSelect
        label={t('settings.printers.fields.model')}
        description={t('settings.printers.fields.modelHint')}
        inputWrapperOrder={hintBelow}
        value={printer.model}
        data={groups}
        onChange={(event) => {
          const model = models.find(({ id }) => id === event.currentTarget.value)
          if (model !== undefined) onChange({ model: model.id, profile: model.profile })
        }}
      />
      <NativeSelect
        label={t('settings.printers.fields.paper')}
        value={printer.profile.paper}
        data={papers.map((value) => ({ value, label: t(`settings.printers.fields.papers.${value}`) }))}
        onChange={(event) => {
          const paper = papers.find((one) => one === event.currentTarget.value)
          if (paper === undefined) return
          const own = models.find(({ id }) => id === printer.model)?.profile
          const { columns, dots } = own?.paper === paper ? own : withPaper(printer.profile, paper)
          onChange({ profile: { ...printer.profile, paper, columns, dots } })
        }}
      />
    </>
  )
}
