import { type FocusEvent, lazy, Suspense, useLayoutEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { Customer } from '../../../src-preload/contract/customers.ts'
import type { Sale } from '../../../src-preload/contract/receipts.ts'
import { useKeys } from '../../components/keys.tsx'
import { giveKeysBack, type Typing } from '../../components/modal.ts'
import { digitsIn, formatPhone } from '../../components/phone.ts'
import { useWording } from '../../components/use-wording.ts'
import { useWords } from '../../i18n/use-words.ts'
import { CodePanel } from './code-panel.tsx'
import { CustomerField } from './customer-field.tsx'
import type { EntryRow } from './line-form.tsx'
import { PayPanel } from './pay-panel.tsx'
import { PayRow } from './pay-row.tsx'
import { SaleHead } from './sale-head.tsx'
import { SaleLines } from './sale-lines.tsx'
import { SendAgainPanel } from './send-again-panel.tsx'
import { Targets } from './targets.tsx'
import { askableAgain, mergeTimeLine, type TimeLineItem } from './time-line.ts'
import { TimeLine } from './time-line-view.tsx'
import { Trace } from './trace.tsx'
import type { Draft } from './use-draft.ts'
import { type SaleWorkspace, useSaleWorkspace } from './use-sale-workspace.ts'
import { useSteps } from './use-steps.ts'

const LeaveOpenPanel = lazy(() => import('./leave-open-panel.tsx'))
const ReceiptPanel = lazy(() => import('./receipt-panel.tsx'))
const WaitingSales = lazy(() => import('./waiting-sales.tsx'))
const DecideDialog = lazy(() => import('./decide-dialog.tsx'))

interface PanelsProps {
  readonly sale: Sale
  readonly workspace: SaleWorkspace
  readonly dueMinor: number
}

function Panels({ sale, workspace, dueMinor }: PanelsProps) {
  switch (workspace.panel) {
    case 'pay':
      return <PayPanel sale={sale} workspace={workspace} dueMinor={dueMinor} />
    case 'code':
      return <CodePanel sale={sale} workspace={workspace} dueMinor={dueMinor} />
    case 'leaveOpen':
      return (
        <Suspense fallback={null}>
          <LeaveOpenPanel workspace={workspace} />
        </Suspense>
      )
    case 'receipt':
      return (
        <Suspense fallback={null}>
          <ReceiptPanel sale={sale} workspace={workspace} />
        </Suspense>
      )
    case 'sendAgain':
      return <SendAgainPanel workspace={workspace} />
    case 'waiting':
      return (
        <Suspense fallback={null}>
          <WaitingSales sale={sale} workspace={workspace} />
        </Suspense>
      )
    default:
      return null
  }
}

/** Typing goes on where it was when a panel closes; it begins with the item, or with the number of a sale that has its items. */
function useTyping(panelOpen: boolean) {
  const typed = useRef<Typing>({ field: null, caret: null })
  const wasOpen = useRef(true)
  useLayoutEffect(() => {
    const opened = wasOpen.current
    wasOpen.current = panelOpen
    // A counter that came back before its screen was shown finds the keys nowhere.
    const nowhere = document.activeElement === document.body
    if (panelOpen || !(opened || nowhere) || document.querySelector('dialog[open]') !== null) return
    giveKeysBack(typed.current)
  }, [panelOpen])
  /** Notes where the keys went, but for those of a panel. */
  return ({ target }: FocusEvent) => {
    if (target instanceof HTMLInputElement && target.closest('.sheet') === null)
      typed.current = { field: target, caret: null }
  }
}

interface CounterKeys {
  readonly workspace: SaleWorkspace
  readonly sale: Sale
  readonly toItem: () => void
  readonly toNumber: () => void
}

function useCounterKeys({ workspace, sale, toItem, toNumber }: CounterKeys) {
  const { t } = useWords()
  const [location, navigate] = useLocation()
  const { panel, setPanel, dueMinor } = workspace
  const back = panel !== 'none' ? () => setPanel('none') : location === '/' ? undefined : () => navigate('/')
  const again = dueMinor > 0 && askableAgain(workspace.history.payments) !== null
  const leaves = sale.state !== 'finished' && dueMinor > 0
  useKeys([
    ...(sale.state === 'draft' ? [{ key: 'Alt+L', label: t('keys.item'), run: toItem } as const] : []),
    { key: 'Alt+S', label: t('keys.number'), run: toNumber },
    { key: 'F2', label: t('keys.receipt'), run: () => workspace.sendReceipt(panel === 'sendAgain') },
    { key: 'F4', label: t('keys.pay'), run: () => setPanel('pay') },
    ...(again ? [{ key: 'F6', label: t('keys.askAgain'), run: workspace.askAgain } as const] : []),
    { key: 'F7', label: t('keys.code'), run: () => setPanel('code') },
    { key: 'F8', label: t('keys.print'), run: workspace.print },
    { key: 'Ctrl+Enter', label: t('keys.finish'), run: workspace.finish },
    ...(leaves ? [{ key: 'Alt+B', label: t('keys.owe'), run: () => setPanel('leaveOpen') } as const] : []),
    ...(back === undefined ? [] : [{ key: 'Esc', label: t('keys.back'), run: back } as const]),
  ])
}

/**
 * A name that came with a picked number goes when another number is typed over it; so does what was said against the
 * number before.
 */
function useCustomer(draft: Draft, forgetPhone: () => void, toNumber: () => void) {
  const picked = useRef<Customer | null>(null)
  const typeNumber = (phone: string) => {
    forgetPhone()
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
    forgetPhone()
    picked.current = customer
    draft.change({ phone: formatPhone(customer.phone), name: customer.name ?? '' })
  }
  /** It was typed where items go. */
  const moveNumber = (typed: string) => {
    typeNumber(typed)
    toNumber()
  }
  return { typeNumber, pickCustomer, moveNumber }
}

/** What lies over the lower part of the counter while something is asked; nothing under it moves. */
function Sheet({ sale, workspace }: { readonly sale: Sale; readonly workspace: SaleWorkspace }) {
  return (
    <div className="sheet">
      <Panels sale={sale} workspace={workspace} dueMinor={workspace.dueMinor} />
    </div>
  )
}

interface DecidingProps {
  readonly item: TimeLineItem | null
  readonly workspace: SaleWorkspace
  readonly onClose: () => void
}

/** Loaded with the first thing that nobody is sure of. */
function Deciding({ item, workspace, onClose }: DecidingProps) {
  if (item === null) return null
  return (
    <Suspense fallback={null}>
      <DecideDialog item={item} workspace={workspace} onClose={onClose} />
    </Suspense>
  )
}

/** The counter with one sale on it: its state, items, customer, the four jobs, and what became of them. */
export function SaleWorkspaceView({ sale }: { readonly sale: Sale }) {
  const { t } = useWords()
  const { say } = useWording()
  const workspace = useSaleWorkspace(sale)
  const { draft, history } = workspace
  const [deciding, setDeciding] = useState<TimeLineItem | null>(null)
  const onStep = useSteps(workspace, setDeciding)
  const entry = useRef<EntryRow>(null)
  const numberField = useRef<HTMLInputElement>(null)
  const onFocus = useTyping(workspace.panel !== 'none')
  const toNumber = () => numberField.current?.focus()
  useCounterKeys({ workspace, sale, toItem: () => entry.current?.focus(), toNumber })
  const frozen = sale.state !== 'draft'
  const refusal = history.refusals.find(({ problem }) => problem.code.startsWith('PHONE_'))
  const begun = frozen || draft.lines.length > 0 || draft.phone !== '' || draft.name !== ''
  const { typeNumber, pickCustomer, moveNumber } = useCustomer(draft, history.forgetPhone, toNumber)
  const empty = draft.lines.length === 0
  return (
    <section className="counter" aria-label={t('counter.title')} onFocus={onFocus}>
      <SaleHead sale={sale} lines={draft.lines} workspace={workspace} />
      <div className="counter-body">
        <SaleLines
          lines={draft.lines}
          frozen={frozen}
          onChange={(lines) => draft.change({ lines })}
          entryRef={entry}
          onNumber={moveNumber}
          onDone={toNumber}
        />
        <CustomerField
          phone={draft.phone}
          name={draft.name}
          inputRef={numberField}
          first={frozen}
          error={refusal === undefined ? null : say(refusal.problem.sentence)}
          onPhone={typeNumber}
          onName={(name) => draft.change({ name })}
          onPick={pickCustomer}
          onPicking={draft.await}
          onDone={() => entry.current?.focus()}
          onItem={frozen ? null : (typed) => entry.current?.take(typed)}
        />
        <Targets sale={sale} workspace={workspace} empty={empty} />
        <PayRow sale={sale} workspace={workspace} begun={begun} />
        <TimeLine
          items={mergeTimeLine(history)}
          payments={history.payments}
          dueMinor={workspace.dueMinor}
          number={sale.number}
          onStep={onStep}
          onDismiss={history.dismiss}
        />
      </div>
      <Trace workspace={workspace} reprints={empty && !frozen} />
      {workspace.panel === 'none' ? null : <Sheet sale={sale} workspace={workspace} />}
      <Deciding item={deciding} workspace={workspace} onClose={() => setDeciding(null)} />
    </section>
  )
}
