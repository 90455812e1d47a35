import { expect, test } from 'vitest'
import type { Message } from '../../../src-preload/contract/messaging.ts'
import type { Notice, Payment } from '../../../src-preload/contract/payments.ts'
import type { PrintJob } from '../../../src-preload/contract/printing.ts'
import type { Transfer } from '../../../src-preload/contract/transfers.ts'
import { problemOf } from '../../components/problem.ts'
import { askedPayment } from '../../payment-under-test.ts'
import { askableAgain, mergeTimeLine, nextSteps, statusOf, weakProof } from './time-line.ts'

const message: Message = {
  id: 'm1',
  saleId: 's1',
  channel: 'sms',
  provider: 'africas-talking',
  to: '+255712345678',
  body: 'x',
  attachment: null,
  language: 'sw',
  state: 'queued',
  sending: false,
  reason: null,
  detail: null,
  cost: null,
  segments: 1,
  attempts: 0,
  effectId: 1,
  staffName: null,
  createdAt: 10,
  updatedAt: 10,
}
const payment: Payment = {
  ...askedPayment,
  staffName: 'Asha',
  createdAt: 20,
  promptedAt: 21,
  updatedAt: 21,
}
const job: PrintJob = {
  id: 'j1',
  saleId: 's1',
  purpose: 'receipt',
  copyNumber: 0,
  state: 'printed',
  sending: false,
  reason: null,
  detail: null,
  effectId: 2,
  printerName: 'Kaunta 80',
  staffName: null,
  createdAt: 30,
  updatedAt: 30,
}

const transfer: Transfer = {
  id: 't1',
  kind: 'reversal',
  accountId: 'a1',
  provider: 'mpesa-kenya',
  paymentId: 'p1',
  phone: '+254712345678',
  name: '',
  amountMinor: 100,
  currency: 'KES',
  state: 'processing',
  reason: null,
  detail: null,
  receiptCode: null,
  toldAmount: null,
  needsDecision: false,
  note: 'paid twice',
  staffName: 'Asha',
  approvedByName: 'Neema',
  createdAt: 40,
  updatedAt: 40,
}
const notice: Notice = {
  id: 'n1',
  accountId: 'a1',
  provider: 'mpesa-kenya',
  code: 'QK1',
  amountMinor: 100,
  currency: 'KES',
  phone: null,
  phoneShown: '07** *** 678',
  payerName: 'Neema',
  account: '',
  paidAt: 5,
  receivedAt: 6,
  state: 'waiting',
  paymentId: null,
  note: null,
}
const refusal = { id: 'r1', at: 25, problem: problemOf(new Error('gone')) }

test('everything of a sale stands in one line, newest first, under what is only proposed', () => {
  const items = mergeTimeLine({
    messages: [message],
    payments: [payment],
    jobs: [job],
    transfers: [transfer],
    notices: [notice],
    refusals: [refusal],
  })
  expect(items.map(({ id }) => id)).toEqual(['n1', 't1', 'j1', 'r1', 'p1', 'm1'])
  expect(items.map(statusOf)).toEqual(['noticeWaiting', 'returning', 'printed', null, 'prompted', 'queued'])
  expect(items.map((item) => nextSteps(item, [payment], 100)[0])).toEqual([
    'takeNotice',
    undefined,
    undefined,
    undefined,
    'checkNow',
    'cancel',
  ])
})

function stepsOfMessage(part: Partial<Message>) {
  return nextSteps({ kind: 'message', id: 'm1', at: 0, message: { ...message, ...part } }, [], 100)
}

test('a message offers what helps in its state', () => {
  expect(stepsOfMessage({})).toEqual(['cancel'])
  expect(stepsOfMessage({ attempts: 1, reason: 'throttled' })).toEqual(['cancel'])
  expect(stepsOfMessage({ attempts: 1 })).toEqual([])
  expect(stepsOfMessage({ sending: true })).toEqual([])
  expect(stepsOfMessage({ state: 'delivered' })).toEqual([])
  expect(stepsOfMessage({ state: 'failed', reason: 'recipient' })).toEqual(['retryMessage'])
  expect(stepsOfMessage({ state: 'failed', reason: 'notPaired' })[0]).toBe('linkWhatsApp')
  expect(stepsOfMessage({ state: 'failed', reason: 'notOnWhatsApp' })).toEqual(['sendBySms'])
  expect(stepsOfMessage({ state: 'unknown', reason: 'unknownOutcome' })).toEqual([])
  expect(stepsOfMessage({ state: 'unknown', reason: 'needsDecision' })).toEqual(['decideMessage'])
})

function stepsOfPayment(part: Partial<Payment>, others: Payment[] = []) {
  const one = { ...payment, ...part }
  return nextSteps({ kind: 'payment', id: one.id, at: 0, payment: one }, [one, ...others], 100)
}

