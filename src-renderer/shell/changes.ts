import { hashKey } from '@tanstack/react-query'
import type { Status } from '../../src-preload/contract/live.ts'
import type { Desk } from '../../src-preload/contract/staff.ts'
import { type Known, means } from '../changes.ts'

/** Who is at the counter now. Another person may see other things, so that everything shown is asked again. */
export function takeDesk(desk: Desk, { cache, queries }: Omit<Known, 'ask'>): void {
  const key = queries.staff.desk.queryKey()
  const before = cache.getQueryData(key)
  cache.setQueryData(key, desk)
  // Where nobody's desk was known yet, all that was asked was asked for this one.
  if (before === undefined || desk.staff === null || before.staff?.id === desk.staff.id) return
  const own = hashKey(key)
  void cache.invalidateQueries({ predicate: ({ queryHash }) => queryHash !== own })
}

/** What stops an account is told of it in Settings too. */
function takeStatus(status: Status, { cache, queries }: Known): void {
  const key = queries.live.status.queryKey()
  const before = cache.getQueryData(key)
  cache.setQueryData(key, status)
  const stops = ({ stops: all }: Status) =>
    all.map(({ accountId, reason }) => `${accountId} ${reason}`).join()
  if (before !== undefined && stops(before) !== stops(status))
    void cache.invalidateQueries({ queryKey: queries.accounts.key() })
}

/** The status line, and who sits there. */
export const shellChanges = [
  means('status', ({ status }, known) => takeStatus(status, known)),
  means('desk', ({ desk }, known) => takeDesk(desk, known)),
]
