/** What the imitation knows of a result: words and HTTP status, as the portal's table has them. */
export interface Result {
  readonly code: string
  readonly words: string
  readonly status: number
}

const table: readonly (readonly [code: number, status: number, words: string])[] = [
  [0, 200, 'Request processed successfully'],
  [1, 500, 'Internal Error'],
  [2, 401, 'Invalid API Key'],
  [4, 401, 'User is not active'],
  [5, 401, 'Transaction cancelled by customer'],
  [6, 401, 'Transaction Failed'],
  [9, 408, 'Request timeout'],
  [10, 409, 'Duplicate Transaction'],
  [13, 400, 'Invalid Shortcode Used'],
  [14, 400, 'Invalid Reference Used'],
  [15, 400, 'Invalid Amount Used'],
  [16, 503, 'Unable to handle the request due to a temporary overloading'],
  [17, 400, 'Invalid Transaction Reference. Length Should Be Between 1 and 20.'],
  [18, 400, 'Invalid TransactionID Used'],
  [19, 400, 'Invalid ThirdPartyReference Used'],
  [20, 400, 'Not All Parameters Provided. Please try again.'],
  [21, 400, 'Parameter validations failed. Please try again.'],
  [22, 400, 'Invalid Operation Type'],
  [23, 400, 'Unknown Status. Contact M-Pesa Support'],
  [24, 400, 'Invalid InitiatorIdentifier Used'],
  [25, 400, 'Invalid SecurityCredential Used'],
  [26, 400, 'Invalid Currency Used'],
  [27, 400, 'Invalid Country Used'],
  [28, 400, 'Invalid ThirdPartyConversationID Used'],
  [30, 400, 'Invalid Purchased Items Description Used'],
  [989, 500, 'Session Creation Failed'],
  [990, 422, 'Customer Transaction Value Limit Breached'],
  [991, 422, 'Customer Transaction Count Limit Breached'],
  [993, 422, 'Organisation Transaction Count Limit Breached'],
  [994, 422, 'Organisation Transaction Value Limit Breached'],
  [995, 422, 'API Single Transaction Limit Breached'],
  [996, 422, 'Organisation Used API Outside Of Usage Time'],
  [997, 422, 'API Not Enabled'],
  [998, 400, 'Invalid Market'],
  [2001, 400, 'Initiator authentication error.'],
  [2002, 400, 'Receiver invalid.'],
  [2005, 400, 'Rule limited.'],
  [2006, 422, 'Insufficient balance'],
  [2051, 400, 'MSISDN invalid.'],
  [2057, 400, 'Language code invalid.'],
  [6140, 400, 'Transaction not found yet'],
]

/** @throws for a number that stands in no table. */
export function resultOf(number: number): Result {
  const found = table.find(([known]) => known === number)
  if (found === undefined) throw new Error(`INS-${number} stands in no table`)
  return { code: `INS-${number}`, status: found[1], words: found[2] }
}

/** What happens to a customer without his being asked. */
export interface Script {
  readonly result: Result
  /** The money moves all the same. */
  readonly pays: boolean
}

/**
 * +25575500NNNN is answered by INS-NNNN and nothing happens; +25575510NNNN pays, and is answered by INS-NNNN all the
 * same (a reply that was lost on the way, a duplicate that was none).
 */
export function scriptOf(phone: string): Script | null {
  const found = /^\+255755(00|10)(\d{4})$/.exec(phone)
  if (found === null) return null
  const number = Number(found[2])
  if (!table.some(([known]) => known === number)) return null
  return { result: resultOf(number), pays: found[1] === '10' }
}
