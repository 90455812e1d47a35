import { createRouterClient } from '@orpc/server'
import { expect, it } from 'vitest'
import { managerPin, openTill } from '../../test/fixtures/till.ts'
import { guardCall } from '../api/errors.ts'

it('a stream begins with status and desk as they are now: who sat here when the page asked may be gone', async () => {
  const { companion } = await openTill()
  const { context, seat } = companion.screen()
  const page = createRouterClient(companion.router, { context, interceptors: [guardCall] })
  await page.staff.signIn({ pin: managerPin })
  expect((await page.staff.desk()).staff).not.toBeNull()
  // As when the first PIN is chosen on another screen: told to all who listen, and this one does not yet.
  await page.staff.lock()
  const stream = await page.live.watch()
  const opening = [await stream.next(), await stream.next()].map(({ value }) => value)
  expect(opening).toMatchObject([
    { number: 1, change: { topic: 'status' } },
    { number: 2, change: { topic: 'desk', desk: { staff: null } } },
  ])
  expect(seat.current()).toBeNull()
  await stream.return?.()
})
