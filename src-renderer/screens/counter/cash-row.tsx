import { Button, Kbd, TextInput } from '@mantine/core'
import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type KeyboardEvent, useEffect, useRef } from 'react'
import type { Sale } from '../../../src-preload/contract/receipts.ts'
import { formatSaleNumber } from '../../../src-preload/contract/sale-number.ts'
import { useKeys } from '../../components/keys.tsx'
import { useWording } from '../../components/use-wording.ts'
import { useWords } from '../../i18n/use-words.ts'
import { type CountedCash, countedCash, type LastFinished, lastFinishedKey, likelyCash } from './cash.ts'
import type { Cash } from './use-finish.ts'
import type { SaleWorkspace } from './use-sale-workspace.ts'

interface CashFieldProps {
  readonly sale: Sale
  readonly workspace: SaleWorkspace
}

/** So wide is the change at most, in px, and a bold tabular letter, in ems. */
const changeWidth = 240
const letterEm = 0.62

/** The figure shrinks before it would break: half of it is another amount. */
function Change({ shown }: { readonly shown: string }) {
  const size = Math.min(26, Math.floor(changeWidth / (shown.length * letterEm)))
  return (
    <span className="cash-change figures" style={{ fontSize: `min(${size}px, 3.4vw)` }}>
      {shown}
    </span>
  )
}

/** What goes back to the customer, or what is still missing: the second largest figure of the counter. */
function Outcome({ given, currency }: Pick<Cash, 'given'> & Pick<Sale, 'currency'>) {
  const { t } = useWords()
  const { money } = useWording()
  if (given.kind === 'exact') return null
  if (given.kind === 'unreadable') {
    return (
      <span className="tone-red" role="alert">
        <span aria-hidden="true">✕ </span>
        {t('counter.cashBadFigure')}
      </span>
    )
  }
  if (given.kind === 'short') {
    return (
      <span className="tone-red">
        <span aria-hidden="true">▼ </span>
        {t('counter.cashShort', { amount: money(given.missingMinor, currency) })}
      </span>
    )
  }
  return (
    <>
      <span className="quiet">{t('counter.change')}</span>{' '}
      <Change shown={money(given.changeMinor, currency)} />
    </>
  )
}

/** Cash handed over: may stay empty, which means just the amount. Enter finishes, as Ctrl+Enter does anywhere. */
function CashField({ sale, workspace }: CashFieldProps) {
  const { t } = useWords()
  const { figure } = useWording()
  const field = useRef<HTMLInputElement>(null)
  const { cash, dueMinor } = workspace
  useKeys([{ key: 'Alt+C', label: t('keys.cash'), run: () => field.current?.focus() }])
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    workspace.finish()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || cash.typed === '') return
    event.preventDefault()
    cash.change('')
  }
  return (
    <form className="cash-row" aria-label={t('counter.cash')} onSubmit={onSubmit} onKeyDown={onKeyDown}>
      <TextInput
        ref={field}
        className="cash-given"
        aria-label={t('counter.cashGiven')}
        placeholder={t('counter.cashGiven')}
        aria-keyshortcuts="Alt+C"
        value={cash.typed}
        onChange={(event) => cash.change(event.currentTarget.value)}
        error={cash.given.kind === 'unreadable'}
        inputMode="decimal"
        autoComplete="off"
        rightSection={cash.typed === '' ? <Kbd>Alt+C</Kbd> : null}
        rightSectionWidth={62}
      />
      <span className="cash-notes">
        {likelyCash(dueMinor, sale.currency).map((amount) => (
          <Button
            key={amount}
            size="sm"
            variant="default"
            className="figures"
            aria-label={t('counter.cashNote', { amount: figure(amount) })}
            aria-pressed={'givenMinor' in cash.given && cash.given.givenMinor === amount}
            onClick={() => cash.change(figure(amount))}
          >
            {figure(amount)}
          </Button>
        ))}
      </span>
      <output className="cash-outcome" aria-live="polite">
        <Outcome given={cash.given} currency={sale.currency} />
      </output>
    </form>
  )
}

interface CountedProps {
  readonly cash: CountedCash
  readonly currency: Sale['currency']
  readonly of: string
}

/** The cash of a sale that is over. */
function Counted({ cash, currency, of }: CountedProps) {
  const { t } = useWords()
  const { money } = useWording()
  return (
    <p className="cash-row cash-counted" role="status" data-testid="last-change">
      <span>
        {of}{' '}
        <span className="quiet">{t('counter.cashWas', { amount: money(cash.givenMinor, currency) })}</span>
      </span>
      <span className="cash-outcome">
        <span className="quiet">{t('counter.change')}</span>{' '}
        <Change shown={money(cash.changeMinor, currency)} />
      </span>
    </p>
  )
}

/** The sale that just left the counter, its change for as long as nothing of the next one was typed. */
function useLastFinished(begun: boolean): LastFinished | null {
  const cache = useQueryClient()
  const { data: last } = useQuery<LastFinished | null>({ queryKey: lastFinishedKey, queryFn: skipToken })
  useEffect(() => {
    if (!begun) return
    cache.setQueryData<LastFinished | null>(lastFinishedKey, (before) =>
      before == null ? before : { ...before, cash: null },
    )
  }, [begun, cache])
  return last ?? null
}

interface CashRowProps extends CashFieldProps {
  /** Something of this sale was typed: the change of the one before is over. */
  readonly begun: boolean
}

/** Cash of the sale while it is unpaid; after it, the change, until the next sale begins. */
export function CashRow({ sale, workspace, begun }: CashRowProps) {
  const { t } = useWords()
  const last = useLastFinished(begun)
  const own = sale.state === 'finished' ? countedCash(sale) : null
  if (own !== null) return <Counted cash={own} currency={sale.currency} of={t('counter.cash')} />
  const open = sale.state !== 'finished' || sale.owed !== null
  if (workspace.dueMinor > 0 && open) return <CashField sale={sale} workspace={workspace} />
  if (begun || last?.cash == null) return <span className="cash-row" />
  const of = t('counter.sale', { number: formatSaleNumber(last) })
  return <Counted cash={last.cash} currency={last.currency} of={of} />
}
