import { expect, test } from 'vitest'
import { effectStatus, messageStatus, paymentStatus, printStatus, statuses } from './status.ts'

test.each([
  [{ state: 'queued', sending: false, reason: null }, 'queued'],
  [{ state: 'queued', sending: false, reason: 'offline' }, 'heldOffline'],
  [{ state: 'queued', sending: true, reason: null }, 'sending'],
  [{ state: 'unknown', sending: false, reason: 'unknownOutcome' }, 'unknown'],
  [{ state: 'unknown', sending: false, reason: 'needsDecision' }, 'needsDecision'],
  [{ state: 'read', sending: false, reason: null }, 'read'],
  [{ state: 'failed', sending: false, reason: 'recipient' }, 'failed'],
  [{ state: 'cancelled', sending: false, reason: 'cancelledHere' }, 'cancelledHere'],
] as const)('message %o is %s', (message, status) => {
  expect(messageStatus(message)).toBe(status)
})

test.each([
  [{ state: 'pending', reason: null, needsDecision: false }, 'asking'],
  [{ state: 'prompted', reason: null, needsDecision: false }, 'prompted'],
  [{ state: 'unknown', reason: 'unknownOutcome', needsDecision: false }, 'unknown'],
  [{ state: 'unknown', reason: 'unknownOutcome', needsDecision: true }, 'needsDecision'],
  [{ state: 'completed', reason: null, needsDecision: false }, 'paid'],
  [{ state: 'failed', reason: 'wrongPin', needsDecision: false }, 'wrongPin'],
  [{ state: 'failed', reason: 'insufficientFunds', needsDecision: false }, 'noMoney'],
  [{ state: 'failed', reason: 'credentials', needsDecision: false }, 'notPaid'],
  [{ state: 'cancelled', reason: 'customerCancelled', needsDecision: false }, 'cancelledByCustomer'],
  [{ state: 'expired', reason: null, needsDecision: false }, 'noAnswer'],
  [{ state: 'reversed', reason: null, needsDecision: false }, 'reversed'],
] as const)('payment %o is %s', (payment, status) => {
  expect(paymentStatus(payment)).toBe(status)
})

test.each([
  [{ state: 'queued', sending: false, reason: 'noPaper' }, 'noPaper'],
  [{ state: 'queued', sending: false, reason: null }, 'queuedPrint'],
  [{ state: 'unknown', sending: false, reason: 'paperUnsure' }, 'paperUnsure'],
  [{ state: 'printed', sending: false, reason: null }, 'printed'],
  [{ state: 'failed', sending: false, reason: 'printerOffline' }, 'printerSilent'],
] as const)('print job %o is %s', (job, status) => {
  expect(printStatus(job)).toBe(status)
})

test('the outbox uses the words of what it sends', () => {
  expect(effectStatus({ kind: 'print', state: 'unknown', reason: null, needsDecision: true })).toBe(
    'paperUnsure',
  )
  expect(effectStatus({ kind: 'message', state: 'unknown', reason: null, needsDecision: true })).toBe(
    'needsDecision',
  )
  expect(effectStatus({ kind: 'message', state: 'leased', reason: null, needsDecision: false })).toBe(
    'sending',
  )
})

test('not sure and needs a decision are amber, and red is kept for what needs a person', () => {
  expect(statuses.unknown.tone).toBe('amber')
  expect(statuses.needsDecision.tone).toBe('amber')
  expect(statuses.paperUnsure.tone).toBe('amber')
  expect(statuses.cancelledByCustomer.tone).toBe('grey')
  expect(statuses.failed.tone).toBe('red')
})
