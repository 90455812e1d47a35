import { useQuery } from '@tanstack/react-query'
import { useKaunta } from '../kaunta.tsx'

/** The shop's own details: name, till, language, zone. */
export function useShop() {
  const { queries } = useKaunta()
  return useQuery(queries.settings.get.queryOptions())
}

/** What the status bar tells: line, outbox, mode. */
export function useStatus() {
  const { queries } = useKaunta()
  return useQuery(queries.live.status.queryOptions())
}
