import { type Currency, minorPerMajor } from '../../src-preload/contract/money.ts'
import type { MoneyNetwork } from '../../src-preload/contract/payments.ts'
import type { PhoneInfo } from '../../src-preload/contract/phone.ts'
import type { AccountRow, Accounts } from '../accounts/service.ts'
import { formatMoney } from '../money.ts'
import { KauntaError } from '../problem.ts'
import type { AmountLimits, MobileMoney } from '../providers/mobile-money.ts'

/** A network account with what its adapter declares; nothing in `money` can call the network. */
export interface MoneyAccount {
  readonly account: AccountRow
  readonly money: MobileMoney
}

/** The enabled network accounts, in the order of settings. */
export function moneyAccounts(accounts: Accounts): MoneyAccount[] {
  return accounts.withCapability('mobileMoney').flatMap((account) => {
    const money = accounts.readers(account.id).mobileMoney
    return money === undefined ? [] : [{ account, money }]
  })
}

/** Which network a request names, if any. */
export interface NamedNetwork {
  /** A provider's id (`airtel-money`) or a network's name (`airtel`). */
  readonly provider?: string | undefined
  readonly accountId?: string | undefined
}

function serves({ money }: MoneyAccount, { country }: PhoneInfo): boolean {
  return money.countries.some((one) => one === country)
}

/** @throws KauntaError NETWORK_NOT_HERE when the shop has no such account */
function named(accounts: Accounts, provider: string, accountId: string | undefined): MoneyAccount[] {
  const all = moneyAccounts(accounts)
  const wanted = provider.toLowerCase()
  const found = all.filter(
    ({ account, money }) =>
      (account.provider === wanted || money.networks.some((network) => network === wanted)) &&
      (accountId === undefined || account.id === accountId),
  )
  if (found.length === 0)
    throw new KauntaError('NETWORK_NOT_HERE', { field: 'provider', provider, known: names(all) })
  return found
}

function names(all: readonly MoneyAccount[]): string {
  return [...new Set(all.map(({ account }) => account.provider))].join(', ')
}

/** The one of these that the number's prefix suggests, else the first; null where none serves it. */
function guessed(
  among: readonly MoneyAccount[],
  phone: PhoneInfo,
  currency: Currency,
): { readonly chosen: MoneyAccount; readonly doubt: string | null } | null {
  const serving = among.filter((one) => serves(one, phone) && one.money.currencies.includes(currency))
  const guess = phone.networkGuess
  const own = serving.find(({ money }) => guess !== null && money.networks.includes(guess))
  const chosen = own ?? serving[0]
  return chosen === undefined ? null : { chosen, doubt: own === undefined ? guess : null }
}

/**
 * The account that asks this phone: the named one, else the one of the network that the prefix suggests. Where the shop
 * has none of that network nobody is asked by guess: the number may have been ported, and only the caller can know.
 * @throws KauntaError ACCOUNT_MISSING, NETWORK_NOT_HERE, NETWORK_DOUBTFUL, PHONE_NOT_SERVED
 */
export function accountFor(
  accounts: Accounts,
  phone: PhoneInfo,
  currency: Currency,
  { provider, accountId }: NamedNetwork,
): MoneyAccount {
  const among = provider === undefined ? moneyAccounts(accounts) : named(accounts, provider, accountId)
  const found = accountId === undefined ? guessed(among, phone, currency) : null
  if (found !== null) {
    const { chosen, doubt } = found
    if (provider !== undefined || doubt === null) return chosen
    const values = { field: 'phone', value: phone.national, network: doubt, known: names(among) }
    throw new KauntaError('NETWORK_DOUBTFUL', values)
  }
  const [first] = provider === undefined ? [] : among
  const account = accounts.pick('mobileMoney', accountId ?? first?.account.id)
  const money = accounts.readers(account.id).mobileMoney
  if (money === undefined) throw new KauntaError('ACCOUNT_MISSING', { channel: account.label })
  if (!serves({ account, money }, phone)) {
    const values = { field: 'phone', provider: account.label, value: phone.national }
    throw new KauntaError('PHONE_NOT_SERVED', values)
  }
  return { account, money }
}

/**
 * Judges an amount before anything goes out.
 * @param mostMinor what is still owed, or what may go back; minor units
 * @throws KauntaError CURRENCY_MISMATCH, AMOUNT_ZERO, AMOUNT_BELOW_LIMIT, AMOUNT_NOT_WHOLE, AMOUNT_ABOVE_LIMIT
 */
export function checkAmount(
  { account, money }: MoneyAccount,
  limits: AmountLimits,
  amountMinor: number,
  currency: Currency,
  mostMinor: number,
): void {
  const provider = account.label
  const text = (minor: number) => formatMoney(minor, currency, 'en')
  const field = 'amountMinor'
  if (!money.currencies.includes(currency)) {
    const accepted = money.currencies.join(', ')
    throw new KauntaError('CURRENCY_MISMATCH', { field: 'currency', currency, provider, accepted })
  }
  if (amountMinor <= 0) throw new KauntaError('AMOUNT_ZERO', { field })
  const amount = text(amountMinor)
  if (amountMinor < limits.minMinor) {
    throw new KauntaError('AMOUNT_BELOW_LIMIT', { field, provider, amount, limit: text(limits.minMinor) })
  }
  if (limits.wholeUnits && amountMinor % minorPerMajor[currency] !== 0) {
    throw new KauntaError('AMOUNT_NOT_WHOLE', { field, provider, amount })
  }
  const limit = Math.min(limits.maxMinor, mostMinor)
  if (amountMinor > limit) {
    throw new KauntaError('AMOUNT_ABOVE_LIMIT', { field, provider, amount, limit: text(limit) })
  }
}

/** What the counter may offer for each account. Abilities that need a secret are asked of the connected account. */
export async function describeNetworks(accounts: Accounts): Promise<MoneyNetwork[]> {
  const described = moneyAccounts(accounts).map(async ({ account, money: declared }) => {
    const connected = await accounts.abilities(account.id).catch(() => null)
    const money = connected?.mobileMoney ?? declared
    const { payOut, reverse } = money
    return {
      accountId: account.id,
      provider: account.provider,
      label: account.label,
      networks: [...money.networks],
      countries: [...money.countries],
      currencies: [...money.currencies],
      minMinor: money.amount.minMinor,
      maxMinor: money.amount.maxMinor,
      wholeUnits: money.amount.wholeUnits,
      canAsk: money.queryPrompt !== undefined,
      canProveCode: money.queryCode !== undefined,
      reverse: reverse === undefined ? null : { partial: reverse.partial, needsCode: reverse.needsCode },
      payOut:
        payOut === undefined ? null : { minMinor: payOut.amount.minMinor, maxMinor: payOut.amount.maxMinor },
      balance: money.balance !== undefined,
      customerPayments: money.customerPayments,
      registerNotices: money.registerNotices !== undefined,
      statement: money.statement !== undefined,
    }
  })
  return Promise.all(described)
}
