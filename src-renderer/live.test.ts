import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { afterEach, expect, test, vi } from 'vitest'
import type { Change } from '../src-preload/contract/live.ts'
import type { Message } from '../src-preload/contract/messaging.ts'
import type { Payment } from '../src-preload/contract/payments.ts'
import type { PrinterStatus, PrintJob } from '../src-preload/contract/printing.ts'
import type { Sale } from '../src-preload/contract/receipts.ts'
import type { Desk } from '../src-preload/contract/staff.ts'
import { connectMessagePort } from './connection.ts'
import { timeLineLimit } from './first-questions.ts'
import { createQueryClient } from './kaunta.tsx'
import { createAsk } from './live.ts'
import { askedPayment } from './payment-under-test.ts'
import { replaceInPages, upsert } from './rows.ts'
import { meanings } from './screens/index.ts'
import { takeDesk } from './shell/changes.ts'

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
  const cache = createQueryClient()
  const ask = createAsk(cache)
  const tell = (change: Change) => {
    for (const { apply } of meanings) apply(change, { cache, queries, ask })
  }
  return { cache, queries, tell }
}

const message: Message = {
  id: 'm1',
  saleId: 's1',
  channel: 'sms',
  provider: 'x',
  to: '+255712345678',
  body: 'x',
  attachment: null,
  language: 'sw',
  state: 'sent',
  sending: false,
  reason: null,
  detail: null,
  cost: null,
  segments: 1,
  attempts: 1,
  effectId: 1,
  staffName: null,
  createdAt: 1,
  updatedAt: 1,
}

test('a change of a message is on its sale’s time line at once, without a question', () => {
  const { cache, queries, tell } = world()
  const key = queries.messages.list.queryKey({ input: { saleId: 's1', limit: timeLineLimit } })
  cache.setQueryData(key, { rows: [], cursor: null })
  tell({ topic: 'message', message })
  tell({ topic: 'message', message: { ...message, state: 'delivered', updatedAt: 2 } })
  expect(cache.getQueryData(key)?.rows.map(({ state }) => state)).toEqual(['delivered'])
})

const printJob: PrintJob = {
  id: 'j1',
  saleId: 's1',
  purpose: 'receipt',
  copyNumber: 0,
  state: 'unknown',
  sending: false,
  reason: 'paperUnsure',
  detail: null,
  effectId: 2,
  printerName: 'Kaunta 80',
  staffName: null,
  createdAt: 3,
  updatedAt: 3,
}

test('a paper is on its sale’s time line and among all papers at once', () => {
  const { cache, queries, tell } = world()
  const keys = [{}, { saleId: 's1' }].map((input) => queries.printing.list.queryKey({ input }))
  for (const key of keys) cache.setQueryData(key, [])
  tell({ topic: 'printJob', printJob })
  tell({ topic: 'printJob', printJob: { ...printJob, saleId: null, id: 'j2', createdAt: 4 } })
  const [all, ofSale] = keys.map((key) => cache.getQueryData(key)?.map(({ id }) => id))
  expect(all).toEqual(['j2', 'j1'])
  expect(ofSale).toEqual(['j1'])
})

const printerStatus: PrinterStatus = {
  printerId: 'p1',
  at: 5,
  reachable: true,
  reports: true,
  reason: null,
  paperLow: false,
  drawerPinHigh: null,
  drawerOpen: null,
}

