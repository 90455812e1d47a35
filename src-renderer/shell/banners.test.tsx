import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { managersDesk, openPage } from '../page-under-test.tsx'
import { FootBanners } from './banners.tsx'

afterEach(cleanup)

const fold = { open: false, atCounter: false, setOpen: () => {} }

test('whoever sits down is told how many wrong PINs were tried while it was not he, until he has seen it', async () => {
  await openPage(<FootBanners here="/" fold={fold} />, {
    'staff.desk': () => ({ ...managersDesk, wrongTries: 3 }),
    'printing.list': () => [],
  })
  const told = await screen.findByText(/3 wrong PINs were tried since you last typed yours/)
  fireEvent.click(screen.getByRole('button', { name: 'Hide this' }))
  expect(told.isConnected).toBe(false)
})

test('where none was tried nothing is said of it, beside what else there is to say', async () => {
  await openPage(<FootBanners here="/" fold={fold} />, {
    'staff.desk': () => ({ ...managersDesk, pinMissing: true }),
    'printing.list': () => [],
  })
  await screen.findByRole('button', { name: 'Hide this' })
  expect(screen.queryByText(/wrong PIN/)).toBeNull()
})
