import '../../components/pick-list.css'
import './payments.css'
import type { ComponentType } from 'react'
import { Link } from 'wouter'
import { useStatus } from '../../components/use-shop.ts'
import { Attention } from './attention.tsx'
import { CashUps } from './cash-up.tsx'
import { Notices } from './notices.tsx'
import { PaymentList } from './payment-list.tsx'
import { Reconciliations } from './reconciliation.tsx'
import { Transfers } from './transfers.tsx'
import { useWords } from './words.ts'

const tabs = ['list', 'attention', 'notices', 'transfers', 'reconciliation', 'cash-up'] as const
type Tab = (typeof tabs)[number]

interface PaneProps {
  /** What to open first, from the address. */
  readonly id: string | undefined
}

const panes: Readonly<Record<Tab, ComponentType<PaneProps>>> = {
  list: PaymentList,
  attention: Attention,
  notices: Notices,
  transfers: Transfers,
  reconciliation: Reconciliations,
  'cash-up': CashUps,
}

interface PaymentsScreenProps extends PaneProps {
  readonly tab: string | undefined
}

/** How many things wait behind a tab. */
function useCounts(): Partial<Record<Tab, number>> {
  const { data: status } = useStatus()
  const money = status?.money
  if (money === undefined) return {}
  return { attention: money.unknown + money.transfers + money.overpaid, notices: money.notices }
}

/** All money of the shop that goes through networks: what came, what is not certain, what went back, and the books. */
export default function PaymentsScreen({ tab, id }: PaymentsScreenProps) {
  const { t } = useWords()
  const shown = tabs.find((one) => one === tab) ?? 'list'
  const counts = useCounts()
  const Pane = panes[shown]
  return (
    <section className="screen payments" aria-label={t('payments.title')}>
      <h1 className="payments-title">{t('payments.title')}</h1>
      <nav className="payments-tabs" aria-label={t('payments.title')}>
        {tabs.map((one) => {
          const count = counts[one] ?? 0
          return (
            <Link
              key={one}
              href={`/payments/${one}`}
              className="payments-tab"
              aria-current={one === shown ? 'page' : undefined}
            >
              {t(`payments.tabs.${one}`)}
              {count > 0 ? <span className="payments-count figures">{count}</span> : null}
            </Link>
          )
        })}
      </nav>
      <Pane id={id} />
    </section>
  )
}
