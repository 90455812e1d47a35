import type { Accepted, CodeReading, MoneyReading, PayOutRequest, PromptRequest } from '../mobile-money.ts'
import { accepted, type Outcome } from '../outcome.ts'
import type { CallContext, HttpOperation } from '../provider.ts'
import { type Reply, unclear } from '../reply.ts'
import { rowOf } from './codes.ts'
import {
  type Answer,
  conversationOf,
  country,
  headersOf,
  promptReading,
  readAnswer,
  refusal,
  send,
  text,
} from './wire.ts'

/** True where the app answers at the end of a transaction, false where it only says that it accepted it. */
export interface Held {
  readonly held: boolean
}

/** Milliseconds that a held call stays open: the customer's time to find his phone and type a PIN. */
export const heldMs = 130_000

/**
 * input_TransactionReference has 1 to 20 characters (text of INS-17): the id as a number to the base of 36, its
 * front cut off. What is left holds all 74 random bits of a version 7 UUID.
 */
export function transactionReferenceOf(id: string): string {
  const whole = BigInt(`0x${conversationOf(id)}`) % 36n ** 20n
  return whole.toString(36).toUpperCase().padStart(20, '0')
}

/** 1 to 256 letters, digits and blanks; the sandbox refuses a hyphen with INS-30 (P). */
function plainWords(words: string, instead: string): string {
  const plain = words.replace(/[^A-Za-z0-9]+/g, ' ').trim()
  return plain.slice(0, 256).trim() || instead
}

function moneyFields(
  context: CallContext,
  input: { readonly reference: string; readonly phone: string; readonly amountMinor: number },
): Record<string, string> {
  return {
    input_Amount: String(input.amountMinor / 100),
    input_Country: country,
    input_Currency: 'TZS',
    input_CustomerMSISDN: input.phone.slice(1),
    input_ServiceProviderCode: text(context, 'serviceProviderCode'),
    input_ThirdPartyConversationID: conversationOf(input.reference),
    input_TransactionReference: transactionReferenceOf(input.reference),
  }
}

/** What INS-0 means: paid where the call was held and brings a transaction; accepted and no more anywhere else. */
function readSuccess(answer: Answer, reply: Reply, reference: string, { held }: Held): Outcome<Accepted> {
  if (reply.status >= 300) return unclear('effect', `HTTP ${reply.status} ${answer.detail}`)
  if (answer.own !== null && answer.own !== conversationOf(reference)) {
    return unclear('effect', `${answer.detail}, for another conversation`)
  }
  const providerReference = answer.conversation
  if (!held) return accepted({ providerReference })
  const { transaction } = answer
  return accepted({
    providerReference,
    reading:
      transaction === null
        ? { state: 'processing' }
        : { state: 'completed', receiptCode: transaction, amountMinor: null },
  })
}

export const raise: HttpOperation<PromptRequest & Held, Accepted> = {
  name: 'c2bPayment',
  request: (input, context) => ({
    ...send(context, 'POST', '/c2bPayment/singleStage/', {
      ...moneyFields(context, input),
      input_PurchasedItemsDesc: plainWords(`${input.account} ${input.description}`, 'Malipo'),
    }),
    ...(input.held ? { timeoutMs: heldMs } : {}),
  }),
  outcome: (http, input) =>
    readAnswer(http, 'effect', (answer, reply) => {
      if (answer.code === 'INS-0') return readSuccess(answer, reply, input.reference, input)
      if (rowOf(answer.code)?.prompt === undefined) return refusal(answer, 'effect')
      return accepted({
        providerReference: answer.conversation,
        reading: promptReading(answer.code, answer.detail, null),
      })
    }),
}

function readTransfer(
  answer: Answer,
  reply: Reply,
  input: { readonly reference: string } & Held,
): Outcome<Accepted> {
  if (answer.code === 'INS-0') return readSuccess(answer, reply, input.reference, input)
  return refusal(answer, 'effect', (row) => row.transfer)
}

