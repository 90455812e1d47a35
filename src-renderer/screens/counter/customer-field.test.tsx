import { cleanup, screen } from '@testing-library/react'
import { createRef } from 'react'
import { afterEach, expect, test } from 'vitest'
import { openPage } from '../../page-under-test.tsx'
import { CustomerField } from './customer-field.tsx'

afterEach(cleanup)

const nothing = () => {}

async function show(error: string | null, language: 'en' | 'sw' = 'en') {
  await openPage(
    <CustomerField
      phone="0712 345 678"
      name=""
      inputRef={createRef()}
      error={error}
      onPhone={nothing}
      onName={nothing}
      onPick={nothing}
      onPicking={nothing}
      onDone={nothing}
      first={false}
      onItem={null}
    />,
    {
      'customers.readPhone': () => ({
        phone: '+255712345678',
        national: '0712 345 678',
        country: 'TZ',
        networkGuess: 'yas',
      }),
      'customers.search': () => [],
    },
    language,
  )
}

test.each([
  ['en', 'likely '],
  ['sw', 'huenda '],
] as const)('the network of a number is told as the guess that it is: %s', async (language, likely) => {
  await show(null, language)
  const note = await screen.findByText(new RegExp(`^${likely}`))
  expect(note.textContent).not.toContain('?')
})

test('is red for as long as something is said against its number, and no longer', async () => {
  await show('This is no number.')
  const field = () => screen.getByTestId('sale-number').getAttribute('aria-invalid')
  expect(field()).toBe('true')
  cleanup()
  await show(null)
  expect(field()).not.toBe('true')
})
