import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ProviderErrorKind } from '../providers/outcome.ts'
import { backoff, decide, type Situation } from './policy.ts'

const kinds: readonly ProviderErrorKind[] = [
  'offline',
  'throttled',
  'temporary',
  'unknownOutcome',
  'credentials',
  'balance',
  'recipient',
  'rejected',
]
const at: Situation = {
  tries: 1,
  maxTries: 3,
  waits: true,
  duplicateHarmless: false,
  settleMs: 1000,
  offlineRuns: 0,
  fraction: 0.5,
}
const error = (kind: ProviderErrorKind, retryAfterMs?: number) => ({
  kind,
  reason: 'temporary' as const,
  detail: '',
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
})

describe('what happens next', () => {
  it.each([
    ['offline', { to: 'queued', delayMs: 0, counts: false }, 'offline'],
    ['throttled', { to: 'queued', delayMs: 0, counts: false }, 'throttled'],
    ['credentials', { to: 'queued', delayMs: 0, counts: false }, 'credentials'],
    ['balance', { to: 'queued', delayMs: 0, counts: false }, 'balance'],
    ['temporary', { to: 'queued', delayMs: 3000, counts: true }, null],
    ['unknownOutcome', { to: 'unknown', settleMs: 1000 }, null],
    ['recipient', { to: 'failed' }, null],
    ['rejected', { to: 'failed' }, null],
  ] as const)('after %s', (kind, step, hold) => {
    const verdict = decide(error(kind), at)
    expect(verdict.step).toEqual(step)
    expect(verdict.hold?.why ?? null).toBe(hold)
  })

  it('is done without an error', () => {
    expect(decide(null, at)).toEqual({ step: { to: 'done' }, hold: null })
  })

  it('gives up after the last try', () => {
    expect(decide(error('temporary'), { ...at, tries: 3 }).step).toEqual({ to: 'failed' })
  })

  it('waits as long as the provider asked', () => {
    expect(decide(error('throttled', 42_000), at).hold).toEqual({ why: 'throttled', ms: 42_000 })
  })

  it('never sends an unknown effect again blindly unless a duplicate is harmless', () => {
    fc.assert(
      fc.property(
        fc.nat(9),
        fc.option(fc.nat(1e6), { nil: null }),
        fc.boolean(),
        (tries, settleMs, waits) => {
          const { step } = decide(error('unknownOutcome'), { ...at, tries, settleMs, waits })
          expect(step).toEqual({ to: 'unknown', settleMs })
        },
      ),
    )
    const harmless = { ...at, settleMs: null, duplicateHarmless: true }
    expect(decide(error('unknownOutcome'), harmless).step).toMatchObject({ to: 'queued', counts: true })
  })

  it('fails at once, without holding the next one, what cannot wait', () => {
    for (const kind of kinds) {
      const { step, hold } = decide(error(kind), { ...at, waits: false })
      expect(step.to).toBe(kind === 'unknownOutcome' ? 'unknown' : 'failed')
      expect(hold).toBeNull()
    }
  })

  it('backs off between its base and its ceiling', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.double({ min: 0, max: 0.999, noNaN: true }), (run, fraction) => {
        const ms = backoff(1000, 15_000, run, fraction)
        expect(ms).toBeGreaterThanOrEqual(1000)
        expect(ms).toBeLessThanOrEqual(15_000)
      }),
    )
  })
})
