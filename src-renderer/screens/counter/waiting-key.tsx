import { Kbd } from '@mantine/core'
import type { Sale } from '../../../src-preload/contract/receipts.ts'
import { useKeys } from '../../components/keys.tsx'
import { useWords } from '../../i18n/use-words.ts'
import type { SaleWorkspace } from './use-sale-workspace.ts'
import { useWaitingSales } from './use-waiting.ts'

interface WaitingProps {
  readonly sale: Sale
  readonly workspace: SaleWorkspace
}

/** How many sales wait from the shop's POS, and the key that lists them. Nothing opens by itself. */
export function WaitingKey({ sale, workspace }: WaitingProps) {
  const { t } = useWords()
  const waiting = useWaitingSales(sale.id)
  const open = () => workspace.setPanel(workspace.panel === 'waiting' ? 'none' : 'waiting')
  useKeys(waiting.length === 0 ? [] : [{ key: 'Alt+O', label: t('keys.waitingSales'), run: open }])
  if (waiting.length === 0) return null
  return (
    <button
      type="button"
      className="from-pos"
      aria-label={t('counter.waitingSales', { count: waiting.length })}
      aria-expanded={workspace.panel === 'waiting'}
      onClick={open}
    >
      <span aria-hidden="true">↓ {waiting.length}</span>{' '}
      <span aria-hidden="true" className="from-pos-words">
        {t('counter.waitingFrom')}
      </span>{' '}
      <Kbd>Alt+O</Kbd>
    </button>
  )
}
