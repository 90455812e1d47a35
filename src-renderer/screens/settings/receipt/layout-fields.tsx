import { Textarea } from '@mantine/core'
import type { Language } from '../../../../src-preload/contract/paging.ts'
import type { ReceiptLayout } from '../../../../src-preload/contract/receipt-layout.ts'
import { useWords } from '../words.ts'
import type { PaperEnd } from './receipt-preview.tsx'

interface PartProps {
  readonly layout: ReceiptLayout
  readonly errorOf: (field: string) => string | undefined
  readonly onChange: (part: Partial<ReceiptLayout>) => void
}

interface LayoutFieldsProps extends PartProps {
  /** The preview shows what is being changed. */
  readonly onLook: (end: PaperEnd) => void
}

type SwitchName = {
  [K in keyof ReceiptLayout]: ReceiptLayout[K] extends boolean ? K : never
}[keyof ReceiptLayout]

interface SwitchesProps extends Omit<PartProps, 'errorOf'> {
  readonly names: readonly SwitchName[]
}

function Switches({ names, layout, onChange }: SwitchesProps) {
  const { t } = useWords()
  return (
    <div className="layout-switches">
      {names.map((name) => (
        <label key={name} className="check">
          <input
            type="checkbox"
            checked={layout[name]}
            onChange={(event) => onChange({ [name]: event.currentTarget.checked })}
          />
          {t(`settings.receipt.${name}`)}
        </label>
      ))}
    </div>
  )
}

const languages = ['sw', 'en'] as const satisfies readonly Language[]

interface WordsProps extends PartProps {
  readonly name: 'header' | 'footer'
  readonly rows: number
}

/** The same words in both languages, side by side. */
function Words({ name, rows, layout, errorOf, onChange }: WordsProps) {
  const { t } = useWords()
  return (
    <div className="form-grid">
      {languages.map((language) => (
        <Textarea
          key={language}
          label={t(`settings.receipt.${name}`, {
            language: t(`settings.receipt.languages.${language}`),
          })}
          lang={language}
          rows={rows}
          maxLength={300}
          value={layout[name][language]}
          error={errorOf(`${name}.${language}`)}
          onChange={(event) =>
            onChange({ [name]: { ...layout[name], [language]: event.currentTarget.value } })
          }
        />
      ))}
    </div>
  )
}

function NameSize({ layout, onChange }: Omit<PartProps, 'errorOf'>) {
  const { t } = useWords()
  return (
    <fieldset className="choice-row">
      <legend>{t('settings.receipt.shopName')}</legend>
      {(['normal', 'large'] as const).map((size) => (
        <label key={size} className="choice">
          <input
            type="radio"
            name="shopName"
            checked={layout.shopName === size}
            onChange={() => onChange({ shopName: size })}
          />
          {t(`settings.receipt.shopNames.${size}`)}
        </label>
      ))}
    </fieldset>
  )
}

/** What stands on a receipt and what does not, from its top to its end. */
export function LayoutFields({ layout, errorOf, onChange, onLook }: LayoutFieldsProps) {
  const { t } = useWords()
  return (
    <>
      <fieldset className="form layout-part" onFocus={() => onLook('top')}>
        <legend>{t('settings.receipt.headTitle')}</legend>
        <NameSize layout={layout} onChange={onChange} />
        <Switches names={['address', 'phone', 'taxNumber']} layout={layout} onChange={onChange} />
        <Words name="header" rows={3} layout={layout} errorOf={errorOf} onChange={onChange} />
      </fieldset>
      <fieldset className="form layout-part">
        <legend>{t('settings.receipt.bodyTitle')}</legend>
        <Switches
          names={['till', 'cashier', 'customer', 'buyerTin', 'itemCount', 'taxes', 'net', 'paid']}
          layout={layout}
          onChange={onChange}
        />
      </fieldset>
      <fieldset className="form layout-part" onFocus={() => onLook('bottom')}>
        <legend>{t('settings.receipt.footTitle')}</legend>
        <Switches names={['qr', 'barcode']} layout={layout} onChange={onChange} />
        <Words name="footer" rows={2} layout={layout} errorOf={errorOf} onChange={onChange} />
        <p className="quiet">{t('settings.receipt.footerHint')}</p>
      </fieldset>
    </>
  )
}
