import { useEffect } from 'react'
import { useShop } from '../components/use-shop.ts'
import { useStaffDesk } from '../components/use-staff.ts'
import { useKaunta } from '../kaunta.tsx'

const msPerMinute = 60_000
const tellEveryMs = 5_000

/**
 * Leaves the counter to nobody after the shop's minutes without a key or a touch. Windows of one till tell each other of
 * their keys, so that an idle one does not lock the one in use.
 */
export function useIdleLock(): void {
  const { client } = useKaunta()
  const { data: shop } = useShop()
  const { desk } = useStaffDesk()
  const minutes = shop?.lockAfterMinutes ?? 0
  const active = minutes > 0 && desk !== undefined && desk.staff !== null && !desk.pinMissing
  useEffect(() => {
    if (!active) return undefined
    const channel = new BroadcastChannel('kaunta.activity')
    let timer = 0
    let told = 0
    const wait = () => {
      window.clearTimeout(timer)
      timer = window.setTimeout(() => void client.staff.lock().catch(wait), minutes * msPerMinute)
    }
    const struck = () => {
      wait()
      if (Date.now() - told < tellEveryMs) return
      told = Date.now()
      channel.postMessage('struck')
    }
    const events = ['keydown', 'pointerdown', 'wheel'] as const
    for (const name of events) window.addEventListener(name, struck, { capture: true, passive: true })
    channel.addEventListener('message', wait)
    wait()
    return () => {
      window.clearTimeout(timer)
      for (const name of events) window.removeEventListener(name, struck, { capture: true })
      channel.close()
    }
  }, [active, minutes, client])
}
