import { Button, Kbd } from '@mantine/core'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { Customer } from '../../../src-preload/contract/customers.ts'
import type { Sale, SaleLineInput } from '../../../src-preload/contract/receipts.ts'
import { useKeys } from '../../components/keys.tsx'
import { digitsIn, formatPhone } from '../../components/phone.ts'
import { useWording } from '../../components/use-wording.ts'
import { CashRow } from './cash-row.tsx'
import { CodePanel } from './code-panel.tsx'
import { CustomerField } from './customer-field.tsx'
import { HandedOver } from './handed-over.tsx'
import { PayPanel } from './pay-panel.tsx'
import { SaleLines } from './sale-lines.tsx'
import { SendAgainPanel } from './send-again-panel.tsx'
import { Targets } from './targets.tsx'
import { mergeTimeLine, type TimeLineItem } from './time-line.ts'
import { TimeLine } from './time-line-view.tsx'
import { type Desk, useDesk } from './use-desk.ts'
import type { Draft } from './use-draft.ts'
import { useSteps } from './use-steps.ts'

const LeaveOpenPanel = lazy(() => import('./leave-open-panel.tsx'))
const ReceiptPanel = lazy(() => import('./receipt-panel.tsx'))
const DecideDialog = lazy(() => import('./decide-dialog.tsx'))

const numberWidth = 6

interface HeadingProps {
  readonly sale: Sale
  readonly lines: readonly SaleLineInput[]
  readonly totalMinor: number
}

function Heading({ sale, lines, totalMinor }: HeadingProps) {
  const { t } = useTranslation()
  const { money } = useWording()
  const dueMinor = totalMinor - sale.paidMinor
  const discountMinor = lines.reduce((sum, line) => sum + (line.discountMinor ?? 0), 0)
  const paid = sale.paidMinor > 0
  const parts = [
    ...(discountMinor > 0 ? [[`${t('counter.discount')} −`, discountMinor] as const] : []),
    ...(paid ? [[`${t('counter.paid')} `, sale.paidMinor] as const] : []),
    ...(paid && dueMinor > 0 ? [[`${t('counter.due')} `, dueMinor] as const] : []),
  ]
  return (
    <header className="sale-head">
      <div>
        <h1>
          {sale.number === null
            ? t('counter.newSale')
            : t('counter.sale', { number: String(sale.number).padStart(numberWidth, '0') })}
        </h1>
        {sale.source === 'api' ? <span className="quiet">{t('counter.fromPos')}</span> : null}
      </div>
      <div className="sale-sums">
        <span className="sale-paid figures">
          {parts.map(([word, amountMinor]) => (
            <span key={word}>
              {word}
              {money(amountMinor, sale.currency)}
            </span>
          ))}
        </span>
        <span className="sale-total">
          <span className="sale-total-word">{t('counter.total')}</span>
          <output className="sale-amount figures" data-testid="sale-total">
            {money(totalMinor, sale.currency)}
          </output>
        </span>
      </div>
    </header>
  )
}

interface FinishProps {
  readonly sale: Sale
  readonly desk: Desk
  readonly owed: boolean
  readonly empty: boolean
}

function Finish({ sale, desk, owed, empty }: FinishProps) {
  const { t } = useTranslation()
  return (
    <Button
      size="sm"
      variant={owed || empty ? 'default' : 'filled'}
      onClick={desk.finish}
      disabled={sale.state === 'finished'}
      aria-busy={desk.busy.has('finish')}
      aria-keyshortcuts="Control+Enter"
      rightSection={<Kbd>Ctrl+Enter</Kbd>}
    >
      {t(owed ? 'counter.finish' : 'counter.finishPaid')}
    </Button>
  )
}

interface PanelsProps {
  readonly sale: Sale
  readonly desk: Desk
  readonly dueMinor: number
}

function Panels({ sale, desk, dueMinor }: PanelsProps) {
  switch (desk.panel) {
    case 'pay':
      return <PayPanel sale={sale} desk={desk} dueMinor={dueMinor} />
    case 'code':
      return <CodePanel sale={sale} desk={desk} dueMinor={dueMinor} />
    case 'leaveOpen':
      return (
        <Suspense fallback={null}>
          <LeaveOpenPanel desk={desk} />
        </Suspense>
      )
    case 'receipt':
      return (
        <Suspense fallback={null}>
          <ReceiptPanel sale={sale} desk={desk} />
        </Suspense>
      )
    case 'sendAgain':
      return <SendAgainPanel desk={desk} />
    default:
      return null
  }
}

