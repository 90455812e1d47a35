import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '../database/open.ts'
import type { Randomness } from '../ports.ts'
import { account } from './tables.ts'

/** So long a callback address works after another one took its place. */
const oldAddressMs = 24 * 3_600_000

/** Hex, since networks refuse callback addresses that hold words such as sql, exe or cmd, which base64url may spell by chance. */
export function callbackSecret(random: Randomness): string {
  return Buffer.from(random.secret(18), 'base64url').toString('hex')
}

/** @returns the new path, and until when (epoch ms) the old one works */
export function renewCallback(
  tx: Transaction,
  random: Randomness,
  id: string,
): { readonly path: string; readonly oldUntil: number } {
  const secret = callbackSecret(random)
  const previousUntil = tx.now + oldAddressMs
  tx.orm
    .update(account)
    .set({ callbackSecret: secret, previousSecret: sql`${account.callbackSecret}`, previousUntil })
    .where(eq(account.id, id))
    .run()
  return { path: `/callbacks/${id}/${secret}`, oldUntil: previousUntil }
}
