import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { ConnectionLost } from '../../connection.ts'
import { type Answers, moneyNetwork, openPage } from '../../page-under-test.tsx'
import { PayOutDialog } from './pay-out-dialog.tsx'

afterEach(cleanup)

const field = (name: string) =>
  screen.getByLabelText<HTMLInputElement>((label) => label.startsWith(name), { selector: 'input' })
const type = (name: string, value: string) => fireEvent.change(field(name), { target: { value } })
const enter = () => fireEvent.submit(screen.getByRole('form', { name: 'Pay to a phone' }))

async function open(payOut: Answers[string]) {
  let closed = 0
  await openPage(<PayOutDialog networks={[moneyNetwork]} onClose={() => (closed += 1)} />, {
    'transfers.payOut': payOut,
  })
  return { timesClosed: () => closed }
}

function fill(): void {
  type('Phone of the receiver', '0712345678')
  type('Amount', '5000')
  type('Why?', 'Wages')
  type('Manager’s PIN', '2580')
}

test('a pay-out whose call was cut goes again under the same id, with PIN and Enter; another one has its own', async () => {
  const asked: unknown[] = []
  const { timesClosed } = await open((input) => {
    asked.push(input)
    if (asked.length === 1) throw new ConnectionLost()
    return {}
  })
  fill()
  enter()
  await screen.findByText(/The connection to Kaunta was lost/)
  expect(field('Manager’s PIN').value).toBe('')
  enter()
  expect(asked).toHaveLength(1)
  type('Manager’s PIN', '2580')
  enter()
  await waitFor(() => expect(timesClosed()).toBe(1))
  expect(asked).toHaveLength(2)
  expect(asked[0]).toMatchObject({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), phone: '0712345678' })
  expect(asked[1]).toEqual(asked[0])

  cleanup()
  await open((input) => asked.push(input))
  fill()
  enter()
  await waitFor(() => expect(asked).toHaveLength(3))
  expect(asked[2]).not.toMatchObject({ id: Reflect.get(Object(asked[0]), 'id') })
})

test('an amount that was refused loses its red once it is corrected', async () => {
  await open(() => ({}))
  type('Amount', '10')
  expect(field('Amount').getAttribute('aria-invalid')).toBe('true')
  type('Amount', '5000')
  expect(field('Amount').getAttribute('aria-invalid')).not.toBe('true')
})

test('no reason stands there before somebody gave one, and Enter alone sends nothing', async () => {
  const asked: unknown[] = []
  await open((input) => asked.push(input))
  expect(field('Why?').value).toBe('')
  type('Phone of the receiver', '0712345678')
  type('Amount', '5000')
  type('Manager’s PIN', '2580')
  enter()
  await screen.findByText('Say why, in a few words.')
  expect(asked).toEqual([])
})
