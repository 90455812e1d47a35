import { Button } from '@mantine/core'
import { skipToken, useQuery } from '@tanstack/react-query'
import type { Sale } from '../../../src-preload/contract/receipts.ts'
import { saveFile } from '../../components/save-file.ts'
import { useShop } from '../../components/use-shop.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useKaunta } from '../../kaunta.tsx'
import { type LastFinished, lastFinishedKey } from './cash.ts'
import type { SaleWorkspace } from './use-sale-workspace.ts'

/** The receipt of this sale as a PDF file, in the language chosen beside it; on an empty counter, of the last sale. */
export function SavePdf({ sale, workspace }: { readonly sale: Sale; readonly workspace: SaleWorkspace }) {
  const { t } = useWords()
  const { client, queries } = useKaunta()
  const { data: shop } = useShop()
  const empty = workspace.draft.lines.length === 0
  const { data: newest } = useQuery({
    ...queries.sales.list.queryOptions({ input: { limit: 1 } }),
    enabled: empty,
  })
  const { data: last } = useQuery<LastFinished | null>({ queryKey: lastFinishedKey, queryFn: skipToken })
  const saleId = empty ? (last?.saleId ?? newest?.rows[0]?.id) : sale.id
  if (saleId === undefined) return null
  const language = workspace.choice.language ?? shop?.language
  const save = () =>
    workspace.run('pdf', async () => {
      await workspace.draft.flush()
      const { name, mediaType, base64 } = await client.printing.receiptFile({
        saleId,
        format: 'pdf',
        ...(language === undefined ? {} : { language }),
      })
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0)
      saveFile(document, name, new Blob([bytes], { type: mediaType }))
    })
  return (
    <Button variant="default" aria-busy={workspace.busy.has('pdf')} onClick={save}>
      {t(empty ? 'counter.savePdfLast' : 'counter.savePdf')}
    </Button>
  )
}
