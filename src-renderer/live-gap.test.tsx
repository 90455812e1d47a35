import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Change } from '../src-preload/contract/live.ts'
import { useShop } from './components/use-shop.ts'
import { openPage, shop } from './page-under-test.tsx'

/** A stream that gives what the test puts into it. */
function openStream() {
  let give: (item: { number: number; change: Change }) => void = () => {}
  async function* changes() {
    for (;;) yield await new Promise<{ number: number; change: Change }>((resolve) => (give = resolve))
  }
  return { changes, give: (number: number) => give({ number, change: { topic: 'unread' } }) }
}

function Footer() {
  return <p>{useShop().data?.footer}</p>
}

test('a page that was left out of something asks anew for all that it shows, and one that was not asks nothing', async () => {
  const stream = openStream()
  let footer = 'Karibu'
  let asked = 0
  await openPage(<Footer />, {
    'live.watch': () => stream.changes(),
    'settings.get': () => {
      asked += 1
      return { ...shop, footer }
    },
  })
  await screen.findByText('Karibu')
  const before = asked
  footer = 'Karibu tena'
  for (const number of [1, 2, 3]) {
    stream.give(number)
    await new Promise((resolve) => setTimeout(resolve))
  }
  expect(asked).toBe(before)
  stream.give(5_003)
  await waitFor(() => screen.getByText('Karibu tena'))
})
