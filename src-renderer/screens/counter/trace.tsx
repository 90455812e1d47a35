import { Kbd } from '@mantine/core'
import { Link } from 'wouter'
import { formatSaleNumber } from '../../../src-preload/contract/sale-number.ts'
import { useWording } from '../../components/use-wording.ts'
import { useWords } from '../../i18n/use-words.ts'
import type { SaleWorkspace } from './use-sale-workspace.ts'

interface TraceProps {
  readonly workspace: Pick<SaleWorkspace, 'last'>
  /** F8 prints the traced sale, for the counter is empty. */
  readonly reprints: boolean
}

/** What became of the sale before this one, in one line at the foot. Its place is kept. */
export function Trace({ workspace, reprints }: TraceProps) {
  const { t } = useWords()
  const { money } = useWording()
  if (workspace.last === null) return <p className="trace" />
  const { sale } = workspace.last
  const ways = [...new Set(sale.tenders.map(({ kind, network }) => network ?? t(`counter.tenders.${kind}`)))]
  return (
    <p className="trace figures" data-testid="last-sale">
      {t('counter.last')} <Link href={`/sale/${sale.id}`}>{formatSaleNumber(sale)}</Link>
      {' · '}
      {sale.owed === null ? (
        <strong className="tone-accent">{t('counter.saleStates.paid')}</strong>
      ) : (
        <strong className="tone-amber">{t('counter.saleStates.owed')}</strong>
      )}
      {ways.length === 0 ? '' : ` ${ways.join(', ')}`}
      {' · '}
      {money(sale.owed?.amountMinor ?? sale.totalMinor, sale.currency)}
      {reprints ? (
        <>
          {' · '}
          <Kbd>F8</Kbd> {t('counter.lastReprint')}
        </>
      ) : null}
    </p>
  )
}
