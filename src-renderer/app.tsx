import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Route, Router, Switch, useLocation } from 'wouter'
import { useHashLocation } from 'wouter/use-hash-location'
import { ManagerWordProvider } from './components/approved-call.tsx'
import { KeyBoardProvider, useKeys } from './components/keys.tsx'
import { useStatus } from './components/use-shop.ts'
import { useStaffDesk } from './components/use-staff.ts'
import { CounterScreen } from './screens/counter/counter.tsx'
import { Appearance } from './shell/appearance.tsx'
import { FootBanners } from './shell/banners.tsx'
import { useFieldWords } from './shell/field-words.ts'
import { useIdleLock } from './shell/idle-lock.ts'
import { useOverlays } from './shell/overlays.tsx'
import { PinGate } from './shell/pin-gate.tsx'
import { Rail } from './shell/rail.tsx'
import { Side, useFold } from './shell/side.tsx'
import { StatusBar } from './shell/status-bar.tsx'

const loadOutbox = () => import('./screens/outbox/outbox.tsx')
const loadPayments = () => import('./screens/payments/payments.tsx')
const OutboxScreen = lazy(loadOutbox)
const PaymentsScreen = lazy(loadPayments)
const SettingsScreen = lazy(() => import('./screens/settings/settings.tsx'))
const WhatsAppScreen = lazy(() => import('./screens/whatsapp/whatsapp.tsx'))

/** The whole page. The address stands after "#", so that one file serves every screen through every door. */
export function App() {
  return (
    <Appearance>
      <KeyBoardProvider>
        {/* oxlint-disable-next-line react/hooks -- wouter takes its source of the address as a hook */}
        <Router hook={useHashLocation}>
          <ManagerWordProvider>
            <Shell />
          </ManagerWordProvider>
        </Router>
      </KeyBoardProvider>
    </Appearance>
  )
}

/** F10. While nobody has a PIN there is nothing to type: the way leads to where one is chosen. */
function useStaffKey() {
  const [asked, setAsked] = useState(false)
  const [, navigate] = useLocation()
  const { desk } = useStaffDesk()
  const ask = () => {
    if (desk?.pinMissing === true) navigate('/settings/staff')
    else setAsked(true)
  }
  return { asked, ask, done: () => setAsked(false) }
}

interface Ahead {
  readonly Payments: typeof PaymentsScreen | Awaited<ReturnType<typeof loadPayments>>['default']
  readonly Outbox: typeof OutboxScreen | Awaited<ReturnType<typeof loadOutbox>>['default']
}

/**
 * The two screens that are opened in a hurry, fetched once the counter stands still and then kept, not suspended: React
 * holds back what was suspended for 300 ms.
 */
function useScreensAhead(): Ahead {
  const [ahead, setAhead] = useState<Ahead>({ Payments: PaymentsScreen, Outbox: OutboxScreen })
  useEffect(() => {
    const load = async () => {
      const [payments, outbox] = await Promise.all([loadPayments(), loadOutbox()])
      setAhead({ Payments: payments.default, Outbox: outbox.default })
    }
    const idle = window.requestIdleCallback(() => void load())
    return () => window.cancelIdleCallback(idle)
  }, [])
  return ahead
}

function Shell() {
  const { t } = useTranslation()
  const [location, navigate] = useLocation()
  const { data: status } = useStatus()
  const { overlay, openSearch, openKeys } = useOverlays()
  const practice = status?.mode === 'practice'
  const staff = useStaffKey()
  const fold = useFold(location)
  useIdleLock()
  useFieldWords()
  const ahead = useScreensAhead()
  useKeys([
    { key: 'F1', label: t('keys.help'), run: openKeys },
    { key: 'F3', label: t('keys.unsent'), run: () => navigate('/outbox') },
    { key: 'F9', label: t('keys.whatsapp'), run: () => navigate('/whatsapp') },
    { key: 'F10', label: t('keys.staff'), run: staff.ask },
    { key: 'Alt+K', label: t('keys.cashUp'), run: () => navigate('/payments/cash-up') },
    { key: 'Alt+M', label: t('keys.attention'), run: () => navigate('/payments/attention') },
    { key: '/', label: t('keys.search'), run: openSearch },
    ...(location === '/' ? [] : [{ key: 'Esc', label: t('keys.back'), run: () => navigate('/') } as const]),
  ])
  return (
    <div className={practice ? 'shell shell-practice' : 'shell'}>
      <StatusBar onSearch={openSearch} onKeys={openKeys} onStaff={staff.ask} />
      <Rail />
      <main className="stage">
        <div className="stage-scroll">
          <Suspense fallback={<p className="waiting">{t('common.loading')}</p>}>
            <Screens ahead={ahead} />
          </Suspense>
        </div>
        <FootBanners here={location} fold={fold} />
      </main>
      {status === undefined ? null : <Side practice={practice} fold={fold} />}
      {overlay}
      <PinGate asked={staff.asked} onClose={staff.done} />
    </div>
  )
}

interface PaymentsRouteProps {
  readonly Screen: Ahead['Payments']
  readonly tab: string | undefined
  readonly id: string | undefined
}

/** Stays with the edition of the screen that it began with, so that nothing typed is lost when the other arrives. */
function PaymentsRoute({ Screen, tab, id }: PaymentsRouteProps) {
  const [{ First }] = useState({ First: Screen })
  return <First tab={tab} id={id} />
}

function OutboxRoute({ Screen }: { readonly Screen: Ahead['Outbox'] }) {
  const [{ First }] = useState({ First: Screen })
  return <First />
}

function Screens({ ahead }: { readonly ahead: Ahead }) {
  return (
    <Switch>
      <Route path="/outbox">
        <OutboxRoute Screen={ahead.Outbox} />
      </Route>
      <Route path="/payments/:tab?/:id?">
        {({ tab, id }) => <PaymentsRoute Screen={ahead.Payments} tab={tab} id={id} />}
      </Route>
      <Route path="/settings/:tab?/:id?">{({ tab, id }) => <SettingsScreen tab={tab} id={id} />}</Route>
      <Route path="/whatsapp">
        <WhatsAppScreen />
      </Route>
      <Route path="/sale/:id">{({ id }) => <CounterScreen saleId={id} />}</Route>
      <Route>
        <CounterScreen saleId={null} />
      </Route>
    </Switch>
  )
}
