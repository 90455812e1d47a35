import { expect, it } from 'vitest'
import { manualClock } from '../test/fixtures/manual-clock.ts'
import { createTokenBucket } from './token-bucket.ts'

it('lets a burst pass, then so many a second, and saves up no more than a burst', async () => {
  const clock = manualClock()
  const bucket = createTokenBucket(clock, { perSecond: 10, burst: 3 })
  const passed = () => Array.from({ length: 5 }, () => bucket.tryTake()).filter(Boolean).length
  expect([bucket.whole(), passed(), bucket.whole(), bucket.readyInMs()]).toEqual([3, 3, 0, 100])
  await clock.advance(100)
  expect([bucket.readyInMs(), passed(), bucket.readyInMs()]).toEqual([0, 1, 100])
  await clock.advance(60_000)
  expect([bucket.whole(), passed()]).toEqual([3, 3])
})

it('gives on credit to whoever waits, each after the one before', async () => {
  const clock = manualClock()
  const bucket = createTokenBucket(clock, { perSecond: 4, burst: 1 })
  expect([bucket.take(), bucket.take(), bucket.take(2)]).toEqual([0, 250, 750])
  expect([bucket.whole(), bucket.tryTake(), bucket.readyInMs()]).toEqual([0, false, 1_000])
  await clock.advance(1_000)
  expect([bucket.whole(), bucket.take()]).toEqual([1, 0])
})

it('does not hear of a clock that is set', async () => {
  const clock = manualClock()
  const bucket = createTokenBucket(clock, { perSecond: 1, burst: 1 })
  bucket.take()
  clock.jumpWall(86_400_000)
  expect(bucket.tryTake()).toBe(false)
})
