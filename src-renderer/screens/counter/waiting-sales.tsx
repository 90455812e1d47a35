import { Button, Kbd } from '@mantine/core'
import { useLocation } from 'wouter'
import type { Sale } from '../../../src-preload/contract/receipts.ts'
import { formatSaleNumber } from '../../../src-preload/contract/sale-number.ts'
import { soldAt } from '../../../src-preload/contract/sold-at.ts'
import { PickList } from '../../components/pick-list.tsx'
import { useFocusOnShow } from '../../components/use-focus-on-show.ts'
import { useWording } from '../../components/use-wording.ts'
import { useWords } from '../../i18n/use-words.ts'
import type { SaleWorkspace } from './use-sale-workspace.ts'
import { useWaitingSales } from './use-waiting.ts'

interface WaitingProps {
  readonly sale: Sale
  readonly workspace: SaleWorkspace
}

/** The sales that wait from the POS: ↑ ↓ and Enter open one. */
export default function WaitingSales({ sale, workspace }: WaitingProps) {
  const { t } = useWords()
  const { money, time } = useWording()
  const [, navigate] = useLocation()
  const waiting = useWaitingSales(sale.id)
  const list = useFocusOnShow<HTMLDivElement>('button.pick')
  return (
    <section className="panel" aria-label={t('counter.waitingTitle')}>
      <div ref={list} className="waiting-list">
        <PickList
          label={t('counter.waitingTitle')}
          rows={waiting}
          idOf={({ id }) => id}
          chosen={null}
          onChoose={(id) => {
            workspace.setPanel('none')
            navigate(`/sale/${id}`)
          }}
        >
          {(one) => (
            <span className="waiting-row figures">
              <strong>{formatSaleNumber(one)}</strong>
              <span className="quiet">{time(soldAt(one))}</span>
              <span className="waiting-who">
                {[one.posNumber, one.customer.name].filter((part) => part !== null).join(' · ')}
              </span>
              <strong className="waiting-amount">{money(one.totalMinor, one.currency)}</strong>
            </span>
          )}
        </PickList>
      </div>
      <div className="panel-buttons">
        <Button variant="default" rightSection={<Kbd>Esc</Kbd>} onClick={() => workspace.setPanel('none')}>
          {t('common.close')}
        </Button>
      </div>
    </section>
  )
}
