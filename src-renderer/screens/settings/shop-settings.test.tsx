import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { ManagerWordProvider } from '../../components/approved-call.tsx'
import { openPage, shop } from '../../page-under-test.tsx'
import { ShopSettings } from './shop-settings.tsx'

afterEach(cleanup)

async function nameField(language: 'en' | 'sw' = 'en') {
  await openPage(
    <ManagerWordProvider>
      <ShopSettings />
    </ManagerWordProvider>,
    {},
    language,
  )
  return screen.findByDisplayValue<HTMLInputElement>('Duka la Neema')
}

/** What stands below the field for whoever types there. */
const hintOf = (field: HTMLElement) =>
  (field.getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map((id) => document.getElementById(id)?.textContent ?? '')
    .join('')

test.each([
  ['Duka la Ng´ombe', "In SMS: Duka la Ng'ombe"],
  ['Duka la Ngʼombe', "In SMS: Duka la Ng'ombe"],
  ['«Neema»', 'In SMS: "Neema"'],
  ['Duka\u200B la Neema', 'In SMS: Duka la Neema'],
])('the name %j is told as an SMS will bear it', async (typed, hint) => {
  const field = await nameField()
  expect(hintOf(field)).toBe('')
  fireEvent.change(field, { target: { value: typed } })
  expect(hintOf(field)).toBe(hint)
  fireEvent.change(field, { target: { value: 'Duka' } })
  expect(hintOf(field)).toBe('')
})

test('letters that no folding saves are named, with what they cost', async () => {
  const field = await nameField('sw')
  fireEvent.change(field, { target: { value: 'Duka 店' } })
  expect(hintOf(field)).toMatch(/店/)
  expect(hintOf(field)).toMatch(/70/)
})

test('only what was changed is saved: what another window changed meanwhile stays', async () => {
  const saved: unknown[] = []
  await openPage(
    <ManagerWordProvider>
      <ShopSettings />
    </ManagerWordProvider>,
    {
      'settings.save': (input) => {
        saved.push(input)
        return { ...shop, footer: 'Karibu tena' }
      },
    },
  )
  const field = await screen.findByDisplayValue<HTMLInputElement>('Duka la Neema')
  fireEvent.change(field, { target: { value: 'Duka la Asha' } })
  fireEvent.submit(field)
  await screen.findByDisplayValue('Karibu tena')
  expect(saved).toEqual([{ name: 'Duka la Asha' }])
})
