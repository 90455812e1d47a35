import { act, cleanup, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Payment } from '../../../src-preload/contract/payments.ts'
import { askedPayment, openPage, recordedSale } from '../../page-under-test.tsx'
import { StateBlock } from './state-block.tsx'

const began = 1_760_000_000_000

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'], now: began + 12_000 })
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

async function show(payment: Partial<Payment>, dueMinor = 640_000) {
  const workspace = { dueMinor, history: { payments: [{ ...askedPayment, ...payment }] } }
  const sale = dueMinor === 0 ? { ...recordedSale, paidMinor: 640_000 } : recordedSale
  await openPage(<StateBlock sale={sale} workspace={workspace} />)
}
const pass = (ms: number) =>
  act(() => {
    vi.advanceTimersByTime(ms)
  })
const word = () => screen.getByTestId('sale-state').querySelector('.sale-state-word')?.textContent
const clock = () => screen.getByTestId('sale-state').querySelector('.sale-state-clock')?.textContent

test('while the customer is asked the block says WAITING and for how long, second by second', async () => {
  await show({})
  expect([word(), clock()]).toEqual(['◔ WAITING', '0:12'])
  pass(1_000)
  expect(clock()).toBe('0:13')
  pass(60_000)
  expect(clock()).toBe('1:13')
})

test('what nobody is sure of counts on too', async () => {
  await show({ state: 'unknown' })
  expect([word(), clock()]).toEqual(['? NOT SURE', '0:12'])
})

test.each([
  [{ state: 'completed' }, 0, '● PAID'],
  [{ state: 'failed', reason: 'insufficientFunds' }, 640_000, '✕ NOT PAID'],
] as const)('%o says so with the time at which it ended, which stands still', async (payment, due, said) => {
  await show(payment, due)
  expect([word(), clock()]).toEqual([said, '11:53'])
  pass(60_000)
  expect(clock()).toBe('11:53')
})
