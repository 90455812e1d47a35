import { cleanup, fireEvent, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { openPage } from '../page-under-test.tsx'

/** How wide the window of these tests is; set before the shell asks. */
const page = vi.hoisted(() => {
  const state = { width: 1920 }
  class FakeList extends EventTarget {
    readonly onchange = null
    readonly media: string
    constructor(media: string) {
      super()
      this.media = media
    }
    get matches() {
      return state.width >= Number(/min-width: (\d+)px/.exec(this.media)?.[1] ?? 0)
    }
    addListener() {}
    removeListener() {}
  }
  window.matchMedia = (media) => new FakeList(media)
  return state
})

const { Side, useFold } = await import('./side.tsx')

afterEach(cleanup)

function Shell({ first, practice }: { readonly first: string; readonly practice: boolean }) {
  const [location, go] = useState(first)
  return (
    <>
      <input aria-label="address" value={location} onChange={(event) => go(event.currentTarget.value)} />
      <Side practice={practice} fold={useFold(location)} />
    </>
  )
}

/** The shell’s right side in a window that is so many pixels wide. */
async function openAt(width: number, place: string, practice = true): Promise<void> {
  page.width = width
  await openPage(<Shell first={place} practice={practice} />, {
    'practice.watch': () => new Promise(() => {}),
  })
}

const strip = () => screen.getByRole('button')
const isWhole = () => strip().closest('.side-place')?.classList.contains('side-open')
const go = (value: string) => fireEvent.change(screen.getByLabelText('address'), { target: { value } })

test.each(['/payments', '/payments/attention', '/settings', '/settings/printers', '/outbox', '/whatsapp'])(
  'the practice side is a strip beside %s, however wide the window, until it is opened there',
  async (place) => {
    await openAt(1920, place)
    expect(isWhole()).toBe(false)
    expect(strip().getAttribute('aria-expanded')).toBe('false')
    expect(document.querySelector('aside')).toBeNull()
    fireEvent.click(strip())
    expect(isWhole()).toBe(true)
  },
)

test.each([
  [1366, '/', true],
  [1366, '/sale/s1', true],
  [1024, '/', false],
] as const)('at %i px beside %s it is whole: %s', async (width, place, whole) => {
  await openAt(width, place)
  expect(isWhole()).toBe(whole)
})

test('it folds by itself on the way from the counter to another screen, and is whole again on the way back', async () => {
  await openAt(1366, '/')
  expect(isWhole()).toBe(true)
  go('/settings')
  expect(isWhole()).toBe(false)
  go('/')
  expect(isWhole()).toBe(true)
})

test('what was opened beside the counter does not lie over the next screen', async () => {
  await openAt(1024, '/')
  fireEvent.click(strip())
  expect(isWhole()).toBe(true)
  go('/settings')
  expect(isWhole()).toBe(false)
})

test('today stands beside the counter only', async () => {
  await openAt(1920, '/payments', false)
  expect(document.querySelector('.side-place')).toBeNull()
})
