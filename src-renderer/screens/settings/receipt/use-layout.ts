import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
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

/** The look of receipts as it is being changed, beside the look that is kept. */
export function useLayoutDraft(saved: ReceiptLayout): LayoutDraft {
  const { client, queries } = useKaunta()
  const cache = useQueryClient()
  const [changes, setChanges] = useState<Partial<ReceiptLayout>>({})
  const action = useAction()
  const layout = { ...saved, ...changes }
  const save = async () => {
    const kept = await client.receiptLayout.save(layout)
    cache.setQueryData(queries.receiptLayout.get.queryKey(), (before) =>
      before === undefined ? undefined : { ...before, layout: kept },
    )
    setChanges({})
  }
  return {
    layout,
    unsaved: JSON.stringify(layout) !== JSON.stringify(saved),
    action,
    change: (part) => {
      setChanges((before) => ({ ...before, ...part }))
      action.reset()
    },
    undo: () => {
      setChanges({})
      action.reset()
    },
    save: () => void action.run(save),
  }
}
