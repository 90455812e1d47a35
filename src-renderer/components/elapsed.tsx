import { useEffect, useState } from 'react'
import { formatElapsed } from './clock.ts'

/** Seconds since a moment (epoch ms), counting only while it is shown: an idle screen keeps no timer. */
export function Elapsed({ since }: { readonly since: number }) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 1000)
    return () => window.clearInterval(timer)
  }, [])
  return (
    <span className="figures" aria-hidden="true">
      {formatElapsed(now - since)}
    </span>
  )
}

/** Whole seconds left until a moment (epoch ms), never negative. */
export function useSecondsLeft(until: number | null): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (until === null) return undefined
    const look = () => setNow(Date.now())
    // The clock may have stood since an earlier wait.
    const first = window.setTimeout(look, 0)
    const timer = window.setInterval(look, 1000)
    return () => {
      window.clearTimeout(first)
      window.clearInterval(timer)
    }
  }, [until])
  return until === null ? 0 : Math.max(0, Math.ceil((until - now) / 1000))
}
