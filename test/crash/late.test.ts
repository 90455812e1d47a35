import { describe, expect, it } from 'vitest'
import { runLate } from './teeth.ts'

const seed = 7
const lateKills = 100

describe('a message that is accepted after its connection broke', () => {
  it('goes out once, over kills (R3)', async () => {
    const { kills, lost, duplicated, stuck, damaged } = await runLate(seed, lateKills)
    expect({ kills, lost, duplicated, stuck, damaged }).toEqual({
      kills: lateKills,
      lost: [],
      duplicated: [],
      stuck: [],
      damaged: [],
    })
  }, 600_000)
})
