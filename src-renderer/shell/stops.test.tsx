import { cleanup, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Status } from '../../src-preload/contract/live.ts'
import { openPage, status } from '../page-under-test.tsx'
import { StopPill, Stops } from './stops.tsx'

beforeEach(() => {
  window.location.hash = ''
})
afterEach(cleanup)

type Stop = Status['stops'][number]
const noCredit: Stop = {
  accountId: 'sms-1',
  capability: 'sms',
  reason: 'balance',
  since: Date.now(),
  waiting: 6,
}
const unlinked: Stop = {
  accountId: 'wa-1',
  capability: 'whatsapp',
  reason: 'notPaired',
  since: Date.now(),
  waiting: 1,
}

test.each([
  [noCredit, 'SMS', '6 wait', 'The shop’s account has no money left', '/settings/accounts/sms-1', 'en'],
  [unlinked, 'WhatsApp', '1 waits', 'WhatsApp is not linked', '/whatsapp', 'en'],
  [noCredit, 'SMS', '6', 'Akaunti ya duka haina salio', '/settings/accounts/sms-1', 'sw'],
  [unlinked, 'WhatsApp', '1', 'WhatsApp haijaunganishwa', '/whatsapp', 'sw'],
] as const)(
  '%o is told in red, with how many wait, why, and the way there',
  async (stop, what, waiting, why, way, language) => {
    const answers = { 'live.status': () => ({ ...status, stops: [stop] }) }
    await openPage(
      <>
        <StopPill />
        <Stops />
      </>,
      answers,
      language,
    )
    const pill = await screen.findByRole('alert')
    const line = document.querySelector('.stops .banner')
    for (const place of [pill, line]) {
      for (const word of [what, waiting, why]) expect(place?.textContent).toContain(word)
    }
    expect(pill.className).toBe('bar-stop')
    expect(line?.className).toBe('banner banner-red')
    expect(pill.getAttribute('href')).toBe(way)
    expect(line?.querySelector('a')?.getAttribute('href')).toBe(way)
  },
)

test('more than one stop is told by how many there are, and each by its own line where what is unsent stands', async () => {
  await openPage(
    <>
      <StopPill />
      <Stops />
    </>,
    { 'live.status': () => ({ ...status, stops: [noCredit, unlinked] }) },
  )
  expect((await screen.findByRole('alert')).textContent).toContain('+1')
  expect(document.querySelectorAll('.stops .banner-red')).toHaveLength(2)
})
