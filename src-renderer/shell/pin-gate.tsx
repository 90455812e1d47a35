import { Button, Kbd } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useLayoutEffect, useRef, useState } from 'react'
import type { Desk } from '../../src-preload/contract/staff.ts'
import { pinLongest, pinShortest } from '../components/approval-pin.tsx'
import { formatElapsed } from '../components/clock.ts'
import { DigitKeys } from '../components/digit-keys.tsx'
import { useSecondsLeft } from '../components/elapsed.tsx'
import { ErrorBanner } from '../components/error-banner.tsx'
import { useModal } from '../components/modal.ts'
import { isProblem } from '../components/problem.ts'
import { useAction } from '../components/use-action.ts'
import { useStaffDesk } from '../components/use-staff.ts'
import { useWords } from '../i18n/use-words.ts'
import { useKaunta } from '../kaunta.tsx'
import { takeDesk } from './changes.ts'

/** What lies under it can be reached by neither mouse nor keyboard. */
function useGate(locked: boolean) {
  const dialog = useModal()
  const field = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => {
    if (!locked) field.current?.focus()
  }, [locked])
  return { dialog, field }
}

/** Practising, nobody should have to look for a PIN. */
function PracticePins({ desk }: { readonly desk: Desk }) {
  const { t } = useWords()
  if (desk.practicePins.length === 0) return null
  return (
    <section className="pin-gate-practice" aria-label={t('pin.practice')}>
      <h3>{t('pin.practice')}</h3>
      <ul>
        {desk.practicePins.map(({ name, role, pin }) => (
          <li key={pin} className="figures">
            {t('pin.practicePin', { name, role: t(`role.${role}`), pin })}
          </li>
        ))}
      </ul>
    </section>
  )
}

function useSignIn(pinDigits: number, onClose: () => void) {
  const { client, queries } = useKaunta()
  const cache = useQueryClient()
  const action = useAction()
  // Apart: what is typed while the counter is being locked is the next person's PIN.
  const locking = useAction()
  const [pin, setPin] = useState('')
  const [typed, setTyped] = useState(false)
  const take = (desk: Desk) => {
    takeDesk(desk, { cache, queries })
    onClose()
  }
  const signIn = async (whole: string) => {
    setTyped(false)
    const good = await action.run(async () => take(await client.staff.signIn({ pin: whole })))
    if (good) return
    setPin('')
    // The desk tells for how long PINs are refused now.
    void cache.invalidateQueries({ queryKey: queries.staff.desk.key() })
  }
  const type = (next: string) => {
    const digits = next.replace(/\D/g, '').slice(0, pinDigits === 0 ? pinLongest : pinDigits)
    if (action.busy) return
    setTyped(true)
    setPin(digits)
    if (digits.length === pinDigits) void signIn(digits)
  }
  /** Enter, where PINs differ in length. */
  const submit = () => {
    if (!action.busy && pin.length >= pinShortest) void signIn(pin)
  }
  const lock = () => void locking.run(async () => take(await client.staff.lock()))
  return { action, pin, type, submit, lock, refused: typed ? null : action.error }
}

interface PinOverlayProps {
  readonly desk: Desk
  readonly lockedUntil: number | null
  readonly onClose: () => void
}

interface EntryProps {
  readonly entry: ReturnType<typeof useSignIn>
  readonly secondsLeft: number
  readonly field: ReturnType<typeof useGate>['field']
}

function Entry({ entry, secondsLeft, field }: EntryProps) {
  const { t } = useWords()
  const { pin, type, refused } = entry
  const locked = secondsLeft > 0
  const isLock = refused !== null && isProblem(refused, 'PIN_LOCKED')
  return (
    <>
      <label className="pin-gate-field">
        <span>{t('pin.pin')}</span>
        <input
          ref={field}
          type="password"
          inputMode="numeric"
          autoComplete="off"
          disabled={locked}
          value={pin}
          onChange={(event) => type(event.currentTarget.value)}
        />
      </label>
      <div className="pin-gate-say">
        {locked ? (
          <p className="problem figures">
            <span aria-hidden="true">! </span>
            {t('pin.locked', { time: formatElapsed(secondsLeft * 1000) })}
          </p>
        ) : (
          <ErrorBanner error={isLock ? null : refused} />
        )}
      </div>
      <DigitKeys
        className="pin-gate-keys"
        disabled={locked}
        onDigit={(digit) => type(`${pin}${digit}`)}
        onErase={() => type(pin.slice(0, -1))}
      />
    </>
  )
}

function PinOverlay({ desk, lockedUntil, onClose }: PinOverlayProps) {
  const { t } = useWords()
  const secondsLeft = useSecondsLeft(lockedUntil)
  const { dialog, field } = useGate(secondsLeft > 0)
  const entry = useSignIn(desk.pinDigits, onClose)
  const nobody = desk.staff === null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    entry.submit()
  }
  return (
    <dialog
      ref={dialog}
      className="pin-gate"
      aria-label={t(nobody ? 'pin.title' : 'pin.change')}
      data-testid="pin-gate"
      onCancel={(event) => {
        event.preventDefault()
        if (!nobody) onClose()
      }}
      // The field keeps the focus, wherever the hand comes down.
      onMouseDown={(event) => {
        if (!(event.target instanceof HTMLInputElement)) event.preventDefault()
      }}
    >
      <form className="pin-gate-card" onSubmit={submit}>
        <h2>{t(nobody ? 'pin.title' : 'pin.change')}</h2>
        <p className="quiet">{t(nobody ? 'pin.nobody' : 'pin.ask')}</p>
        <Entry entry={entry} secondsLeft={secondsLeft} field={field} />
        {nobody ? null : (
          <div className="panel-buttons">
            <Button variant="default" onClick={entry.lock}>
              {t('pin.lock')}
            </Button>
            <Button variant="default" rightSection={<Kbd>Esc</Kbd>} onClick={onClose}>
              {t('pin.cancel')}
            </Button>
          </div>
        )}
        <PracticePins desk={desk} />
      </form>
    </dialog>
  )
}

interface PinGateProps {
  /** Somebody is at the counter, and another wants to be. */
  readonly asked: boolean
  readonly onClose: () => void
}

/** Lies over everything but the status bar while nobody is at the counter, and when F10 asks for another PIN. */
export function PinGate({ asked, onClose }: PinGateProps) {
  const { desk, lockedUntil } = useStaffDesk()
  if (desk === undefined || (desk.staff !== null && !asked)) return null
  return <PinOverlay desk={desk} lockedUntil={lockedUntil} onClose={onClose} />
}
