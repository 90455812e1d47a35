/** Chances that are the same for the same seed, so that a run which found something can be repeated. */
export interface Chance {
  /** 0 ≤ x < 1 */
  fraction(): number
  /** 0 ≤ x < `below` */
  upTo(below: number): number
  /** True in `share` of all cases. */
  hits(share: number): boolean
  /** @throws RangeError for an empty list */
  pick<T>(from: readonly T[]): T
}

/** mulberry32, public domain (Tommy Ettinger, 2017). */
export function createChance(seed: number): Chance {
  let state = seed >>> 0
  const fraction = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    fraction,
    upTo: (below) => fraction() * below,
    hits: (share) => fraction() < share,
    pick(from) {
      const found = from[Math.floor(fraction() * from.length)]
      if (found === undefined) throw new RangeError('nothing to pick from')
      return found
    },
  }
}
