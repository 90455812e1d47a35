import { Suspense, useState } from 'react'
import { Router, useLocation } from 'wouter'
import { useHashLocation } from 'wouter/use-hash-location'
import { ManagerWordProvider } from './components/approved-call.tsx'
import { FactsProvider } from './components/facts.tsx'
import { KeyBoardProvider, useKeys } from './components/keys.tsx'
import { useStatus } from './components/use-shop.ts'
import { useStaffDesk } from './components/use-staff.ts'
import { useWords } from './i18n/use-words.ts'
import { Appearance } from './shell/appearance.tsx'
import { FootBanners } from './shell/banners.tsx'
import { useFieldWords } from './shell/field-words.ts'
import { useIdleLock } from './shell/idle-lock.ts'
import { useOverlays } from './shell/overlays.tsx'
import { PinGate } from './shell/pin-gate.tsx'
import { Rail } from './shell/rail.tsx'
import { Screens, useScreenKeys, useScreens } from './shell/screens.tsx'
import { Side, useFold } from './shell/side.tsx'
import { StatusBar } from './shell/status-bar.tsx'

/** The whole page. The address stands after "#", so that one file serves every screen through every door. */
export function App() {
  return (
    <FactsProvider>
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
    </FactsProvider>
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

function Shell() {
  const { t } = useWords()
  const [location, navigate] = useLocation()
  const { data: status } = useStatus()
  const { overlay, open } = useOverlays()
  const practice = status?.mode === 'practice'
  const staff = useStaffKey()
  const fold = useFold(location)
  useIdleLock()
  useFieldWords()
  const drawn = useScreens()
  useScreenKeys()
  useKeys([
    { key: 'F10', label: t('keys.staff'), run: staff.ask },
    ...(location === '/' ? [] : [{ key: 'Esc', label: t('keys.back'), run: () => navigate('/') } as const]),
  ])
  return (
    <div className={practice ? 'shell shell-practice' : 'shell'}>
      <StatusBar onSearch={() => open('search')} onKeys={() => open('keys')} onStaff={staff.ask} />
      <Rail />
      <main className="stage">
        <div className="stage-scroll">
          <Suspense fallback={<p className="waiting">{t('common.loading')}</p>}>
            <Screens drawn={drawn} />
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
