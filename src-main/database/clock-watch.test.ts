import { describe, expect, it } from 'vitest'
import { manualClock } from '../../test/fixtures/manual-clock.ts'
import { watchClock } from './clock-watch.ts'

const hour = 3_600_000

function watched() {
  const clock = manualClock()
  const jumps: number[] = []
  const watch = watchClock(clock, (by) => jumps.push(by))
  return { clock, jumps, watch }
}

describe('the wall clock', () => {
  it('that was set is noticed at the next look, once, by how much', async () => {
    const { clock, jumps, watch } = watched()
    clock.jumpWall(-24 * hour)
    watch.look()
    watch.look()
    expect(jumps).toEqual([-24 * hour])
    await clock.advance(5 * hour)
    clock.jumpWall(25 * hour)
    await clock.advance(30_000)
    expect(jumps).toEqual([-24 * hour, 25 * hour])
  })

  it('that is only corrected a little is no matter', async () => {
    const { clock, jumps } = watched()
    clock.jumpWall(40_000)
    await clock.advance(hour)
    clock.jumpWall(-40_000)
    await clock.advance(hour)
    expect(jumps).toEqual([])
  })

  it('goes on while the machine sleeps, which is no jump', async () => {
    const { clock, jumps } = watched()
    clock.sleep(8 * hour)
    await clock.advance(60_000)
    clock.sleep(8 * hour)
    clock.jumpWall(-hour)
    await clock.advance(60_000)
    expect(jumps).toEqual([-hour])
  })
})
