import { NativeSelect } from '@mantine/core'
import { codeTableLabel, plainTable, tablesOnPage } from '../../../../src-preload/contract/printer-facts.ts'
import type { PrinterProfile } from '../../../../src-preload/contract/printer-models.ts'
import { useWords } from '../words.ts'
import { columnChoices, withColumns } from './draft.ts'

const qrs = ['native', 'image', 'none'] as const satisfies readonly PrinterProfile['qr'][]
const cutters = ['none', 'partial', 'full'] as const satisfies readonly PrinterProfile['cutter'][]
const confirmWays = [
  'processId',
  'paperQuery',
  'starAsb',
  'none',
] as const satisfies readonly PrinterProfile['confirms'][]

interface ProfileFieldsProps {
  readonly profile: PrinterProfile
  readonly onChange: (profile: PrinterProfile) => void
}

/** Letters in one line of Font A. */
export function ColumnsField({ profile, onChange }: ProfileFieldsProps) {
  const { t } = useWords()
  const choices = [...new Set([profile.columns, ...columnChoices(profile.paper)])].toSorted((a, b) => a - b)
  return (
    <NativeSelect
      label={t('settings.printers.fields.columns')}
      value={String(profile.columns)}
      data={choices.map(String)}
      onChange={(event) => {
        const columns = choices.find((one) => String(one) === event.currentTarget.value)
        if (columns !== undefined) onChange(withColumns(profile, columns))
      }}
    />
  )
}

interface OneOfProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly choices: readonly T[]
  readonly labelOf: (choice: T) => string
  readonly onChange: (choice: T) => void
}

function OneOf<T extends string>({ label, value, choices, labelOf, onChange }: OneOfProps<T>) {
  return (
    <NativeSelect
      label={label}
      value={value}
      data={choices.map((choice) => ({ value: choice, label: labelOf(choice) }))}
      onChange={(event) => {
        const choice = choices.find((one) => one === event.currentTarget.value)
        if (choice !== undefined) onChange(choice)
      }}
    />
  )
}

/** What the test page's questions find out, and what nobody needs to touch on a printer of the list. */
export function ProfileFields({ profile, onChange }: ProfileFieldsProps) {
  const { t } = useWords()
  const tables = [...tablesOnPage(profile), plainTable(profile.language)]
  return (
    <details className="fine-points">
      <summary>{t('settings.printers.fields.fine')}</summary>
      <div className="form-grid">
        <ColumnsField profile={profile} onChange={onChange} />
        <OneOf
          label={t('settings.printers.fields.codeTable')}
          value={codeTableLabel(profile.codeTable)}
          choices={tables.map(codeTableLabel)}
          labelOf={(choice) => choice}
          onChange={(choice) => {
            const codeTable = tables.find((table) => codeTableLabel(table) === choice)
            if (codeTable !== undefined) onChange({ ...profile, codeTable })
          }}
        />
        <OneOf
          label={t('settings.printers.fields.qr')}
          value={profile.qr}
          choices={qrs}
          labelOf={(choice) => t(`settings.printers.fields.qrs.${choice}`)}
          onChange={(qr) => onChange({ ...profile, qr })}
        />
        <OneOf
          label={t('settings.printers.fields.cutter')}
          value={profile.cutter}
          choices={cutters}
          labelOf={(choice) => t(`settings.printers.fields.cutters.${choice}`)}
          onChange={(cutter) => onChange({ ...profile, cutter })}
        />
        <OneOf
          label={t('settings.printers.fields.confirms')}
          value={profile.confirms}
          choices={confirmWays}
          labelOf={(choice) => t(`settings.printers.fields.confirmWays.${choice}`)}
          onChange={(confirms) => onChange({ ...profile, confirms })}
        />
        <label className="check">
          <input
            type="checkbox"
            checked={profile.barcode}
            onChange={(event) => onChange({ ...profile, barcode: event.currentTarget.checked })}
          />
          {t('settings.printers.fields.barcode')}
        </label>
      </div>
    </details>
  )
}
