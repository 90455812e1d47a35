import { cleanup, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { moneyNetwork, openPage } from '../page-under-test.tsx'
import { BalanceLine } from './balance-line.tsx'

afterEach(cleanup)

const balance = {
  accountId: 'a1',
  name: 'Working',
  availableMinor: 12_345_600,
  currency: 'TZS',
  at: 1_760_000_000_000,
}

test.each([
  ['en', 'Available'],
  ['sw', 'Salio lililopo'],
] as const)('a balance says in %s what its figure is', async (language, label) => {
  await openPage(<BalanceLine network={moneyNetwork} />, { 'balances.list': () => [balance] }, language)
  const figure = await screen.findByText(/123,456/)
  expect(figure.parentElement?.textContent).toMatch(new RegExp(`^${label} `))
})
