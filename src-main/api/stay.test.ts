import { getEventListeners } from 'node:events'
import { createRouterClient } from '@orpc/server'
import { expect, it } from 'vitest'
import { refusalOf } from '../../test/fixtures/payment-walk.ts'
import { managerPin, openTill } from '../../test/fixtures/till.ts'
import { guardCall } from './errors.ts'

it('a call leaves nothing on the stay of whoever made it: answered, refused, or a stream that was closed', async () => {
  const till = await openTill()
  const { id: saleId } = await till.sale()
  await till.raise(saleId)
  const { context, seat } = till.companion.screen()
  const client = createRouterClient(till.companion.router, { context, interceptors: [guardCall] })
  await client.staff.signIn({ pin: managerPin })
  const left = () => getEventListeners(seat.until(), 'abort').length
  const [payment] = (await client.payments.list({ limit: 1 })).rows
  expect(await refusalOf(client.sales.get({ id: '00000000-0000-7000-8000-00000000dead' }))).toBe(
    'SALE_NOT_FOUND',
  )
  expect(left()).toBe(0)
  const stream = await client.payments.watch({ id: payment?.id ?? '' })
  expect((await stream.next()).value).toMatchObject({ state: 'pending' })
  expect(left()).toBe(1)
  await stream.return?.()
  expect(left()).toBe(0)
})
