import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { Effect } from '../../../src-preload/contract/outbox.ts'
import { openPage } from '../../page-under-test.tsx'
import OutboxScreen from './outbox.tsx'

afterEach(cleanup)

const raw = 'connect ECONNREFUSED 127.0.0.1:443'
const effect: Effect = {
  id: 7,
  lane: 'sms:a1',
  kind: 'message',
  label: { en: 'Message', sw: 'Ujumbe' },
  state: 'queued',
  title: '0712 345 678 · 000001',
  subjectId: 'm1',
  attempts: 2,
  dueAt: Date.now() + 60_000,
  deadlineAt: Date.now() + 3_600_000,
  reason: 'offline',
  detail: raw,
  needsDecision: false,
  staffName: 'Neema',
  createdAt: Date.now(),
  updatedAt: Date.now(),
}
const attempt = {
  number: 1,
  startedAt: Date.now(),
  endedAt: Date.now(),
  outcome: 'retryable',
  reason: 'offline',
  detail: `${raw} (1st)`,
}

async function open(language: 'en' | 'sw' = 'en') {
  await openPage(
    <OutboxScreen />,
    {
      'outbox.list': () => ({ rows: [effect], cursor: null }),
      'outbox.get': () => ({ ...effect, history: [attempt] }),
    },
    language,
  )
  return screen.findByRole('button', { name: /0712 345 678/ })
}

test.each([
  ['en', ['Waiting', 'Failed', 'Done', 'All']],
  ['sw', ['Zinazosubiri', 'Zilizoshindwa', 'Zilizokamilika', 'Zote']],
] as const)('is sorted by four words: %s', async (language, words) => {
  await open(language)
  expect(screen.getAllByRole('radio').map((radio) => radio.closest('div')?.textContent)).toEqual(words)
})

test.each(['en', 'sw'] as const)(
  'what a line or a library said stands for support only, folded away: %s',
  async (language) => {
    const row = await open(language)
    expect(document.body.textContent).not.toContain('ECONNREFUSED')
    fireEvent.click(row)
    const told = await screen.findByText(raw)
    const folded = told.closest('details')
    expect(folded?.open).toBe(false)
    expect([...(folded?.querySelectorAll('li') ?? [])].map((line) => line.textContent)).toEqual([
      raw,
      `${raw} (1st)`,
    ])
    folded?.remove()
    expect(document.body.textContent).not.toMatch(/ECONN|127\.0\.0\.1|connect /)
  },
)
