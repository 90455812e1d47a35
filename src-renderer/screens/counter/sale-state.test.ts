import { expect, test } from 'vitest'
import type { Payment } from '../../../src-preload/contract/payments.ts'
import type { Sale } from '../../../src-preload/contract/receipts.ts'
import { askedPayment } from '../../payment-under-test.ts'
import { saleStateOf } from './sale-state.ts'

const sale: Sale = {
  id: 's1',
  number: 7,
  tillId: '1',
  state: 'recorded',
  source: 'counter',
  customer: { phone: null, name: null },
  currency: 'TZS',
  lines: [],
  totalMinor: 100,
  tenders: [],
  paidMinor: 0,
  owed: null,
  fiscal: null,
  staffName: null,
  posNumber: null,
  soldAt: null,
  recordedAt: 1,
  createdAt: 1,
  updatedAt: 5,
}
const payment: Payment = {
  ...askedPayment,
  saleNumber: 7,
  createdAt: 2,
  promptedAt: 3,
  updatedAt: 4,
}
const owed = { amountMinor: 100, note: 'comes back', staffName: 'Asha' }

test.each([
  ['nothing was asked', sale, [], 100, 'open'],
  ['the phone is asked', sale, [payment], 100, 'waiting'],
  ['nobody knows', sale, [{ ...payment, state: 'unknown' }], 100, 'notSure'],
  [
    'the network knows no such code',
    sale,
    [{ ...payment, state: 'unknown', reason: 'codeNotFound' }],
    100,
    'codeUnknown',
  ],
  ['refused', sale, [{ ...payment, state: 'failed', reason: 'wrongPin' }], 100, 'notPaid'],
  [
    'refused, then asked again',
    sale,
    [
      { ...payment, state: 'failed' },
      { ...payment, id: 'p2' },
    ],
    100,
    'waiting',
  ],
  ['refused, then paid', { ...sale, paidMinor: 100 }, [{ ...payment, state: 'failed' }], 0, 'paid'],
  ['paid by phone', { ...sale, paidMinor: 100 }, [{ ...payment, state: 'completed' }], 0, 'paid'],
  ['left owing', { ...sale, state: 'finished', owed }, [], 100, 'owed'],
  ['left owing, and asked now', { ...sale, state: 'finished', owed }, [payment], 100, 'waiting'],
  ['free of charge is not paid', { ...sale, totalMinor: 0 }, [], 0, 'open'],
] as const)('%s', (_what, shown, payments, dueMinor, kind) => {
  expect(saleStateOf(shown, payments, dueMinor).kind).toBe(kind)
})