test('what a printer last said of itself stands alone, and an older word does not come back', () => {
  const { cache, queries, tell } = world()
  const key = queries.printers.statuses.queryKey()
  cache.setQueryData(key, [printerStatus, { ...printerStatus, printerId: 'p2' }])
  const say = (part: Partial<PrinterStatus>) =>
    tell({ topic: 'printerStatus', printerStatus: { ...printerStatus, ...part } })
  say({ at: 6, reason: 'noPaper' })
  say({ at: 4 })
  const known = cache.getQueryData(key)?.map(({ printerId, reason }) => [printerId, reason])
  expect(known).toEqual([
    ['p2', null],
    ['p1', 'noPaper'],
  ])
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
  owed: null,
  fiscal: null,
  staffName: null,
  posNumber: null,
  soldAt: null,
  recordedAt: null,
  createdAt: 1,
  updatedAt: 1,
}

test('a sale of the POS makes the list of those that wait be asked again, and one of the counter does not', () => {
  const { cache, queries, tell } = world()
  const key = queries.sales.handedOver.queryKey()
  cache.setQueryData(key, [])
  tell({ topic: 'sale', sale: { ...sale, id: 's4', state: 'recorded' } })
  expect(cache.getQueryState(key)?.isInvalidated).toBe(false)
  const handed: Sale = { ...sale, id: 's3', source: 'api', state: 'recorded', number: 9 }
  tell({ topic: 'sale', sale: handed })
  expect(cache.getQueryState(key)?.isInvalidated).toBe(true)
})

test('the sale on the counter follows its changes; another one only makes the counter ask', () => {
  const { cache, queries, tell } = world()
  const key = queries.sales.current.queryKey()
  cache.setQueryData(key, sale)
  tell({ topic: 'sale', sale: { ...sale, number: 7, state: 'recorded', updatedAt: 2 } })
  expect(cache.getQueryData(key)?.number).toBe(7)
  expect(cache.getQueryState(key)?.isInvalidated).toBe(false)
  tell({ topic: 'sale', sale: { ...sale, id: 's2', source: 'api', updatedAt: 3 } })
  expect(cache.getQueryData(key)?.id).toBe('s1')
  expect(cache.getQueryState(key)?.isInvalidated).toBe(true)
})

const payment: Payment = {
  ...askedPayment,
  saleNumber: 7,
  staffName: 'Asha',
  createdAt: 20,
  promptedAt: 21,
  updatedAt: 21,
}

test('a callback is on the payments screen at once, on whichever page its payment stands', () => {
  const { cache, queries, tell } = world()
  const key = queries.payments.list.infiniteKey({
    input: (before: string | undefined) => ({ limit: 50, ...(before === undefined ? {} : { before }) }),
    initialPageParam: undefined,
  })
  const other = { ...payment, id: 'p2', createdAt: 90 }
  cache.setQueryData(key, {
    pages: [
      { rows: [other], cursor: 'x' },
      { rows: [payment], cursor: null },
    ],
    pageParams: [undefined, undefined],
  })
  const paid: Payment = { ...payment, state: 'completed', proof: 'query', updatedAt: 30 }
  tell({ topic: 'payment', payment: paid })
  const shown = cache.getQueryData(key)?.pages.map(({ rows }) => rows.map(({ state }) => state))
  expect(shown).toEqual([['prompted'], ['completed']])
})

test('a payment that stands on no page leaves the pages as they are', () => {
  const data = { pages: [{ rows: [row('a', 1)], cursor: null }], pageParams: [null] }
  expect(replaceInPages(data, row('b', 2))).toBe(data)
  expect(replaceInPages(undefined, row('b', 2))).toBeUndefined()
})

afterEach(() => {
  vi.useRealTimers()
})

test('a burst of changes asks twice, not five hundred times', () => {
  vi.useFakeTimers()
  const cache = createQueryClient()
  const asked = vi.spyOn(cache, 'invalidateQueries')
  const ask = createAsk(cache)
  for (let index = 0; index < 500; index += 1) ask(['outbox'])
  expect(asked).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(200)
  expect(asked).toHaveBeenCalledTimes(2)
  vi.advanceTimersByTime(10_000)
  expect(asked).toHaveBeenCalledTimes(2)
})

function deskOf(id: string | null): Desk {
  const staff = id === null ? null : { id, name: id, role: 'cashier' as const }
  return {
    staff,
    pinMissing: false,
    lockedForMs: 0,
    pinDigits: 4,
    changesNeedPin: false,
    wrongTries: 0,
    practicePins: [],
  }
}

test('the first desk that is heard of asks nothing again: all was asked for this one', () => {
  const { cache, queries } = world()
  const saleKey = queries.sales.current.queryKey()
  cache.setQueryData(saleKey, sale)
  takeDesk(deskOf('asha'), { cache, queries })
  expect(cache.getQueryState(saleKey)?.isInvalidated).toBe(false)
  takeDesk(deskOf('juma'), { cache, queries })
  expect(cache.getQueryState(saleKey)?.isInvalidated).toBe(true)
})

test('what one person saw is asked again for another, and not while nobody is there', () => {
  const { cache, queries } = world()
  const saleKey = queries.sales.current.queryKey()
  const stale = () => cache.getQueryState(saleKey)?.isInvalidated
  cache.setQueryData(saleKey, sale)
  takeDesk(deskOf('asha'), { cache, queries })
  cache.setQueryData(saleKey, sale)
  takeDesk(deskOf('asha'), { cache, queries })
  expect(stale()).toBe(false)
  takeDesk(deskOf(null), { cache, queries })
  expect(stale()).toBe(false)
  takeDesk(deskOf('juma'), { cache, queries })
  expect(stale()).toBe(true)
  expect(cache.getQueryState(queries.staff.desk.queryKey())?.isInvalidated).toBe(false)
})
