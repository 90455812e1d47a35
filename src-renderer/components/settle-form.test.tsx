import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { Transfer } from '../../src-preload/contract/transfers.ts'
import { askedPayment, openPage } from '../page-under-test.tsx'
import { DecidePayment } from '../screens/counter/decide-dialog.tsx'
import { SettleTransfer } from '../screens/payments/transfer-settle.tsx'

afterEach(cleanup)

const unknown = { ...askedPayment, state: 'unknown', needsDecision: true } as const
const payout: Transfer = {
  id: 't1',
  kind: 'payout',
  accountId: 'a1',
  provider: 'mpesa-tz',
  paymentId: null,
  phone: '+255712345678',
  name: '',
  amountMinor: 500_000,
  currency: 'TZS',
  state: 'unknown',
  reason: null,
  detail: null,
  receiptCode: null,
  toldAmount: null,
  needsDecision: true,
  note: 'Wages',
  staffName: null,
  approvedByName: null,
  createdAt: 1_760_000_000_000,
  updatedAt: 1_760_000_000_000,
}

const note = () => screen.getByLabelText<HTMLInputElement>('Note: what did you see?')
const ticked = (group: string) =>
  [...screen.getByRole('radiogroup', { name: group }).querySelectorAll('input')].filter(
    ({ checked }) => checked,
  )
const enter = () => fireEvent.submit(screen.getByRole('form'))

/** What a hasty Enter finds: no outcome, no note, nothing to send. */
async function expectNothingFilled(label: string, asked: readonly unknown[]): Promise<void> {
  fireEvent.click(screen.getByRole('radio', { name: (name) => name.startsWith(label) }))
  expect(note().value).toBe('')
  expect(ticked('Ready-made notes')).toEqual([])
  expect(document.querySelector<HTMLButtonElement>('button[type="submit"]')?.disabled).toBe(true)
  enter()
  await Promise.resolve()
  expect(asked).toEqual([])
}

test.each(['It was paid', 'It was not paid'])(
  'a payment: “%s” has no evidence before somebody gave it',
  async (label) => {
    const asked: unknown[] = []
    await openPage(<DecidePayment payment={unknown} onClose={() => {}} />, {
      'payments.decide': (input) => asked.push(input),
    })
    expect(screen.queryByRole('radio', { checked: true })).toBeNull()
    await expectNothingFilled(label, asked)
    fireEvent.change(note(), { target: { value: 'Saw it on his phone' } })
    enter()
    await waitFor(() => expect(asked).toHaveLength(1))
    expect(asked[0]).toMatchObject({ id: 'p1', note: 'Saw it on his phone' })
  },
)

test('what was given for one outcome is not evidence for the other', async () => {
  await openPage(<DecidePayment payment={unknown} onClose={() => {}} />)
  fireEvent.click(screen.getByRole('radio', { name: (name) => name.startsWith('It was paid') }))
  fireEvent.change(note(), { target: { value: 'Saw it on his phone' } })
  await expectNothingFilled('It was not paid', [])
})

test.each(['done', 'notDone'] as const)('a pay-out: “%s” has none either', async (outcome) => {
  const asked: unknown[] = []
  await openPage(
    <SettleTransfer transfer={payout} chosen={outcome} onChoose={() => {}} onDone={() => {}} />,
    { 'transfers.decide': (input) => asked.push(input) },
  )
  expect(note().value).toBe('')
  expect(ticked('Ready-made notes')).toEqual([])
  fireEvent.change(screen.getByLabelText('Manager’s PIN'), { target: { value: '2580' } })
  enter()
  await Promise.resolve()
  expect(asked).toEqual([])
})
