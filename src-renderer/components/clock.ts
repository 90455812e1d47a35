import type { Language } from '../../src-preload/contract/paging.ts'
import type { Zone } from '../../src-preload/contract/time.ts'
import { remembered } from './remembered.ts'

/** Kiswahili months, 24-hour clock in both languages: "2:02 asubuhi" would be six hours off for half the readers. */
const locales: Readonly<Record<Language, string>> = { sw: 'sw-TZ', en: 'en-GB' }

/** Making one takes as long as writing with it a hundred times. */
const writerOf = remembered(
  (locale: string, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options),
)

function dayOf(at: number, zone: Zone): string {
  return writerOf('en-CA', { timeZone: zone, dateStyle: 'short' }).format(at)
}

/** A moment of another year than now's tells its year: a clock that stood in 2016 must show. */
function dated(language: Language, zone: Zone, otherYear: boolean, time: Intl.DateTimeFormatOptions = {}) {
  const year = otherYear ? ({ year: 'numeric' } as const) : {}
  const parts = { ...time, ...year, day: 'numeric', month: 'short', timeZone: zone } as const
  return writerOf(locales[language], parts)
}

const yearOf = (day: string) => day.slice(0, 4)

/**
 * Today's clock time, else a date with the time.
 * @param at epoch ms
 * @param now epoch ms
 */
export function formatTime(at: number, now: number, zone: Zone, language: Language): string {
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone } as const
  const [day, today] = [dayOf(at, zone), dayOf(now, zone)]
  if (day === today) return writerOf(locales[language], time).format(at)
  return dated(language, zone, yearOf(day) !== yearOf(today), time).format(at)
}

/** Time passed as m:ss, never negative. */
export function formatElapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** True when both moments fall on one day in the shop's zone. */
export function isSameDay(first: number, second: number, zone: Zone): boolean {
  return dayOf(first, zone) === dayOf(second, zone)
}

interface Stretch {
  /** Epoch ms. */
  readonly from: number
  /** Epoch ms, exclusive. */
  readonly to: number
}

/**
 * The days of a stretch, "21 Nov" or "1 Nov – 21 Nov", with their years where one is not this year's.
 * @param now epoch ms
 */
export function formatDays({ from, to }: Stretch, now: number, zone: Zone, language: Language): string {
  const end = Math.max(from, to - 1)
  const year = yearOf(dayOf(now, zone))
  const otherYear = [from, end].some((at) => yearOf(dayOf(at, zone)) !== year)
  const day = dated(language, zone, otherYear)
  const first = day.format(from)
  const last = day.format(end)
  return first === last ? first : `${first} – ${last}`
}
