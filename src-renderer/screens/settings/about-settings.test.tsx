import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { openPage } from '../../page-under-test.tsx'
import AboutSettings from './about-settings.tsx'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

/** The list that the build writes, as the page fetches it. */
function builtList(list: unknown): void {
  vi.stubGlobal('fetch', (address: string) =>
    Promise.resolve(Response.json(address === '/notices.json' ? list : null)),
  )
}

const react = { name: 'react', version: '19.3.1', licence: 'MIT', text: 'Copyright (c) Meta Platforms' }
const ours = { name: 'wordless', version: '1.0.0', licence: 'ISC', text: '' }

test('names every package with its version and licence, and shows its own words to whoever opens it', async () => {
  builtList([react, ours])
  await openPage(<AboutSettings />)
  const line = await screen.findByText(/react 19\.3\.1/)
  expect(line.textContent).toBe('react 19.3.1 MIT')
  expect(screen.getByText(/wordless 1\.0\.0/).textContent).toBe('wordless 1.0.0 ISC')
  expect(screen.queryByText(react.text)).toBeNull()

  for (const part of document.querySelectorAll('details')) {
    part.open = true
    fireEvent(part, new Event('toggle'))
  }
  expect(screen.getByText(react.text)).toBeDefined()
  expect(screen.getByText(/brings no text of its own/)).toBeDefined()
})

test('says which Kaunta this is and where its data lies', async () => {
  builtList([])
  await openPage(<AboutSettings />)
  expect(await screen.findByText('Kaunta 1.2.3')).toBeDefined()
  expect(screen.getByText('/home/neema/Kaunta/live')).toBeDefined()
})

test('a row of another form hides no other', async () => {
  builtList([{ name: 'broken' }, react])
  await openPage(<AboutSettings />)
  expect(await screen.findByText(/react 19\.3\.1/)).toBeDefined()
  expect(document.querySelectorAll('details')).toHaveLength(1)
})
