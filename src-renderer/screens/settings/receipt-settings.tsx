import './receipt/receipt.css'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { ReceiptLayout } from '../../../src-preload/contract/receipt-layout.ts'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { useKeys } from '../../components/keys.tsx'
import { problemOf } from '../../components/problem.ts'
import { useWording } from '../../components/use-wording.ts'
import { useKaunta } from '../../kaunta.tsx'
import { LayoutFields } from './receipt/layout-fields.tsx'
import { LogoField } from './receipt/logo-field.tsx'
import { type PaperEnd, ReceiptPreview } from './receipt/receipt-preview.tsx'
import { useLayoutDraft } from './receipt/use-layout.ts'
import { SaveRow } from './save-row.tsx'
import { useWords } from './words.ts'

interface LayoutFormProps {
  readonly saved: ReceiptLayout
  readonly hasLogo: boolean
}

function LayoutForm({ saved, hasLogo }: LayoutFormProps) {
  const { t } = useWords()
  const { say } = useWording()
  const { layout, unsaved, action, change, undo, save } = useLayoutDraft(saved)
  const [end, setEnd] = useState<PaperEnd>('top')
  const refused = action.error === null ? null : problemOf(action.error)
  useKeys([{ key: 'Ctrl+Enter', label: t('settings.receipt.save'), run: save }])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save()
  }
  return (
    <div className="layout-editor">
      <form className="settings-card form" onSubmit={submit}>
        <p className="quiet">{t('settings.receipt.intro')}</p>
        <LogoField hasLogo={hasLogo} shown={layout.logo} onShow={(logo) => change({ logo })} />
        <LayoutFields
          layout={layout}
          errorOf={(field) => (refused?.field?.endsWith(field) === true ? say(refused.sentence) : undefined)}
          onChange={change}
          onLook={setEnd}
        />
        <div className="layout-save">
          <SaveRow action={action}>
            <Button variant="default" disabled={!unsaved} onClick={undo}>
              {t('settings.receipt.undo')}
            </Button>
            <span role="status" className="tone-amber">
              {unsaved ? `● ${t('settings.receipt.unsaved')}` : ''}
            </span>
          </SaveRow>
        </div>
      </form>
      <ReceiptPreview layout={layout} end={end} />
    </div>
  )
}

/** How the shop's receipts look, with the paper beside it. */
export default function ReceiptSettings() {
  const { t } = useWords()
  const { queries } = useKaunta()
  const { data, error } = useQuery({ ...queries.receiptLayout.get.queryOptions(), staleTime: 0 })
  if (data === undefined) {
    return error === null ? <p className="waiting">{t('common.loading')}</p> : <ErrorBanner error={error} />
  }
  return <LayoutForm saved={data.layout} hasLogo={data.hasLogo} />
}
