import { expect, test } from 'vitest'
import type { Message } from '../../../src-preload/contract/messaging.ts'
import type { Payment } from '../../../src-preload/contract/payments.ts'
import type { PrintJob } from '../../../src-preload/contract/printing.ts'
import { problemOf } from '../../components/problem.ts'
import { askableAgain, mergeTimeLine, nextSteps, statusOf } from './time-line.ts'

const message: Message = {
  id: 'm1',
  saleId: 's1',
  channel: 'sms',
  provider: 'africas-talking',
  to: '+255712345678',
  body: 'x',
  language: 'sw',
  state: 'queued',
  sending: false,
  reason: null,
  detail: null,
  cost: null,
  segments: 1,
  attempts: 0,
  effectId: 1,
  createdAt: 10,
  updatedAt: 10,
}
const payment: Payment = {
  id: 'p1',
  saleId: 's1',
  provider: 'mpesa-kenya',
  accountId: 'a1',
  phone: '+254712345678',
  amountMinor: 100,
  currency: 'KES',
  state: 'prompted',
  reason: null,
  detail: null,
  receiptCode: null,
  needsDecision: false,
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
  createdAt: 30,
  updatedAt: 30,
}

test('everything of a sale stands in one line, newest first', () => {
  const refusal = { id: 'r1', at: 25, problem: problemOf(new Error('gone')) }
  const items = mergeTimeLine({ messages: [message], payments: [payment], jobs: [job], refusals: [refusal] })
  expect(items.map(({ id }) => id)).toEqual(['j1', 'r1', 'p1', 'm1'])
  expect(items.map(statusOf)).toEqual(['printed', null, 'prompted', 'queued'])
})

function stepsOfMessage(part: Partial<Message>) {
  return nextSteps({ kind: 'message', id: 'm1', at: 0, message: { ...message, ...part } }, [])
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
  return nextSteps({ kind: 'payment', id: one.id, at: 0, payment: one }, [one, ...others])
}

test('a payment that may still be answered is never asked again', () => {
  expect(stepsOfPayment({ state: 'pending' })).toEqual([])
  expect(stepsOfPayment({ state: 'prompted' })).toEqual(['checkNow'])
  expect(stepsOfPayment({ state: 'unknown' })).toEqual(['checkNow'])
  expect(stepsOfPayment({ state: 'unknown', needsDecision: true })).toEqual(['decidePayment'])
  expect(stepsOfPayment({ state: 'completed' })).toEqual([])
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
    nextSteps({ kind: 'print', id: 'j1', at: 0, job: { ...job, ...part } }, [])
  expect(steps({ state: 'unknown', reason: 'paperUnsure' })).toEqual(['paperYes', 'paperNo'])
  expect(steps({ state: 'failed' })).toEqual(['retryPrint'])
  expect(steps({ state: 'queued', reason: 'noPaper' })).toEqual(['cancel'])
  expect(steps({})).toEqual([])
})
