import type { AccountRow, Accounts } from '../accounts/service.ts'
import { KauntaError } from '../problem.ts'
import type { MobileMoney } from '../providers/mobile-money.ts'

/** All calls of one account about money that moves wait for each other. */
export function moneyLane(accountId: string): string {
  return `mobileMoney:${accountId}`
}

/** The account's mobile money ready to call; null while its settings or keychain do not let it. */
export async function moneyOf(accounts: Accounts, accountId: string): Promise<MobileMoney | null> {
  try {
    return (await accounts.abilities(accountId)).mobileMoney ?? null
  } catch (error) {
    if (error instanceof KauntaError) return null
    throw error
  }
}

/** What the account's adapter declares, also without its secrets: nothing in it can call the network. */
export function declaredMoney(accounts: Accounts, accountId: string): MobileMoney | undefined {
  return accounts.knows(accountId) ? accounts.readers(accountId).mobileMoney : undefined
}

/** Where reports would go for a shop without a public address: a name that never exists (RFC 2606). */
const nowhere = 'https://callbacks.kaunta.invalid'

/**
 * The address that the provider reports to; its last part names the payment, so that a lost reply can still be matched.
 * Without a public address the account's own stand-in (`callbackAddress`) is told, else one that never exists: some networks
 * insist on an address even where nobody listens, and the answer is then learnt by asking.
 */
export function callbackUrl(
  publicBase: string,
  { id, callbackSecret, settings }: Pick<AccountRow, 'id' | 'callbackSecret' | 'settings'>,
  subjectId: string | null,
): string {
  const base = (publicBase || String(settings.callbackAddress ?? '') || nowhere).replace(/\/$/, '')
  return `${base}/callbacks/${id}/${callbackSecret}${subjectId === null ? '' : `/${subjectId}`}`
}
