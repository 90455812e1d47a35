import { Button, Kbd, TextInput } from '@mantine/core'
import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type KeyboardEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Sale } from '../../../src-preload/contract/receipts.ts'
import { useKeys } from '../../components/keys.tsx'
import { useWording } from '../../components/use-wording.ts'
import { type CountedCash, countedCash, lastCashKey, likelyCash } from './cash.ts'
import type { Desk } from './use-desk.ts'
import type { Cash } from './use-finish.ts'

interface CashFieldProps {
  readonly sale: Sale
  readonly desk: Desk
}

/** What goes back to the customer, or what is still missing: the second largest figure of the counter. */
function Outcome({ given, currency }: Pick<Cash, 'given'> & Pick<Sale, 'currency'>) {
  const { t } = useTranslation()
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
      <span className="cash-change figures">{money(given.changeMinor, currency)}</span>
    </>
  )
}

/** Cash handed over: may stay empty, which means just the amount. Enter finishes, as Ctrl+Enter does anywhere. */
function CashField({ sale, desk }: CashFieldProps) {
  const { t } = useTranslation()
  const { figure } = useWording()
  const field = useRef<HTMLInputElement>(null)
  const { cash, dueMinor } = desk
  useKeys([{ key: 'Alt+C', label: t('keys.cash'), run: () => field.current?.focus() }])
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    desk.finish()
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
      <output className="cash-outcome" aria-live="polite">
        <Outcome given={cash.given} currency={sale.currency} />
      </output>
    </form>
  )
}

/** The cash of a sale that is over. */
function Counted({ cash, ended }: { readonly cash: CountedCash; readonly ended: string }) {
  const { t } = useTranslation()
  const { money } = useWording()
  return (
    <p className="cash-row cash-counted" role="status" data-testid="last-change">
      <span>
        {ended}{' '}
        <span className="quiet">
          {t('counter.cashWas', { amount: money(cash.givenMinor, cash.currency) })}
        </span>
      </span>
      <span className="cash-outcome">
        <span className="quiet">{t('counter.change')}</span>{' '}
        <span className="cash-change figures">{money(cash.changeMinor, cash.currency)}</span>
      </span>
    </p>
  )
}

interface CashRowProps extends CashFieldProps {
  /** Something of this sale was typed: the change of the one before is over. */
  readonly begun: boolean
}

/** Cash of the sale while it is owed; after it, the change, until the next sale begins. */
export function CashRow({ sale, desk, begun }: CashRowProps) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const { data: last } = useQuery<CountedCash | null>({ queryKey: lastCashKey, queryFn: skipToken })
  useEffect(() => {
    if (begun) cache.setQueryData(lastCashKey, null)
  }, [begun, cache])
  const own = sale.state === 'finished' ? countedCash(sale) : null
  const numbered = (number: number | null) =>
    t('counter.sale', { number: String(number ?? 0).padStart(6, '0') })
  if (own !== null) return <Counted cash={own} ended={t('counter.cash')} />
  if (desk.dueMinor > 0 && sale.state !== 'finished') return <CashField sale={sale} desk={desk} />
  if (begun || last == null) return null
  return <Counted cash={last} ended={numbered(last.number)} />
}