export const payOut: HttpOperation<PayOutRequest & Held, Accepted> = {
  name: 'b2cPayment',
  // Two public clients write b2cPayment/singleStage/; the portal's own list has this path (P).
  request: (input, context) => ({
    ...send(context, 'POST', '/b2cPayment/', {
      ...moneyFields(context, input),
      input_PaymentItemsDesc: plainWords(`${input.name} ${input.note}`, 'Malipo'),
    }),
    ...(input.held ? { timeoutMs: heldMs } : {}),
  }),
  outcome: (http, input) => readAnswer(http, 'effect', (answer, reply) => readTransfer(answer, reply, input)),
}

export interface Reversal extends Held {
  readonly reference: string
  readonly transaction: string
  /** Minor units. */
  readonly amountMinor: number
}

export const reverse: HttpOperation<Reversal, Accepted> = {
  name: 'reversal',
  request: (input, context) => ({
    ...send(context, 'PUT', '/reversal/', {
      input_ReversalAmount: String(input.amountMinor / 100),
      input_Country: country,
      input_ServiceProviderCode: text(context, 'serviceProviderCode'),
      input_ThirdPartyConversationID: conversationOf(input.reference),
      input_TransactionID: input.transaction,
    }),
    ...(input.held ? { timeoutMs: heldMs } : {}),
  }),
  outcome: (http, input) => readAnswer(http, 'effect', (answer, reply) => readTransfer(answer, reply, input)),
}

interface Question {
  /** A transaction's, a conversation's or our own name. */
  readonly about: string
  /** Where the question's own name begins: 32 characters. */
  readonly asker: string
}

function question({ about, asker }: Question, context: CallContext) {
  // Each question has a name of its own, of at most 40 characters; the time tells two of them apart.
  const name = `${asker.slice(0, 32)}${context.now.toString(36)}`
  const query = new URLSearchParams({
    input_QueryReference: about,
    input_ServiceProviderCode: text(context, 'serviceProviderCode'),
    input_ThirdPartyConversationID: name,
    input_Country: country,
  })
  return {
    method: 'GET' as const,
    url: `${context.baseUrl}/queryTransactionStatus/?${query.toString()}`,
    headers: headersOf(context, context.token ?? ''),
    body: null,
  }
}

/** N/A stands in no table of meanings; that nothing is known is all it says, and it proves nothing. */
function readStatus(answer: Answer): MoneyReading {
  const status = answer.status?.toLowerCase() ?? ''
  const detail = `status ${answer.status ?? 'N/A'}`
  if (status === '') return { state: 'notFound', detail }
  if (answer.reversed) return { state: 'unknown', detail: `${detail}, reversed` }
  if (status === 'completed') return { state: 'completed', receiptCode: answer.original, amountMinor: null }
  if (status === 'cancelled') return { state: 'cancelled', reason: 'customerCancelled', detail }
  if (status === 'expired') return { state: 'expired', reason: 'promptExpired', detail }
  return { state: 'unknown', detail }
}

export const query: HttpOperation<Question, MoneyReading> = {
  name: 'queryTransactionStatus',
  request: question,
  outcome: (http) =>
    readAnswer(http, 'read', (answer, reply): Outcome<MoneyReading> => {
      if (answer.code === 'INS-0' && reply.status >= 300)
        return unclear('read', `HTTP ${reply.status} ${answer.detail}`)
      if (answer.code === 'INS-0') return accepted(readStatus(answer))
      const state = rowOf(answer.code)?.asked
      return state === undefined ? refusal(answer, 'read') : accepted({ state, detail: answer.detail })
    }),
}

/** What stands behind a code. The network says neither amount, nor phone, nor time. */
export function codeReading(reading: MoneyReading): CodeReading {
  if (reading.state === 'notFound') return reading
  if (reading.state === 'unknown' || reading.state === 'processing') {
    return { state: 'unknown', detail: reading.state === 'unknown' ? reading.detail : 'processing' }
  }
  return {
    state: 'found',
    completed: reading.state === 'completed',
    amountMinor: null,
    phone: null,
    paidAt: null,
  }
}
