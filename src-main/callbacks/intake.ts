import type { Database } from '../database/open.ts'
import type { Clock } from '../ports.ts'

/** Bytes that one account's reports may take in a day: a hundred times what a busy shop gets. */
const bytesPerDay = 64 * 1024 * 1024
const dayMs = 86_400_000
/** What was read and led to something is kept so long as evidence; the payment keeps its own. */
const readRetentionMs = 90 * dayMs
/** Rows that go in one commit. */
const purgeRows = 500

/** How much of each account's budget of bytes is left today; on the monotonic clock, which nobody can set. */
export function createDailyBytes(
  clock: Pick<Clock, 'monotonic'>,
): (accountId: string, bytes: number) => boolean {
  const spent = new Map<string, { since: number; bytes: number }>()
  return (accountId, bytes) => {
    const now = clock.monotonic()
    const known = spent.get(accountId)
    const today = known !== undefined && now - known.since < dayMs ? known : { since: now, bytes: 0 }
    if (today.bytes + bytes > bytesPerDay) return false
    spent.set(accountId, { since: today.since, bytes: today.bytes + bytes })
    return true
  }
}

/**
 * Takes out, a few at a time, requests that were read long ago, and what strangers sent to an earlier edition. What is
 * unread is never taken out.
 */
export function purgeCallbacks(
  database: Database,
  clock: Clock,
  onFault: (what: string, error: unknown) => void,
): void {
  const work = () => {
    if (!database.connection.open) return
    database
      .persist((tx) =>
        database.connection
          .prepare(
            `DELETE FROM callback WHERE id IN (
               SELECT id FROM callback
               WHERE account_id IS NULL OR (state = 'processed' AND received_at < ?) ORDER BY id LIMIT ?)`,
          )
          .run(tx.now - readRetentionMs, purgeRows),
      )
      .then(
        ({ changes }) => clock.after(changes === purgeRows ? 1_000 : dayMs, work),
        (error: unknown) => onFault('taking out old callbacks', error),
      )
  }
  clock.after(60_000, work)
}
