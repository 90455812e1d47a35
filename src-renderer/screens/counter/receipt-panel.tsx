import { Button, SegmentedControl, Textarea } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { channelNames } from '../../../src-preload/contract/channels.ts'
import type { Sale } from '../../../src-preload/contract/receipts.ts'
import { channelNamed, channelViews } from '../../components/channels.ts'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { useFocusOnShow } from '../../components/use-focus-on-show.ts'
import { useShop } from '../../components/use-shop.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useKaunta } from '../../kaunta.tsx'
import { SavePdf } from './save-pdf.tsx'
import { isPdf, type SaleWorkspace } from './use-sale-workspace.ts'

interface ReceiptPanelProps {
  readonly sale: Sale
  readonly workspace: SaleWorkspace
}

/** The text as it would go out, counted by main as the provider counts it, after the draft is stored. */
function usePreview(sale: Sale, workspace: SaleWorkspace) {
  const { client } = useKaunta()
  const { channel, language, text } = workspace.choice
  const { flush, lines, phone, name } = workspace.draft
  return useQuery({
    queryKey: ['preview', sale.id, channel, language, text, lines, phone, name],
    queryFn: async () => {
      await flush()
      return client.messages.preview({
        saleId: sale.id,
        channel,
        ...(language === null ? {} : { language }),
        ...(text === null ? {} : { text }),
      })
    },
    placeholderData: keepPreviousData,
    gcTime: 0,
  })
}

function Choices({ workspace }: { readonly workspace: SaleWorkspace }) {
  const { t } = useWords()
  const { data: shop } = useShop()
  const { choice, setChoice } = workspace
  return (
    <div className="panel-choices">
      <SegmentedControl
        aria-label={t('receiptPanel.channel')}
        value={choice.channel}
        data={channelNames.map((value) => ({ value, label: t(`channel.${value}`) }))}
        onChange={(value) => setChoice({ ...choice, channel: channelNamed(value) })}
      />
      {channelViews[choice.channel].bearsFiles ? (
        <SegmentedControl
          aria-label={t('receiptPanel.form')}
          value={choice.form}
          data={[
            { value: 'text', label: t('receiptPanel.asText') },
            { value: 'pdf', label: 'PDF' },
          ]}
          onChange={(value) => setChoice({ ...choice, form: value === 'pdf' ? 'pdf' : 'text' })}
        />
      ) : null}
      <SegmentedControl
        aria-label={t('receiptPanel.language')}
        value={choice.language ?? shop?.language ?? 'sw'}
        data={[
          { value: 'sw', label: t('language.sw') },
          { value: 'en', label: t('language.en') },
        ]}
        onChange={(value) => setChoice({ ...choice, language: value === 'en' ? 'en' : 'sw', text: null })}
      />
    </div>
  )
}

type Preview = ReturnType<typeof usePreview>['data']

/** How many SMS the text is, and what it still lacks. */
function Size({ preview, inParts }: { readonly preview: Preview; readonly inParts: boolean }) {
  const { t } = useWords()
  const size = inParts ? preview?.size : undefined
  const missing = preview?.missing ?? []
  return (
    <>
      <p className="quiet figures message-size" aria-live="polite">
        {size === undefined
          ? null
          : t('receiptPanel.size', { count: size.segments, left: size.left, encoding: size.encoding })}
        {size?.encoding === 'UCS-2' ? ` · ${t('receiptPanel.sizeSpecial')}` : null}
      </p>
      {missing.length > 0 ? (
        <p className="tone-amber">{t('receiptPanel.missing', { names: missing.join(', ') })}</p>
      ) : null}
    </>
  )
}

/** The words of this one receipt, editable, with its size in SMS while typing. */
export default function ReceiptPanel({ sale, workspace }: ReceiptPanelProps) {
  const { t } = useWords()
  const { choice, setChoice, setPanel } = workspace
  const { data: preview, error } = usePreview(sale, workspace)
  const area = useFocusOnShow<HTMLTextAreaElement>()
  return (
    <section className="panel" aria-label={t('receiptPanel.title')}>
      <Choices workspace={workspace} />
      <Textarea
        ref={area}
        label={t(isPdf(choice) ? 'receiptPanel.underPdf' : 'receiptPanel.text')}
        rows={5}
        value={choice.text ?? preview?.body ?? ''}
        onChange={(event) => setChoice({ ...choice, text: event.currentTarget.value })}
      />
      <Size preview={preview} inParts={channelViews[choice.channel].inParts} />
      <ErrorBanner error={error} />
      <div className="panel-buttons">
        <Button onClick={() => workspace.sendReceipt()}>F2 {t('receiptPanel.send')}</Button>
        {choice.text === null ? null : (
          <Button variant="default" onClick={() => setChoice({ ...choice, text: null })}>
            {t('receiptPanel.standard')}
          </Button>
        )}
        <SavePdf sale={sale} workspace={workspace} />
        <Button variant="default" onClick={() => setPanel('none')}>
          {t('common.close')}
        </Button>
      </div>
    </section>
  )
}
