import { expect, test } from 'vitest'
import {
  effectStatus,
  messageStatus,
  noticeStatus,
  paymentStatus,
  printStatus,
  reconciliationStatus,
  statuses,
  transferStatus,
} from './status.ts'

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
  [{ state: 'unknown', reason: 'codeUnproved', needsDecision: false, origin: 'code' }, 'codeUnproved'],
  [{ state: 'unknown', reason: null, needsDecision: false, claimedCode: 'QK1' }, 'codeUnproved'],
  [{ state: 'unknown', reason: null, needsDecision: true, claimedCode: 'QK1' }, 'needsDecision'],
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
  [{ state: 'queued', sending: false, reason: 'cutterError' }, 'knifeStuck'],
  [{ state: 'queued', sending: false, reason: 'printerHot' }, 'printerHot'],
  [{ state: 'queued', sending: false, reason: 'printerFault' }, 'printerFault'],
  [{ state: 'queued', sending: false, reason: 'printerForbidden' }, 'printerForbidden'],
  [{ state: 'failed', sending: false, reason: 'deadlinePassed' }, 'waitedTooLong'],
  [{ state: 'failed', sending: false, reason: 'personDecided' }, 'paperMissing'],
  [{ state: 'cancelled', sending: false, reason: 'personDecided' }, 'paperMissing'],
  [{ state: 'cancelled', sending: false, reason: 'replaced' }, 'replaced'],
  [{ state: 'cancelled', sending: false, reason: 'cancelledHere' }, 'cancelledHere'],
  [{ state: 'printed', sending: false, reason: null, purpose: 'drawer' }, 'drawerOpened'],
  [{ state: 'unknown', sending: false, reason: 'paperUnsure', purpose: 'drawer' }, 'drawerUnsure'],
  [{ state: 'failed', sending: false, reason: 'deadlinePassed', purpose: 'drawer' }, 'drawerShut'],
  [{ state: 'queued', sending: true, reason: null, purpose: 'drawer' }, 'sending'],
  [{ state: 'printed', sending: false, reason: null, purpose: 'ticket' }, 'printed'],
] as const)('print job %o is %s', (job, status) => {
  expect(printStatus(job)).toBe(status)
})

test.each([
  [{ kind: 'reversal', state: 'pending', needsDecision: false }, 'returning'],
  [{ kind: 'reversal', state: 'unknown', needsDecision: true }, 'needsDecision'],
  [{ kind: 'reversal', state: 'completed', needsDecision: false }, 'returned'],
  [{ kind: 'reversal', state: 'failed', needsDecision: false }, 'notReturned'],
  [{ kind: 'payout', state: 'processing', needsDecision: false }, 'payingOut'],
  [{ kind: 'payout', state: 'completed', needsDecision: false }, 'paidOut'],
  [{ kind: 'payout', state: 'failed', needsDecision: false }, 'notPaidOut'],
] as const)('transfer %o is %s', (transfer, status) => {
  expect(transferStatus(transfer)).toBe(status)
})

test('a customer’s own payment waits, belongs to a sale, or is set aside', () => {
  const states = (['waiting', 'matched', 'setAside'] as const).map((state) => noticeStatus({ state }))
  expect(states).toEqual(['noticeWaiting', 'noticeMatched', 'noticeAside'])
})

test('a comparison runs, then agrees or differs until all is settled', () => {
  expect(reconciliationStatus({ endedAt: null, open: 0 })).toBe('comparing')
  expect(reconciliationStatus({ endedAt: 5, open: 2 })).toBe('differs')
  expect(reconciliationStatus({ endedAt: 5, open: 0 })).toBe('agrees')
})

test('the outbox uses the words of what it sends', () => {
  expect(effectStatus({ kind: 'print', state: 'unknown', reason: null, needsDecision: true })).toBe(
    'paperUnsure',
  )
  expect(effectStatus({ kind: 'message', state: 'unknown', reason: null, needsDecision: true })).toBe(
    'needsDecision',
  )
  expect(
    effectStatus({ kind: 'print', state: 'failed', reason: 'deadlinePassed', needsDecision: false }),
  ).toBe('waitedTooLong')
  expect(effectStatus({ kind: 'message', state: 'failed', reason: 'recipient', needsDecision: false })).toBe(
    'failed',
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
