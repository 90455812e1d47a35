import { describe, expect, it } from 'vitest'
import { mutants } from './mutants.ts'
import { profiles } from './profiles.ts'
import { runMutant } from './teeth.ts'
import { lateAcceptance, stormy } from './weather.ts'

const seed = 7

describe('the crash harness sees', () => {
  it('that what was in flight at a crash went out again', async () => {
    expect((await runMutant(mutants.retryAtStart, stormy, seed)).duplicated).not.toEqual([])
  }, 600_000)

  it('that a paper under way at a crash was printed again', async () => {
    const { duplicated } = await runMutant(mutants.retryAtStart, stormy, seed, undefined, profiles.prints)
    expect(duplicated.join()).toMatch(/2 whole papers/)
  }, 600_000)

  it('that what was in flight at a crash was taken for done', async () => {
    expect((await runMutant(mutants.doneAtStart, stormy, seed)).lost).not.toEqual([])
  }, 600_000)

  it('that a call without an answer was made again', async () => {
    expect((await runMutant(mutants.retryAfterSilence, stormy, seed)).duplicated).not.toEqual([])
  }, 600_000)

  it('that “not found” was believed before the provider’s consistency window was over', async () => {
    const { duplicated } = await runMutant(mutants.noSettleWindow, lateAcceptance(100), seed, ['green-api'])
    expect(duplicated).not.toEqual([])
  }, 600_000)

  it('that money whose answer was lost was sent again under a new name', async () => {
    const { lost, duplicated } = await runMutant(
      mutants.transferAgain,
      stormy,
      seed,
      undefined,
      profiles.payouts,
    )
    expect([...lost, ...duplicated].join()).toMatch(/left 2 times|called failed, and it left/)
  }, 600_000)

  it('that a payout that was asked for again went out again', async () => {
    const { duplicated } = await runMutant(mutants.payoutHasNoName, stormy, seed, undefined, profiles.payouts)
    // Told already by its answer, before the ledger is looked at.
    expect(duplicated.join()).toMatch(/payout-\d+: \S+, then |left 2 times/)
  }, 600_000)

  it('that an event was written down after its change', async () => {
    const { lost } = await runMutant(mutants.toldLater, stormy, seed, undefined, profiles.money)
    expect(lost.join()).toMatch(/the journal ends with|told of/)
  }, 600_000)

  it('that a reader’s place was kept before what it did', async () => {
    const { lost } = await runMutant(mutants.takenLater, stormy, seed, undefined, profiles.money)
    expect(lost.join()).toMatch(/did not take up/)
  }, 600_000)

  it('that a report was answered before it was stored', async () => {
    const { lost } = await runMutant(mutants.answeredFirst, stormy, seed, undefined, profiles.money)
    expect(lost.join()).toMatch(/callback was answered/)
  }, 600_000)
})
