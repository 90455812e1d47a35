import { Button, Kbd } from '@mantine/core'
import type { Sale } from '../../../src-preload/contract/receipts.ts'
import { useWords } from '../../i18n/use-words.ts'
import { CashRow } from './cash-row.tsx'
import type { Desk } from './use-desk.ts'

interface PayRowProps {
  readonly sale: Sale
  readonly desk: Desk
  readonly begun: boolean
}

/** Cash at the left, and at the right the button that ends the sale: it stands there whatever comes. */
export function PayRow({ sale, desk, begun }: PayRowProps) {
  const { t } = useWords()
  const owed = desk.dueMinor > 0
  const over = sale.state === 'finished' && sale.owed === null
  return (
    <div className="pay-row">
      <CashRow sale={sale} desk={desk} begun={begun} />
      <Button
        className="pay-row-finish"
        size="sm"
        variant={owed || desk.totalMinor === 0 ? 'default' : 'filled'}
        onClick={desk.finish}
        disabled={over}
        aria-busy={desk.busy.has('finish')}
        aria-keyshortcuts="Control+Enter"
        rightSection={<Kbd>Ctrl+Enter</Kbd>}
      >
        {t(owed ? 'counter.finish' : 'counter.finishPaid')}
      </Button>
    </div>
  )
}
