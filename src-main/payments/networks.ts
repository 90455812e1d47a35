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

/**
 * The account that asks this phone: the named one, else the first that reaches it, the guessed network first.
 * @throws KauntaError ACCOUNT_MISSING, PHONE_NOT_SERVED
 */
export function accountFor(
  accounts: Accounts,
  phone: PhoneInfo,
  currency: Currency,
  accountId: string | undefined,
): MoneyAccount {
  if (accountId === undefined) {
    const serving = moneyAccounts(accounts).filter(
      ({ money }) => money.countries.includes(phone.country) && money.currencies.includes(currency),
    )
    const guess = phone.networkGuess
    const guessed = serving.find(({ money }) => guess !== null && money.networks.includes(guess))
    const chosen = guessed ?? serving[0]
    if (chosen !== undefined) return chosen
  }
  const account = accounts.pick('mobileMoney', accountId)
  const money = accounts.readers(account.id).mobileMoney
  if (money === undefined) throw new KauntaError('ACCOUNT_MISSING', { channel: account.label })
  if (!money.countries.includes(phone.country)) {
    throw new KauntaError('PHONE_NOT_SERVED', {
      field: 'phone',
      provider: account.label,
      value: phone.national,
    })
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
