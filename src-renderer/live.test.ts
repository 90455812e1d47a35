import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { expect, test } from 'vitest'
import type { Message } from '../src-preload/contract/messaging.ts'
import type { Sale } from '../src-preload/contract/receipts.ts'
import { connectMessagePort } from './connection.ts'
import { createQueryClient } from './kaunta.tsx'
import { applyChange, handedOverKey, timeLineLimit, upsert } from './live.ts'

const row = (id: string, createdAt: number, updatedAt = createdAt) => ({ id, createdAt, updatedAt })

test('a new row takes its place by age, newest first', () => {
  const rows = [row('c', 30), row('a', 10)]
  expect(upsert(rows, row('b', 20)).map(({ id }) => id)).toEqual(['c', 'b', 'a'])
  expect(upsert(rows, row('d', 40)).map(({ id }) => id)).toEqual(['d', 'c', 'a'])
  expect(upsert([], row('a', 10))).toHaveLength(1)
})

test('a newer edition replaces, an older one that comes late does not', () => {
  const rows = [row('a', 10, 50)]
  expect(upsert(rows, row('a', 10, 60))[0]?.updatedAt).toBe(60)
  expect(upsert(rows, row('a', 10, 40))[0]?.updatedAt).toBe(50)
})

function world() {
  const connection = connectMessagePort(window)
  const queries = createTanstackQueryUtils(connection.client)
  return { cache: createQueryClient(), queries }
}

const message: Message = {
  id: 'm1',
  saleId: 's1',
  channel: 'sms',
  provider: 'x',
  to: '+255712345678',
  body: 'x',
  language: 'sw',
  state: 'sent',
  sending: false,
  reason: null,
  detail: null,
  cost: null,
  segments: 1,
  attempts: 1,
  effectId: 1,
  createdAt: 1,
  updatedAt: 1,
}

test('a change of a message is on its sale’s time line at once, without a question', () => {
  const { cache, queries } = world()
  const key = queries.messages.list.queryKey({ input: { saleId: 's1', limit: timeLineLimit } })
  cache.setQueryData(key, { rows: [], cursor: null })
  applyChange({ topic: 'message', message }, cache, queries)
  applyChange({ topic: 'message', message: { ...message, state: 'delivered', updatedAt: 2 } }, cache, queries)
  expect(cache.getQueryData(key)?.rows.map(({ state }) => state)).toEqual(['delivered'])
})

const sale: Sale = {
  id: 's1',
  number: null,
  tillId: '1',
  state: 'draft',
  source: 'counter',
  customer: { phone: null, name: null },
  currency: 'TZS',
  lines: [],
  totalMinor: 0,
  tenders: [],
  paidMinor: 0,
  createdAt: 1,
  updatedAt: 1,
}

test('a sale of the POS waits for the counter once, and not again when it only changes', () => {
  const { cache, queries } = world()
  const handed: Sale = { ...sale, id: 's3', source: 'api', state: 'recorded', number: 9 }
  applyChange({ topic: 'sale', sale: handed }, cache, queries)
  expect(cache.getQueryData(handedOverKey)).toEqual(handed)
  cache.setQueryData(handedOverKey, null)
  applyChange({ topic: 'sale', sale: { ...handed, updatedAt: 5 } }, cache, queries)
  expect(cache.getQueryData(handedOverKey)).toBeNull()
  applyChange({ topic: 'sale', sale: { ...sale, id: 's4', state: 'recorded' } }, cache, queries)
  expect(cache.getQueryData(handedOverKey)).toBeNull()
})

test('the sale on the counter follows its changes; another one only makes the counter ask', () => {
  const { cache, queries } = world()
  const key = queries.sales.current.queryKey()
  cache.setQueryData(key, sale)
  applyChange(
    { topic: 'sale', sale: { ...sale, number: 7, state: 'recorded', updatedAt: 2 } },
    cache,
    queries,
  )
  expect(cache.getQueryData(key)?.number).toBe(7)
  expect(cache.getQueryState(key)?.isInvalidated).toBe(false)
  applyChange({ topic: 'sale', sale: { ...sale, id: 's2', source: 'api', updatedAt: 3 } }, cache, queries)
  expect(cache.getQueryData(key)?.id).toBe('s1')
  expect(cache.getQueryState(key)?.isInvalidated).toBe(true)
})
