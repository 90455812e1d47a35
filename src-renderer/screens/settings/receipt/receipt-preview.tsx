import { SegmentedControl } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { Language } from '../../../../src-preload/contract/paging.ts'
import type { Paper as PaperWidth } from '../../../../src-preload/contract/printer-models.ts'
import type { ReceiptLayout } from '../../../../src-preload/contract/receipt-layout.ts'
import { ErrorBanner } from '../../../components/error-banner.tsx'
import { Paper } from '../../../components/paper.tsx'
import { useReceiptPrinter } from '../../../components/use-printer.ts'
import { useSettled } from '../../../components/use-settled.ts'
import { useWording } from '../../../components/use-wording.ts'
import { useKaunta } from '../../../kaunta.tsx'
import { useWords } from '../words.ts'

const settleMs = 250

/** Which end of the paper is being worked on. */
export type PaperEnd = 'top' | 'bottom'

interface ReceiptPreviewProps {
  readonly layout: ReceiptLayout
  readonly end: PaperEnd
}

/** A receipt is longer than the screen: the end that is being worked on stays in sight. */
function usePaperEnd(end: PaperEnd, shown: unknown) {
  const paper = useRef<HTMLElement>(null)
  useEffect(() => {
    const element = paper.current
    if (element !== null && shown !== undefined) element.scrollTop = end === 'top' ? 0 : element.scrollHeight
  }, [end, shown])
  return paper
}

/** A sample receipt as it would come out with what is typed now, on both rolls and in both languages. */
export function ReceiptPreview({ layout, end }: ReceiptPreviewProps) {
  const { t } = useWords()
  const { queries } = useKaunta()
  const wording = useWording()
  const { printer } = useReceiptPrinter()
  const [width, setWidth] = useState<PaperWidth | null>(null)
  const [picked, setPicked] = useState<Language | null>(null)
  const paper = width ?? printer?.profile.paper ?? '80'
  const language = picked ?? wording.language
  // The text of the layout, not the object, is what settles: each render makes a new object.
  const settled = useSettled(JSON.stringify(layout), settleMs)
  const { data, error } = useQuery({
    ...queries.receiptLayout.preview.queryOptions({ input: { layout, paper, language } }),
    enabled: settled === JSON.stringify(layout),
    placeholderData: keepPreviousData,
    // The shop's name and logo stand on it too.
    staleTime: 0,
  })
  const paperEnd = usePaperEnd(end, data)
  return (
    <div className="layout-preview">
      <h2>{t('settings.receipt.preview')}</h2>
      <div className="panel-choices">
        <SegmentedControl
          aria-label={t('settings.receipt.paper')}
          value={paper}
          data={(['58', '80'] as const).map((value) => ({
            value,
            label: t(`settings.printers.fields.papers.${value}`),
          }))}
          onChange={(value) => setWidth(value === '58' ? '58' : '80')}
        />
        <SegmentedControl
          aria-label={t('settings.receipt.language')}
          value={language}
          data={(['sw', 'en'] as const).map((value) => ({ value, label: t(`language.${value}`) }))}
          onChange={(value) => setPicked(value === 'en' ? 'en' : 'sw')}
        />
      </div>
      <ErrorBanner error={error} />
      <section
        ref={paperEnd}
        className="layout-paper"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the arrow keys
        tabIndex={0}
        aria-label={t('settings.receipt.preview')}
        data-testid="receipt-preview"
      >
        {data === undefined ? null : (
          <Paper items={data.items} columns={data.columns} label={t('settings.receipt.preview')} />
        )}
      </section>
    </div>
  )
}
