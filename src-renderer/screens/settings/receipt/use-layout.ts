import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReceiptLayout } from '../../../../src-preload/contract/receipt-layout.ts'
import { type Action, useAction } from '../../../components/use-action.ts'
import { useKaunta } from '../../../kaunta.tsx'

export interface LayoutDraft {
  readonly layout: ReceiptLayout
  readonly unsaved: boolean
  readonly action: Action
  readonly change: (part: Partial<ReceiptLayout>) => void
  readonly undo: () => void
  readonly save: () => void
}

/** What was changed and not saved outlives the screen: one key leads away from it. */
const changesKey = ['receiptLayoutChanges'] as const

/** The look of receipts as it is being changed, beside the look that is kept. */
export function useLayoutDraft(saved: ReceiptLayout): LayoutDraft {
  const { client, queries } = useKaunta()
  const cache = useQueryClient()
  const { data: changes } = useQuery<Partial<ReceiptLayout>>({
    queryKey: changesKey,
    queryFn: skipToken,
    gcTime: Number.POSITIVE_INFINITY,
  })
  const action = useAction()
  const layout = { ...saved, ...changes }
  const save = async () => {
    const kept = await client.receiptLayout.save(layout)
    cache.setQueryData(queries.receiptLayout.get.queryKey(), (before) =>
      before === undefined ? undefined : { ...before, layout: kept },
    )
    cache.setQueryData(changesKey, {})
  }
  return {
    layout,
    unsaved: JSON.stringify(layout) !== JSON.stringify(saved),
    action,
    change: (part) => {
      cache.setQueryData<Partial<ReceiptLayout>>(changesKey, (before) => ({ ...before, ...part }))
      action.reset()
    },
    undo: () => {
      cache.setQueryData(changesKey, {})
      action.reset()
    },
    save: () => void action.run(save),
  }
}
