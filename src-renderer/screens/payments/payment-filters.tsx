import { NativeSelect, TextInput } from '@mantine/core'
import type { KeyboardEvent } from 'react'
import type { MoneyNetwork } from '../../../src-preload/contract/payments.ts'
import { useFocusOnShow } from '../../components/use-focus-on-show.ts'
import { type Span, type Stretch, spans } from './days.ts'
import type { StateGroup } from './state-groups.ts'
import { useWords } from './words.ts'

export interface Filters {
  readonly span: Span
  /** As date fields write them; count while `span` is own. */
  readonly first: string
  readonly last: string
  readonly accountId: string
  readonly text: string
  readonly group: StateGroup | null
}

interface FilterProps {
  readonly filters: Filters
  readonly networks: readonly MoneyNetwork[]
  readonly stretch: Stretch | null
  readonly onChange: (part: Partial<Filters>) => void
}

/** ↓ leaves the search for the list below it. */
function intoList(event: KeyboardEvent) {
  if (event.key !== 'ArrowDown') return
  event.preventDefault()
  document.querySelector<HTMLElement>('.pick-list .pick[tabindex="0"]')?.focus()
}

function OwnDays({ filters, stretch, onChange }: Omit<FilterProps, 'networks'>) {
  const { t } = useWords()
  return (
    <>
      <TextInput
        size="sm"
        type="date"
        label={t('payments.firstDay')}
        value={filters.first}
        error={stretch === null}
        onChange={(event) => onChange({ first: event.currentTarget.value })}
      />
      <TextInput
        size="sm"
        type="date"
        label={t('payments.lastDay')}
        value={filters.last}
        error={stretch === null}
        onChange={(event) => onChange({ last: event.currentTarget.value })}
      />
    </>
  )
}

/** Which days, which network, which words. */
export function PaymentFilters({ filters, networks, stretch, onChange }: FilterProps) {
  const { t } = useWords()
  const search = useFocusOnShow<HTMLInputElement>()
  return (
    <div className="payment-filters">
      <NativeSelect
        size="sm"
        label={t('payments.days')}
        value={filters.span}
        data={spans.map((value) => ({ value, label: t(`payments.spans.${value}`) }))}
        onChange={(event) =>
          onChange({ span: spans.find((span) => span === event.currentTarget.value) ?? 'today' })
        }
      />
      {filters.span === 'own' ? <OwnDays filters={filters} stretch={stretch} onChange={onChange} /> : null}
      <NativeSelect
        size="sm"
        label={t('payPanel.network')}
        value={filters.accountId}
        data={[
          { value: '', label: t('payments.anyNetwork') },
          ...networks.map(({ accountId, label }) => ({ value: accountId, label })),
        ]}
        onChange={(event) => onChange({ accountId: event.currentTarget.value })}
      />
      <TextInput
        ref={search}
        size="sm"
        className="grow"
        label={t('payments.search')}
        placeholder={t('payments.searchExample')}
        value={filters.text}
        onChange={(event) => onChange({ text: event.currentTarget.value })}
        onKeyDown={intoList}
        autoComplete="off"
        maxLength={80}
      />
    </div>
  )
}
