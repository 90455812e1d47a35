import { expect, it } from 'vitest'
import { freshDatabase } from '../../test/fixtures/database.ts'
import { manualClock } from '../../test/fixtures/manual-clock.ts'
import { type Script, stage } from '../../test/fixtures/outbox.ts'
import { accepted, refused } from '../providers/outcome.ts'

function open(script: Script) {
  const clock = manualClock()
  const at = stage(
    freshDatabase(() => clock.now()),
    script,
    clock,
  )
  at.outbox.start()
  return { ...at, clock }
}

it('tells what stopped, since when and how many wait, until a call gets through', async () => {
  let good = false
  const { request, clock, outbox } = open({
    execute: (subject) =>
      Promise.resolve(good ? accepted(subject) : refused('credentials', 'credentials', '401')),
  })
  request('a')
  request('b')
  await clock.advance(0)
  const since = clock.now()
  expect(outbox.stopped()).toEqual([{ lane: 'sms:a', reason: 'credentials', since, waiting: 2 }])
  // Tried again by itself and refused again: it still stands since the first time, and the next try lies ahead.
  await clock.advance(400_000)
  expect(outbox.stopped()).toMatchObject([{ since }])
  for (const { dueAt } of outbox.list({ filter: 'waiting', text: '', limit: 5 }).rows)
    expect(Number.isInteger(dueAt) && (dueAt ?? 0) > clock.now()).toBe(true)
  good = true
  outbox.release('sms:a')
  expect(outbox.stopped()).toEqual([])
  await clock.advance(0)
  expect(outbox.summary()).toMatchObject({ queued: 0, failed: 0 })
})

it('tells it of what cannot wait too, which holds no line', async () => {
  const { request, clock, outbox } = open({
    kind: { waits: false, retryable: false },
    execute: () => Promise.resolve(refused('balance', 'balance', 'top up')),
  })
  request('a')
  await clock.advance(0)
  expect(outbox.stopped()).toMatchObject([{ reason: 'balance', waiting: 0 }])
})

it('counts as failed only what can go out again', async () => {
  for (const retryable of [true, false]) {
    const { request, clock, outbox } = open({
      kind: { retryable },
      execute: () => Promise.resolve(refused('rejected', 'rejected', 'no')),
    })
    request('a')
    await clock.advance(0)
    expect(outbox.summary().failed).toBe(retryable ? 1 : 0)
    expect(outbox.list({ filter: 'failed', text: '', limit: 5 }).rows).toHaveLength(retryable ? 1 : 0)
    expect(outbox.list({ filter: 'unsent', text: '', limit: 5 }).rows).toHaveLength(retryable ? 1 : 0)
    expect(outbox.list({ filter: 'all', text: '', limit: 5 }).rows).toHaveLength(1)
  }
})
