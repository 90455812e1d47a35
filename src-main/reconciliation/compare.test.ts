import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { paymentStates } from '../../src-preload/contract/payments.ts'
import { compare, type OurPayment } from './compare.ts'
import type { StatementLine } from './statement.ts'

const at = 1_795_000_000_000
const day = { from: at - 43_200_000, to: at + 43_200_000 }
const ours = (more: Partial<OurPayment> = {}): OurPayment => ({
  id: 'p',
  state: 'completed',
  receiptCode: 'A1',
  claimedCode: null,
  phone: '+254712345678',
  amountMinor: 12_300,
  createdAt: at,
  ...more,
})
const theirs = (more: Partial<StatementLine> = {}): StatementLine => ({
  code: 'A1',
  at: at + 60_000,
  amountMinor: 12_300,
  phone: '254712345678',
  reversed: false,
  ...more,
})
const kinds = (a: readonly OurPayment[], b: readonly StatementLine[]) =>
  compare(a, b, day).differences.map(({ kind }) => kind)

describe('our payments against the network’s list', () => {
  it.each(['completed', 'reversed'])('match by code: %s', (state) => {
    const { matched, differences } = compare(
      [ours({ state })],
      [theirs({ at: at + 3_600_000, phone: null })],
      day,
    )
    expect([matched.length, differences]).toEqual([1, []])
  })

  it('match by a code that was typed and not proved yet', () => {
    const [found] = compare(
      [ours({ state: 'unknown', receiptCode: null, claimedCode: 'A1' })],
      [theirs()],
      day,
    ).differences
    expect(found).toMatchObject({ kind: 'differentState', paymentId: 'p', code: 'A1', thereMinor: 12_300 })
  })

  it.each([
    ['the whole phone', '254712345678'],
    ['a phone with its middle hidden', '254712***678'],
    ['a phone as people write it', '0712345678'],
  ])('match without a code by amount, time and %s', (_how, phone) => {
    const { matched } = compare([ours({ receiptCode: null })], [theirs({ code: 'B9', phone })], day)
    expect(matched.map(({ line }) => line.code)).toEqual(['B9'])
  })

  it.each([
    ['another phone', { phone: '254799999999' }],
    ['no phone', { phone: null }],
    ['six minutes apart', { at: at + 6 * 60_000 }],
    ['another amount', { amountMinor: 12_200 }],
  ])('do not match without a code when there is %s', (_how, more) => {
    expect(kinds([ours({ receiptCode: null })], [theirs({ code: 'B9', ...more })]).toSorted()).toEqual([
      'missingHere',
      'missingThere',
    ])
  })

  it('do not match when two lines fit alike', () => {
    const twins = [theirs({ code: 'B1' }), theirs({ code: 'B2' })]
    expect(kinds([ours({ receiptCode: null })], twins)).toEqual([
      'missingThere',
      'missingHere',
      'missingHere',
    ])
  })

  it('tell what each lacks, and what differs', () => {
    expect(kinds([ours()], [])).toEqual(['missingThere'])
    expect(kinds([], [theirs()])).toEqual(['missingHere'])
    expect(kinds([ours()], [theirs({ amountMinor: 1 })])).toEqual(['differentAmount'])
    for (const state of ['failed', 'cancelled', 'expired', 'unknown', 'prompted'])
      expect(kinds([ours({ state, receiptCode: null })], [theirs({ code: 'B9' })])).toEqual([
        'differentState',
      ])
  })

  it('miss nothing that was not paid, nor what lies outside the list’s own stretch', () => {
    expect(kinds([ours({ state: 'failed' })], [])).toEqual([])
    expect(kinds([ours({ createdAt: day.from - 1 }), ours({ createdAt: day.to })], [])).toEqual([])
  })

  it('account for every line and every paid payment once', () => {
    const codes = fc.constantFrom('A1', 'A2', 'A3', 'A4')
    const payment = fc.record({
      state: fc.constantFrom(...paymentStates),
      receiptCode: fc.option(codes),
      claimedCode: fc.option(codes),
      amountMinor: fc.constantFrom(100, 200),
      createdAt: fc.integer({ min: at - 400_000, max: at + 400_000 }),
    })
    const line = fc.record({
      code: codes,
      amountMinor: fc.constantFrom(100, 200),
      at: fc.integer({ min: at, max: at + 400_000 }),
    })
    fc.assert(
      fc.property(
        fc.uniqueArray(payment, { selector: ({ receiptCode }) => receiptCode ?? {}, maxLength: 6 }),
        fc.uniqueArray(line, { selector: ({ code }) => code }),
        (some, lines) => {
          const a = some.map((one, index) => ours({ ...one, id: `p${index}` }))
          const b = lines.map((one) => theirs(one))
          const { matched, differences } = compare(a, b, day)
          const told = [
            ...matched.map(({ line: { code } }) => code),
            ...differences.filter(({ thereMinor }) => thereMinor !== null).map(({ code }) => code ?? ''),
          ]
          expect(told.toSorted()).toEqual(b.map(({ code }) => code).toSorted())
          const paid = a
            .filter(({ state }) => state === 'completed' || state === 'reversed')
            .map(({ id }) => id)
          const named = [
            ...matched.map(({ paymentId }) => paymentId),
            ...differences.map(({ paymentId }) => paymentId),
          ]
          for (const id of paid) expect(named.filter((one) => one === id)).toHaveLength(1)
        },
      ),
      { numRuns: 1_000 },
    )
  })

  it('do not count what the network took back: paid here it is missing there, and else it is no difference', () => {
    const reversed = theirs({ reversed: true })
    expect(compare([ours()], [reversed], day)).toMatchObject({
      matched: [],
      differences: [{ kind: 'missingThere', detail: 'reversed', thereMinor: null }],
    })
    expect(compare([ours({ state: 'reversed' })], [reversed], day).differences).toEqual([])
    expect(compare([ours({ state: 'failed' })], [reversed], day)).toEqual({ matched: [], differences: [] })
    expect(compare([], [reversed], day)).toEqual({ matched: [], differences: [] })
  })

  it.each([
    ['2547******678', true],
    ['254712***678', true],
    ['07**78', true],
    ['2547******679', false],
    ['2541******678', false],
  ])('compare a phone as far as it is shown: %s', (phone, same) => {
    const found = compare(
      [ours({ state: 'unknown', receiptCode: null })],
      [theirs({ code: 'Z9', phone })],
      day,
    )
    expect(found.differences.some(({ kind }) => kind === 'missingHere')).toBe(!same)
  })
})
