import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { UnreadReport } from '../../../src-preload/contract/payments.ts'
import { openPage, recordedSale } from '../../page-under-test.tsx'
import { SettleReport } from './report-settle.tsx'

afterEach(cleanup)

const report: UnreadReport = {
  id: 'r1',
  accountId: 'a1',
  provider: 'mpesa-tz',
  why: 'unreadable',
  body: '<paid><sum>six thousand</sum></paid>',
  receivedAt: 1_760_000_000_000,
  state: 'waiting',
  note: null,
}

/** What main is asked, once the form was filled and sent. */
async function settle(chosen: 'match' | 'setAside', fill: () => void): Promise<unknown[]> {
  const asked: unknown[] = []
  const keep = (name: string) => (input: unknown) => asked.push([name, input])
  await openPage(<SettleReport report={report} chosen={chosen} onChoose={() => {}} onDone={() => {}} />, {
    'sales.list': () => ({ rows: [recordedSale], cursor: null }),
    'unreadReports.give': keep('give'),
    'unreadReports.setAside': keep('setAside'),
  })
  // The network's words stand there as they came, for a person to read.
  await screen.findByText(report.body)
  fireEvent.change(screen.getByLabelText('Note: what did you see?'), { target: { value: 'Read it' } })
  fill()
  fireEvent.submit(screen.getByRole('form'))
  await waitFor(() => expect(asked).toHaveLength(1))
  return asked
}

test('a report that nobody could read is given to a sale, with the amount and the code as they stand there', async () => {
  const asked = await settle('match', () => {
    fireEvent.change(screen.getByLabelText('Amount'), { target: { value: '6,400' } })
    fireEvent.change(screen.getByRole('textbox', { name: /code/i }), { target: { value: 'SGL61H9X2K' } })
  })
  const given = { id: 'r1', note: 'Read it', saleId: 's1', amountMinor: 640_000, receiptCode: 'SGL61H9X2K' }
  expect(asked).toEqual([['give', given]])
})

test('or set aside, with what was seen', async () => {
  const asked = await settle('setAside', () => {})
  expect(asked).toEqual([['setAside', { id: 'r1', note: 'Read it' }]])
})
