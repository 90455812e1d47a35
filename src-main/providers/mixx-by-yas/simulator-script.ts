/** What the imitation knows of the codes of a push. */
const pushWords: readonly (readonly [code: string, words: string])[] = [
  ['BILLER-18-0000-S', 'Valid request'],
  ['BILLER-18-3018-E', 'Failed in Sum Amount'],
  ['BILLER-18-3019-E', 'Failed in Min and Max Amount'],
  ['BILLER-18-3020-E', 'Failed in Frequency'],
  ['BILLER-18-3021-E', 'Biller Username or Password is wrong'],
  ['BILLER-18-3022-E', 'Biller not active'],
  ['BILLER-18-3040-E', 'BillerMSISDN is wrong'],
  ['DebitMandate-10-1000-E', 'Internal Service Error'],
  ['DebitMandate-10-2001-E', 'User name or password empty'],
  ['DebitMandate-10-2002-E', 'CustomerMSISDN not passed'],
  ['DebitMandate-10-2003-E', 'Password not passed'],
  ['DebitMandate-10-2004-V', 'Invalid MSISDN'],
  ['DebitMandate-10-2005-E', 'Not Registered in DM'],
  ['DebitMandate-10-2020-V', 'Not Valid Reference ID'],
  ['DebitMandate-10-2038-V', 'BillerMSISDN not passed'],
  ['DebitMandate-10-3000-E', 'Username/Password provided is wrong'],
  ['DebitMandate-10-5000-E', 'Backend error'],
]

/** The whole code and its words, by the four digits in its middle. */
export function pushResult(digits: string): { readonly code: string; readonly words: string } | null {
  const found = pushWords.find(([code]) => code.includes(`-${digits}-`))
  return found === undefined ? null : { code: found[0], words: found[1] }
}

const payOutWords: readonly (readonly [status: string, words: string])[] = [
  ['200', 'Success'],
  ['00026', 'PIN expired. Please change your PIN.'],
  ['00031', 'Requested amount more then allowed in the network'],
  ['00042', 'Requested amount not in multiple of allowed value'],
  ['100', 'General error'],
  ['00317', 'Unable to complete transaction as recipient A/c is barred. Error code 00317.'],
  ['00410', 'Unable to complete transaction as amount is more than the maximum limit.'],
  ['02117', 'Unable to complete transaction as sender A/c is barred. Error code 02117'],
  ['60014', 'Maximum transaction value per day for payer reached'],
  ['60017', 'Amount is less than the minimum txn value for sender'],
  ['60018', 'Amount is more than the maximum limit'],
  ['60019', 'Account would go below minimum balance'],
  ['60021', 'Maximum number of transactions per day for Payee was reached'],
  ['60024', 'Maximum transaction value per day reached'],
  ['60028', 'Amount is more than the maximum txn value for recipient'],
  ['60030', 'Payee account would go above maximum balance'],
  ['60074', 'Payee Role Type Transfer Profile not defined'],
]

export function payOutResult(status: string): { readonly status: string; readonly words: string } | null {
  const found = payOutWords.find(([known]) => Number(known) === Number(status))
  return found === undefined ? null : { status: found[0], words: found[1] }
}

/**
 * Numbers with a script. +25565500NNNN: the push is answered by the code with NNNN in its middle. +25565501000N: the
 * push is accepted without a prompt, then · 1 the callback says no · 2 it is paid and never told · 3 paid and told ten
 * minutes late · 4 answered by 5000-E and paid and told all the same. +2556552NNNNN: a payout has TXNSTATUS NNNNN.
 */
export function pushScript(phone: string) {
  return pushResult(/^\+25565500(\d{4})$/.exec(phone)?.[1] ?? 'none')
}

export type Course = 'refused' | 'untold' | 'late' | 'afterAll'
const courses: readonly Course[] = ['refused', 'untold', 'late', 'afterAll']

export function courseOf(phone: string): Course | null {
  const [, number] = /^\+25565501000([1-4])$/.exec(phone) ?? []
  return number === undefined ? null : (courses[Number(number) - 1] ?? null)
}

export function payOutScript(phone: string) {
  const [, status] = /^\+2556552(\d{5})$/.exec(phone) ?? []
  return status === undefined ? null : payOutResult(status)
}
