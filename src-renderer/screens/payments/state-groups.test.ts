import { expect, test } from 'vitest'
import { paymentStateSchema } from '../../../src-preload/contract/payments.ts'
import { groupNames, groupTotals, stateGroups } from './state-groups.ts'

test('each state of a payment is in exactly one group', () => {
  const grouped = groupNames.flatMap((name) => [...stateGroups[name].states])
  expect(grouped.toSorted()).toEqual([...paymentStateSchema.options].toSorted())
})

test('totals add up by group, never across currencies', () => {
  const totals = groupTotals([
    { state: 'failed', currency: 'TZS', count: 2, sumMinor: 300 },
    { state: 'expired', currency: 'TZS', count: 1, sumMinor: 50 },
    { state: 'completed', currency: 'TZS', count: 3, sumMinor: 900 },
    { state: 'completed', currency: 'KES', count: 1, sumMinor: 70 },
  ])
  expect(totals.notPaid).toEqual({ count: 3, sums: [{ currency: 'TZS', sumMinor: 350 }] })
  expect(totals.paid.count).toBe(4)
  expect(totals.paid.sums).toEqual([
    { currency: 'TZS', sumMinor: 900 },
    { currency: 'KES', sumMinor: 70 },
  ])
  expect(totals.unknown).toEqual({ count: 0, sums: [] })
})