/** Puts the first key where it belongs: the number of a new sale, or of one that still lacks it. */
function useFirstFocus(panelOpen: boolean) {
  const numberField = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (!panelOpen && document.querySelector('dialog[open]') === null) numberField.current?.focus()
  }, [panelOpen])
  return numberField
}

function useCounterKeys(desk: Desk) {
  const { t } = useTranslation()
  const [location, navigate] = useLocation()
  const { panel, setPanel } = desk
  const back = panel !== 'none' ? () => setPanel('none') : location === '/' ? undefined : () => navigate('/')
  useKeys([
    { key: 'F2', label: t('keys.receipt'), run: () => desk.sendReceipt(panel === 'sendAgain') },
    { key: 'F4', label: t('keys.pay'), run: () => setPanel('pay') },
    { key: 'F6', label: t('keys.askAgain'), run: desk.askAgain },
    { key: 'F7', label: t('keys.code'), run: () => setPanel('code') },
    { key: 'F8', label: t('keys.print'), run: desk.print },
    { key: 'Ctrl+Enter', label: t('keys.finish'), run: desk.finish },
    ...(back === undefined ? [] : [{ key: 'Esc', label: t('keys.back'), run: back } as const]),
  ])
}

/** A name that came with a picked number goes when another number is typed over it. */
function useCustomer(draft: Draft) {
  const picked = useRef<Customer | null>(null)
  const typeNumber = (phone: string) => {
    const before = picked.current
    const same = before !== null && digitsIn(phone).slice(-9) === digitsIn(before.phone).slice(-9)
    if (before === null || same) {
      draft.change({ phone })
      return
    }
    picked.current = null
    draft.change({ phone, name: draft.name === before.name ? '' : draft.name })
  }
  const pickCustomer = (customer: Customer) => {
    picked.current = customer
    draft.change({ phone: formatPhone(customer.phone), name: customer.name ?? '' })
  }
  return { typeNumber, pickCustomer }
}

/** The counter with one sale on it: items, customer, the four jobs, and what became of them. */
export function SaleDesk({ sale }: { readonly sale: Sale }) {
  const { t } = useTranslation()
  const desk = useDesk(sale)
  const { draft, history, totalMinor, dueMinor } = desk
  const [deciding, setDeciding] = useState<TimeLineItem | null>(null)
  const onStep = useSteps(desk, setDeciding)
  const entry = useRef<HTMLInputElement | null>(null)
  const numberField = useFirstFocus(desk.panel !== 'none')
  useCounterKeys(desk)
  const frozen = sale.state !== 'draft'
  const phoneRefusal = history.refusals.find(({ problem }) => problem.code.startsWith('PHONE_'))
  const begun = frozen || draft.lines.length > 0 || draft.phone !== '' || draft.name !== ''
  const { say } = useWording()
  const { typeNumber, pickCustomer } = useCustomer(draft)
  return (
    <section className="screen counter" aria-label={t('counter.title')}>
      <HandedOver shownId={sale.id} free={!begun} />
      <Heading sale={sale} lines={draft.lines} totalMinor={totalMinor} />
      <SaleLines
        lines={draft.lines}
        frozen={frozen}
        onChange={(lines) => draft.change({ lines })}
        entryRef={(input) => {
          entry.current = input
        }}
      />
      <CustomerField
        phone={draft.phone}
        name={draft.name}
        inputRef={numberField}
        error={phoneRefusal === undefined ? null : say(phoneRefusal.problem.sentence)}
        onPhone={typeNumber}
        onName={(name) => draft.change({ name })}
        onPick={pickCustomer}
        onPicking={draft.await}
        onDone={() => entry.current?.focus()}
      />
      <Targets sale={sale} desk={desk} empty={draft.lines.length === 0} />
      <Panels sale={sale} desk={desk} dueMinor={dueMinor} />
      <CashRow sale={sale} desk={desk} begun={begun} />
      <TimeLine
        items={mergeTimeLine(history)}
        payments={history.payments}
        number={sale.number}
        onStep={onStep}
        onDismiss={history.dismiss}
        beside={<Finish sale={sale} desk={desk} owed={dueMinor > 0} empty={totalMinor === 0} />}
      />
      {deciding === null ? null : (
        <Suspense fallback={null}>
          <DecideDialog item={deciding} desk={desk} onClose={() => setDeciding(null)} />
        </Suspense>
      )}
    </section>
  )
}
