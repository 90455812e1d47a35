import { use } from 'react'
import { ShopContext, StatusContext } from './facts.tsx'

/** The shop's own details: name, till, language, zone. */
export function useShop() {
  return { data: use(ShopContext) }
}

/** What the status bar tells: line, outbox, mode. */
export function useStatus() {
  return { data: use(StatusContext) }
}
