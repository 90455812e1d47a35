import type { Sentence } from '../../src-preload/contract/paging.ts'
import type { Clock } from '../ports.ts'

/** A clock that is off by less misleads nobody. */
const toldMs = 120_000
/** Who set the clock knows it; whoever comes later must find it said. */
const shownMs = 12 * 3_600_000

interface Span {
  readonly unit: number
  readonly en: (count: number) => string
  readonly sw: (count: number) => string
}

const spans: readonly Span[] = [
  {
    unit: 86_400_000,
    en: (count) => (count === 1 ? '1 day' : `${count} days`),
    sw: (count) => `siku ${count}`,
  },
  {
    unit: 3_600_000,
    en: (count) => (count === 1 ? '1 hour' : `${count} hours`),
    sw: (count) => `saa ${count}`,
  },
  {
    unit: 60_000,
    en: (count) => (count === 1 ? '1 minute' : `${count} minutes`),
    sw: (count) => `dakika ${count}`,
  },
]

/** How long, in the largest unit that fits. */
function span(ms: number): Sentence {
  const size = Math.abs(ms)
  const fit = spans.find(({ unit }) => size >= unit) ?? spans[2]
  const count = Math.max(1, Math.round(size / (fit?.unit ?? 60_000)))
  return { en: fit?.en(count) ?? '', sw: fit?.sw(count) ?? '' }
}

/** What a person must know of this computer's clock. */
export function createClockWords(clock: Clock) {
  let set: { readonly byMs: number; readonly until: number } | null = null
  let wrongMs = 0
  return {
    /** It was set by so many ms. */
    wasSet(byMs: number): void {
      set = { byMs, until: clock.monotonic() + shownMs }
    },
    /**
     * A provider's clock is ahead of ours by so many ms.
     * @returns true when this changes what is told
     */
    compared(differenceMs: number): boolean {
      const next = Math.abs(differenceMs) >= toldMs ? differenceMs : 0
      const changed = (next === 0) !== (wrongMs === 0)
      wrongMs = next
      return changed
    },
    warnings(): Sentence[] {
      const told: Sentence[] = []
      if (wrongMs !== 0) {
        const { en, sw } = span(wrongMs)
        const [slowEn, slowSw] = wrongMs > 0 ? ['behind', 'nyuma'] : ['ahead', 'mbele']
        told.push({
          en: `This computer’s clock is ${en} ${slowEn}, by the providers’ clocks. Set date and time right.`,
          sw: `Saa ya kompyuta hii iko ${slowSw} kwa ${sw}, kwa mujibu wa saa za watoa huduma. Rekebisha tarehe na saa.`,
        })
      } else if (set !== null && clock.monotonic() < set.until) {
        const { en, sw } = span(set.byMs)
        const [wayEn, waySw] = set.byMs < 0 ? ['back', 'nyuma'] : ['ahead', 'mbele']
        told.push({
          en: `This computer’s clock was set ${wayEn} by ${en}. Check that date and time are right; nothing that waits was lost.`,
          sw: `Saa ya kompyuta hii imesogezwa ${waySw} kwa ${sw}. Hakikisha tarehe na saa ni sahihi; hakuna kilichopotea kati ya vinavyosubiri.`,
        })
      }
      return told
    },
  }
}
