import { UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useWording } from '../../components/use-wording.ts'
import { useKaunta } from '../../kaunta.tsx'
import type { Stretch } from './days.ts'
import { groupNames, groupTotals, type StateGroup, stateGroups } from './state-groups.ts'
import { useWords } from './words.ts'

interface PaymentTotalsProps {
  /** Null for all days, whose sums nobody asks for. */
  readonly stretch: Stretch | null
  readonly accountId: string
  readonly group: StateGroup | null
  readonly onGroup: (group: StateGroup | null) => void
}

function useTotals(stretch: Stretch | null, accountId: string) {
  const { queries } = useKaunta()
  const { from, to } = stretch ?? { from: 0, to: 0 }
  const input = { from, to, ...(accountId === '' ? {} : { accountId }) }
  const { data } = useQuery({
    ...queries.payments.totals.queryOptions({ input }),
    enabled: stretch !== null,
    placeholderData: (before) => before,
  })
  return stretch === null || data === undefined ? null : groupTotals(data)
}

/** How much in each state; pressed, the list shows that state alone. */
export function PaymentTotals({ stretch, accountId, group, onGroup }: PaymentTotalsProps) {
  const { t } = useWords()
  const { money } = useWording()
  const totals = useTotals(stretch, accountId)
  return (
    <fieldset className="payment-totals" aria-label={t('payments.byState')}>
      {groupNames.map((name) => {
        const { shape, tone } = stateGroups[name]
        const total = totals?.[name]
        return (
          <UnstyledButton
            key={name}
            className="payment-total"
            aria-pressed={group === name}
            onClick={() => onGroup(group === name ? null : name)}
          >
            <span className={`tone-${tone}`}>
              <span aria-hidden="true">{shape} </span>
              {t(`payments.groups.${name}`)}
            </span>
            <strong className="figures">{total === undefined ? '–' : total.count}</strong>
            <span className="payment-sum figures">
              {total === undefined
                ? ''
                : total.sums.map(({ sumMinor, currency }) => money(sumMinor, currency)).join(' · ')}
            </span>
          </UnstyledButton>
        )
      })}
    </fieldset>
  )
}
