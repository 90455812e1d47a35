import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { openPage } from '../page-under-test.tsx'
import { useFieldWords } from './field-words.ts'

afterEach(cleanup)

function Form() {
  useFieldWords()
  return (
    <form aria-label="form">
      <input aria-label="name" required />
      <input aria-label="address" type="email" />
    </form>
  )
}

const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name)
const judge = (name: string) => field(name).checkValidity()
/** What the browser would put in its bubble; empty where it has nothing to say. */
const bubble = (name: string) => field(name).validationMessage

test.each([
  ['en', 'Fill this in.', 'This is not written as it should be.'],
  ['sw', 'Jaza hapa.', 'Hapa hapajaandikwa inavyotakiwa.'],
] as const)('a bubble never speaks the browser’s own words: %s', async (language, missing, badForm) => {
  await openPage(<Form />, {}, language)
  judge('name')
  expect(bubble('name')).toBe(missing)
  fireEvent.input(field('name'), { target: { value: 'Neema' } })
  expect(judge('name')).toBe(true)
  expect(bubble('name')).toBe('')

  fireEvent.input(field('address'), { target: { value: 'no address' } })
  judge('address')
  expect(bubble('address')).toBe(badForm)
  fireEvent.input(field('address'), { target: { value: 'neema@example.com' } })
  expect(judge('address')).toBe(true)
})

test('a field that judges itself keeps its own word', async () => {
  await openPage(<Form />)
  field('name').setCustomValidity('Of its own')
  judge('name')
  expect(bubble('name')).toBe('Of its own')
})
