import { createORPCClient } from '@orpc/client'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { cleanup, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { Connection, KauntaClient } from './connection.ts'
import { askFirst } from './first-questions.ts'
import { createQueryClient, takeAnswers } from './kaunta.tsx'
import { type Answers, managersDesk, openPage, recordedSale, shop, status } from './page-under-test.tsx'
import { CounterScreen } from './screens/counter/counter.tsx'

afterEach(cleanup)

const page = { rows: [], cursor: null }
/** Main with a sale on the counter and nothing beside it. */
const quiet: Answers = {
  'sales.current': () => recordedSale,
  'sales.handedOver': () => [],
  'sales.list': () => page,
  'messages.list': () => page,
  'payments.list': () => page,
  'printing.list': () => [],
  'printers.list': () => [],
  'printers.statuses': () => [],
  'notices.forSale': () => [],
}

test('what the counter shows first is asked once, before it is drawn, and it stands at its first drawing', async () => {
  const asked: string[] = []
  const noted = Object.entries({
    'settings.get': () => shop,
    'live.status': () => status,
    'staff.desk': () => managersDesk,
    'accounts.list': () => [],
    'providers.list': () => [],
    'payments.networks': () => [],
    ...quiet,
  } satisfies Answers).map(([name, answer]: [string, (input: unknown) => unknown]) => [
    name,
    (input: unknown) => {
      asked.push(name)
      return answer(input)
    },
  ])
  await openPage(<CounterScreen tab={undefined} id={undefined} />, Object.fromEntries(noted), 'en', {
    askedFirst: true,
  })
  expect(screen.getByTestId('time-line')).toBeDefined()
  await waitFor(() => expect(asked).toContain('notices.forSale'))
  const once = new Set(asked)
  expect([...asked].toSorted()).toEqual([...once].toSorted())
})

function connectionTo(answers: Answers): Connection {
  const client: KauntaClient = createORPCClient({
    async call(path: readonly string[], input: unknown) {
      const answer = answers[path.join('.')]
      if (answer === undefined) throw new Error('refused')
      return answer(input)
    },
  })
  return { client, state: () => 'open', subscribe: () => () => {}, close: () => {} }
}

test('what was refused is left for whoever shows it to ask again', async () => {
  const connection = connectionTo({ 'settings.get': () => shop })
  const queries = createTanstackQueryUtils(connection.client)
  const cache = createQueryClient()
  await takeAnswers(connection, cache, askFirst(connection.client))
  expect(cache.getQueryData(queries.settings.get.queryKey())).toEqual(shop)
  expect(cache.getQueryState(queries.sales.current.queryKey())).toBeUndefined()
})

test('an answer that comes late does not take the place of what was told meanwhile', async () => {
  let answer = (_sale: unknown) => {}
  const late = new Promise((resolve) => {
    answer = resolve
  })
  const connection = connectionTo({ ...quiet, 'sales.current': () => late })
  const key = createTanstackQueryUtils(connection.client).sales.current.queryKey()
  const cache = createQueryClient()
  const taken = takeAnswers(connection, cache, askFirst(connection.client))
  cache.setQueryData(key, { ...recordedSale, updatedAt: recordedSale.updatedAt + 1 })
  answer(recordedSale)
  await taken
  expect(cache.getQueryData(key)?.updatedAt).toBe(recordedSale.updatedAt + 1)
})
