import type { Weather } from './world.ts'

/** Of the calls with an effect: 20 % lose their answer, 10 % never arrive, 10 % meet a broken gateway. */
export const stormy: Weather = {
  effect: (chance) => {
    const drawn = chance.fraction()
    if (drawn < 0.1) return { kind: 'resetAfter' }
    if (drawn < 0.2) return { kind: 'holdAfter' }
    if (drawn < 0.25) return { kind: 'resetBefore' }
    if (drawn < 0.3) return { kind: 'holdBefore' }
    return drawn < 0.4 ? { kind: 'serverError' } : { kind: 'pass' }
  },
  question: (chance) => ({ kind: chance.hits(0.05) ? 'resetAfter' : 'pass' }),
  provider: (chance) => {
    const drawn = chance.fraction()
    if (drawn < 0.05) return 'timeoutAfterAccepting'
    if (drawn < 0.1) return 'timeoutBeforeAccepting'
    if (drawn < 0.15) return 'serverError'
    return drawn < 0.2 ? 'throttled' : 'none'
  },
  paper: (chance) => ({
    cutAfter: chance.hits(0.15) ? Math.floor(chance.upTo(1_400)) : Number.POSITIVE_INFINITY,
    mute: chance.hits(0.03),
  }),
  callback: (chance) => (chance.hits(0.4) ? 'now' : chance.pick(['late', 'twice', 'never', 'outOfOrder'])),
}

/**
 * R3: the connection breaks, and the provider accepts all the same up to 10 s later (in the real world): half of what
 * GREEN-API's consistency window (130 s) leaves over its journal's lag (110 s), for timeScale does not hurry the machine that
 * runs the world. Reports are silent, so that only asking can tell.
 * @param timeScale the world's
 */
export function lateAcceptance(timeScale: number): Weather {
  return {
    effect: (chance) =>
      chance.hits(0.5) ? { kind: 'late', lateMs: (500 + chance.upTo(9_500)) / timeScale } : { kind: 'pass' },
    question: () => ({ kind: 'pass' }),
    provider: () => 'none',
    callback: () => 'never',
    paper: () => ({ cutAfter: Number.POSITIVE_INFINITY, mute: false }),
  }
}