test('a payment that may still be answered is never asked again', () => {
  expect(stepsOfPayment({ state: 'pending' })).toEqual([])
  expect(stepsOfPayment({ state: 'prompted' })).toEqual(['checkNow'])
  expect(stepsOfPayment({ state: 'prompted', canAsk: false })).toEqual(['enterCode'])
  expect(stepsOfPayment({ state: 'unknown' })).toEqual(['checkNow', 'enterCode'])
  expect(stepsOfPayment({ state: 'unknown', needsDecision: true })).toEqual(['decidePayment', 'enterCode'])
  expect(stepsOfPayment({ state: 'completed' })).toEqual([])
})

test('a network that cannot be asked is not offered for asking; a typed code needs no second one', () => {
  expect(stepsOfPayment({ state: 'unknown', canAsk: false })).toEqual(['enterCode'])
  expect(stepsOfPayment({ state: 'unknown', origin: 'code', claimedCode: 'QK1' })).toEqual(['checkNow'])
  expect(stepsOfPayment({ state: 'unknown', claimedCode: 'QK1', canAsk: false })).toEqual([])
})

test('money that is too much is settled first, and only a prompt is asked again', () => {
  expect(stepsOfPayment({ state: 'completed', excessMinor: 100 })).toEqual(['writeOffExcess'])
  expect(stepsOfPayment({ state: 'failed', origin: 'code', reason: 'codeNotFound' })).toEqual([])
  const steps = nextSteps(
    { kind: 'transfer', id: 't1', at: 0, transfer: { ...transfer, needsDecision: true } },
    [],
    0,
  )
  expect(steps).toEqual(['decideTransfer'])
})

test('proof is named where it is weaker than the network’s own answer', () => {
  const named = (['query', 'signed', 'reply', 'callback', 'notice', 'statement', 'person'] as const).map(
    (proof) => weakProof({ state: 'completed', proof }),
  )
  expect(named).toEqual([null, null, null, 'callback', 'notice', 'statement', 'person'])
  expect(weakProof({ state: 'unknown', proof: null })).toBeNull()
})

test('only the newest refused payment may be asked again', () => {
  expect(stepsOfPayment({ state: 'failed', reason: 'wrongPin' })).toEqual(['askAgain'])
  const newer: Payment = { ...payment, id: 'p2', createdAt: 90 }
  expect(stepsOfPayment({ state: 'failed' }, [newer])).toEqual([])
  expect(askableAgain([{ ...payment, state: 'failed' }, newer])).toBeNull()
  expect(askableAgain([payment, { ...newer, state: 'expired' }])?.id).toBe('p2')
  expect(askableAgain([])).toBeNull()
})

test('an unsure print asks whether the paper came out', () => {
  const steps = (part: Partial<PrintJob>) =>
    nextSteps({ kind: 'print', id: 'j1', at: 0, job: { ...job, ...part } }, [], 100)
  expect(steps({ state: 'unknown', reason: 'paperUnsure' })).toEqual(['paperYes', 'paperNo'])
  expect(steps({ purpose: 'copy', state: 'unknown' })).toEqual(['paperYes', 'paperNo'])
  expect(steps({ purpose: 'ticket', state: 'unknown' })).toEqual(['paperYes', 'paperAgain'])
  expect(steps({ state: 'failed' })).toEqual(['retryPrint'])
  expect(steps({ state: 'cancelled' })).toEqual(['retryPrint'])
  expect(steps({ state: 'queued', reason: 'noPaper' })).toEqual(['cancel'])
  expect(steps({})).toEqual([])
})

test('what a person said did not come is never sent a second time, and what waited too long only when asked', () => {
  const steps = (part: Partial<PrintJob>) =>
    nextSteps({ kind: 'print', id: 'j1', at: 0, job: { ...job, ...part } }, [], 100)
  expect(steps({ state: 'failed', reason: 'personDecided' })).toEqual([])
  expect(steps({ state: 'cancelled', reason: 'replaced' })).toEqual([])
  expect(steps({ state: 'failed', reason: 'deadlinePassed' })).toEqual(['printNow'])
})

test('a drawer is asked about, and never opened late', () => {
  const steps = (part: Partial<PrintJob>) =>
    nextSteps({ kind: 'print', id: 'j1', at: 0, job: { ...job, purpose: 'drawer', ...part } }, [], 100)
  expect(steps({ state: 'unknown' })).toEqual(['drawerYes', 'drawerNo'])
  expect(steps({ state: 'unknown', reason: 'drawerUnsure' })).toEqual([])
  expect(steps({ state: 'failed', reason: 'deadlinePassed' })).toEqual([])
  expect(steps({ state: 'cancelled' })).toEqual([])
  expect(steps({ state: 'printed' })).toEqual([])
})

test('a paper that nobody is sure of stands on top until it is settled', () => {
  const none = { messages: [message], payments: [payment], transfers: [], notices: [], refusals: [] }
  const old: PrintJob = { ...job, id: 'j0', createdAt: 1 }
  const order = (jobs: PrintJob[]) => mergeTimeLine({ ...none, jobs }).map(({ id }) => id)
  expect(order([{ ...old, state: 'unknown' }, job])).toEqual(['j0', 'j1', 'p1', 'm1'])
  expect(order([old, job]).at(-1)).toBe('j0')
})
