import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { openPage } from '../../page-under-test.tsx'
import type { EnteredLine } from './line-entry.ts'
import { LineForm } from './line-form.tsx'

afterEach(cleanup)

async function open(): Promise<readonly EnteredLine[]> {
  const taken: EnteredLine[] = []
  await openPage(<LineForm onLine={(line) => taken.push(line)} roomMinor={1_000_000_000_000} />)
  return taken
}
const item = () => screen.getByLabelText<HTMLInputElement>('Item')
const type = (value: string) => fireEvent.change(item(), { target: { value } })
const reading = () => document.querySelector('.line-reading')
const enter = () => fireEvent.submit(item())

test.each([
  ['Sukari 2 x 3200', 'Sukari: 2 × 3,200 = 6,400'],
  ['Sukari 1/2 x 3200', 'Sukari: 0.5 × 3,200 = 1,600'],
  ['Maziwa 1500', 'Maziwa: 1 × 1,500 = 1,500'],
  ['Nyama 1.5kg x 12000', 'Nyama (kg): 1.5 kg × 12,000 = 18,000'],
  ['Sukari 2 x 3200 -400', 'Sukari: 2 × 3,200 − 400 = 6,000'],
])(
  '%j shows what was understood before Enter takes it, also where there is no doubt',
  async (typed, read) => {
    const taken = await open()
    type(typed)
    expect(reading()?.textContent).toBe(read)
    expect(reading()?.querySelector('.tone-amber')).toBeNull()
    expect(taken).toEqual([])
    enter()
    expect(taken).toHaveLength(1)
    expect(reading()?.textContent).toBe('')
  },
)

test('where a line can be read in two ways the doubt stands beside the reading, not in its place', async () => {
  await open()
  type('Sukari 2 x 3.200')
  expect(reading()?.textContent).toContain('Sukari: 2 × 3,200 = 6,400')
  expect(reading()?.querySelector('.tone-amber')?.textContent).not.toBe('')
})

test('what was refused is red until it is corrected', async () => {
  const taken = await open()
  type('Sukari')
  enter()
  const price = screen.getByLabelText('Price')
  price.focus()
  enter()
  expect(price.getAttribute('aria-invalid')).toBe('true')
  fireEvent.change(price, { target: { value: '3200' } })
  expect(price.getAttribute('aria-invalid')).not.toBe('true')
  expect(screen.queryByRole('alert')).toBeNull()
  enter()
  expect(taken).toHaveLength(1)
})
