import { cleanup, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { Sale, Tender } from '../../../src-preload/contract/receipts.ts'
import { openPage, recordedSale } from '../../page-under-test.tsx'
import { Trace } from './trace.tsx'

afterEach(cleanup)

const tender: Tender = {
  kind: 'mobileMoney',
  amountMinor: 640_000,
  receiptCode: 'QWE123RTY4',
  paymentId: 'p1',
  network: 'M-Pesa',
  reversedMinor: 0,
  givenMinor: null,
}
const paid: Sale = { ...recordedSale, state: 'finished', tenders: [tender], paidMinor: 640_000 }
const line = () => screen.getByTestId('last-sale')
/** An amount never breaks between its currency and its figures. */
const words = () => line().textContent.replaceAll('\u00A0', ' ')

test('a sale that is done leaves one line: its number, how it was paid, how much, and the key that prints it again', async () => {
  await openPage(<Trace workspace={{ last: { sale: paid, cash: null } }} reprints />)
  expect(words()).toBe('Last: 000001 · PAID M-Pesa · TZS 6,400 · F8 prints it again')
  expect(line().querySelector('a')?.getAttribute('href')).toBe('/sale/s1')
})

test('while the next sale has items, no key is promised that would print that one', async () => {
  await openPage(<Trace workspace={{ last: { sale: paid, cash: null } }} reprints={false} />)
  expect(words()).toBe('Last: 000001 · PAID M-Pesa · TZS 6,400')
})

test('one that was left owing never says that it was paid, and tells what is owed', async () => {
  const owed = { amountMinor: 140_000, note: 'Comes back', staffName: null }
  await openPage(
    <Trace workspace={{ last: { sale: { ...paid, tenders: [], owed }, cash: null } }} reprints={false} />,
  )
  expect(words()).toBe('Last: 000001 · OWED · TZS 1,400')
})
