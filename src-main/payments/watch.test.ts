import { getEventListeners } from 'node:events'
import { createRouterClient } from '@orpc/server'
import { expect, it } from 'vitest'
import { openTill } from '../../test/fixtures/till.ts'

it('a payment that is watched no more, or is not there, leaves nobody listening', async () => {
  const till = await openTill()
  const { payment } = await till.paid()
  const { context } = till.companion.screen()
  const client = createRouterClient(till.companion.router, { context })
  // As of an answer that ended in order: its signal never aborts.
  const { signal } = new AbortController()
  const unknown = await client.payments.watch({ id: payment.saleId }, { signal })
  await expect(unknown.next()).rejects.toMatchObject({ code: 'PAYMENT_NOT_FOUND' })
  expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  const known = await client.payments.watch({ id: payment.id }, { signal })
  expect((await known.next()).value).toMatchObject({ id: payment.id })
  expect(getEventListeners(signal, 'abort')).toHaveLength(1)
  await known.return?.()
  expect(getEventListeners(signal, 'abort')).toHaveLength(0)
})
