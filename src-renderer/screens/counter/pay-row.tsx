import { Button, Kbd } from '@mantine/core'
import type { Sale } from '../../../src-preload/contract/receipts.ts'
import { useWords } from '../../i18n/use-words.ts'
import { CashRow } from './cash-row.tsx'
import type { SaleWorkspace } from './use-sale-workspace.ts'

interface PayRowProps {
  readonly sale: Sale
  readonly workspace: SaleWorkspace
  readonly begun: boolean
}

/** Cash at the left, and at the right the button that ends the sale: it stands there whatever comes. */
export function PayRow({ sale, workspace, begun }: PayRowProps) {
  const { t } = useWords()
  const owed = workspace.dueMinor > 0
  const over = sale.state === 'finished' && sale.owed === null
  return (
    <div className="pay-row">
      <CashRow sale={sale} workspace={workspace} begun={begun} />
      <Button
        className="pay-row-finish"
        size="sm"
        variant={owed || workspace.totalMinor === 0 ? 'default' : 'filled'}
        onClick={workspace.finish}
        disabled={over}
        aria-busy={workspace.busy.has('finish')}
        aria-keyshortcuts="Control+Enter"
        rightSection={<Kbd>Ctrl+Enter</Kbd>}
      >
        {t(owed ? 'counter.finish' : 'counter.finishPaid')}
      </Button>
    </div>
  )
}
