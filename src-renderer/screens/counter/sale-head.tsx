import type { CSSProperties } from 'react'
import type { Sale, SaleLineInput } from '../../../src-preload/contract/receipts.ts'
import { formatSaleNumber } from '../../../src-preload/contract/sale-number.ts'
import { useWording } from '../../components/use-wording.ts'
import { useWords } from '../../i18n/use-words.ts'
import type { Translate } from '../../i18n/words.ts'
import { StateBlock } from './state-block.tsx'
import type { SaleWorkspace } from './use-sale-workspace.ts'
import { WaitingKey } from './waiting-key.tsx'

/** The width of a bold tabular letter, in ems, with a little to spare. */
const letterEm = 0.62

interface SaleHeadProps {
  readonly sale: Sale
  readonly lines: readonly SaleLineInput[]
  readonly workspace: SaleWorkspace
}

/** Where it comes from, with the number that the cashier sees at the POS. */
function fromPos({ source, posNumber }: Sale, t: Translate): string | null {
  if (source !== 'api') return null
  return posNumber === null ? t('counter.fromPos') : t('counter.fromPosNumbered', { number: posNumber })
}

/** Which sale, its total and its state: always in sight and never cut, for the figure shrinks before it would break. */
export function SaleHead({ sale, lines, workspace }: SaleHeadProps) {
  const { t } = useWords()
  const { money } = useWording()
  const { totalMinor, dueMinor } = workspace
  const discountMinor = lines.reduce((sum, line) => sum + (line.discountMinor ?? 0), 0)
  const paid = sale.paidMinor > 0
  const parts = [
    ...(discountMinor > 0 ? [[`${t('counter.discount')} −`, discountMinor] as const] : []),
    ...(paid && dueMinor > 0 ? [[`${t('counter.paid')} `, sale.paidMinor] as const] : []),
    ...(paid && dueMinor > 0 ? [[`${t('counter.due')} `, dueMinor] as const] : []),
  ]
  const shown = money(totalMinor, sale.currency)
  const style: CSSProperties = { fontSize: `min(42px, calc(100cqi / ${shown.length * letterEm}))` }
  return (
    <header className="sale-head">
      <div className="sale-sum">
        <div className="sale-title">
          <h1>
            {sale.number === null
              ? t('counter.newSale')
              : t('counter.sale', { number: formatSaleNumber(sale) })}
          </h1>
          <span className="quiet figures sale-facts">
            {[fromPos(sale, t), lines.length === 0 ? null : t('counter.items', { count: lines.length })]
              .filter((part) => part !== null)
              .map((part) => (
                <span key={part}>{part}</span>
              ))}
            {parts.map(([word, amountMinor]) => (
              <span key={word}>
                {word}
                {money(amountMinor, sale.currency)}
              </span>
            ))}
          </span>
          <WaitingKey sale={sale} workspace={workspace} />
        </div>
        <output
          className="sale-amount figures"
          style={style}
          aria-label={t('counter.total')}
          data-testid="sale-total"
        >
          {shown}
        </output>
      </div>
      <StateBlock sale={sale} workspace={workspace} />
    </header>
  )
}
