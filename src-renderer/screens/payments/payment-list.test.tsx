import { cleanup, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { askedPayment, openPage } from '../../page-under-test.tsx'
import { PaymentList } from './payment-list.tsx'

afterEach(cleanup)

test('the amounts are the last column of every row', async () => {
  await openPage(<PaymentList id={undefined} />, {
    'payments.list': () => ({
      rows: [
        askedPayment,
        {
          ...askedPayment,
          id: 'p2',
          amountMinor: 1_234_567_800,
          receiptCode: 'QWE123RTY4',
          excessMinor: 100,
        },
        { ...askedPayment, id: 'p3', amountMinor: 50_000, phone: null, state: 'unknown' },
      ],
      cursor: null,
    }),
    'payments.totals': () => [],
  })
  await screen.findByText(/12,345,678/)
  const rows = [...document.querySelectorAll('.payment-row')]
  expect(rows).toHaveLength(3)
  for (const row of rows) {
    const amount = row.lastElementChild
    if (amount === null) throw new Error('a row of nothing')
    expect(amount.textContent).toMatch(/^TZS\s[\d,]+$/)
    // Its style sets it right; the end-to-end test measures that.
    expect(amount.className).toBe('payment-amount')
    // As many columns in each row, so that the last one is the same.
    expect(row.children).toHaveLength(6)
  }
})
