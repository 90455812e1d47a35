import { cleanup, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { openPage, recordedSale } from '../../page-under-test.tsx'
import TodaySide from './today.tsx'

afterEach(cleanup)

test('the day is told as main counts it, not as far as the list goes', async () => {
  const sold = { ...recordedSale, recordedAt: Date.now() }
  await openPage(<TodaySide />, {
    'sales.list': () => ({ rows: [sold], cursor: 'more' }),
    'sales.today': () => ({ count: 231, sums: [{ currency: 'TZS', totalMinor: 987_654_300 }] }),
    'outbox.list': () => ({ rows: [], cursor: null }),
  })
  await screen.findByText(/231/)
  await screen.findByText(/9,876,543/)
  expect(screen.getAllByText(/000001/)).toHaveLength(1)
})
