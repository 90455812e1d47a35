import { TZDate } from '@date-fns/tz'

export type DateOrder = 'dayFirst' | 'monthFirst'

/** What of a cell is certain before the order of its column is known. */
interface Parts {
  /** The year; two digits are of this century. */
  readonly year: number
  /** It was written with two digits. */
  readonly short: boolean
  /** Month and day, or two numbers in the order in which they stand. */
  readonly first: number
  readonly second: number
  /** Null: both ways may be meant. */
  readonly order: DateOrder | null
  /** Milliseconds since midnight. */
  readonly time: number
  /** Minutes east of UTC, where the cell says. */
  readonly offset: number | null
}

/** First letters of the months in English and Swahili. */
const months: readonly (readonly string[])[] = [
  ['jan'],
  ['feb'],
  ['mar', 'mac'],
  ['apr'],
  ['may', 'mei'],
  ['jun'],
  ['jul'],
  ['aug', 'ago'],
  ['sep'],
  ['oct', 'okt'],
  ['nov'],
  ['dec', 'des'],
]

const clock =
  /(?:[T ,]+|^)(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([ap])?\.?(?:m\.?)?\s*(?:hrs)?(Z|UTC|EAT|[+-]\d{2}:?\d{2})?$/i

/** Days of a spreadsheet are counted from the end of 1899; these are 2009 to 2064. */
const serials = { from: 40_000, to: 60_000 }
const dayMs = 86_400_000

/** The clock at the end of a cell, and what stands before it; null where it is no time of day. */
function clockOf(cell: string): { rest: string; time: number; offset: number | null } | null {
  const found = clock.exec(cell)
  // "30.11.2026" ends like a clock, and is none.
  if (found === null || found.index === 0) return { rest: cell, time: 0, offset: null }
  const [, hours = '', minutes = '', seconds = '0', half, zone] = found
  const twelve = half === undefined ? Number(hours) : (Number(hours) % 12) + (/p/i.test(half) ? 12 : 0)
  if (twelve > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null
  const time = ((twelve * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000
  return { rest: cell.slice(0, found.index), time, offset: offsetOf(zone) }
}

function offsetOf(zone: string | undefined): number | null {
  if (zone === undefined) return null
  if (/^(?:Z|UTC)$/i.test(zone)) return 0
  if (/^EAT$/i.test(zone)) return 180
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

function yearOf(digits = ''): number {
  return digits.length === 2 ? 2000 + Number(digits) : Number(digits)
}

function monthOf(word = ''): number {
  const start = word.slice(0, 3).toLowerCase()
  return months.findIndex((names) => names.includes(start)) + 1
}

type Day = Omit<Parts, 'time' | 'offset' | 'short'>
type Found = readonly (string | undefined)[]

/** Forms of a day without its time, each with what it says of the order. */
const forms: readonly (readonly [RegExp, (found: Found) => Day])[] = [
  [/^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/, isoDay],
  [/^(\d{4})(\d{2})(\d{2})$/, isoDay],
  [
    /^(\d{1,2})(?:st|nd|rd|th)?[-/. ,]*([a-z]{3,9})\.?[-/. ,]*(\d{4}|\d{2})$/i,
    ([, day, month, year]) => ({
      year: yearOf(year),
      first: Number(day),
      second: monthOf(month),
      order: 'dayFirst',
    }),
  ],
  [
    /^([a-z]{3,9})\.?[-/. ,]*(\d{1,2})(?:st|nd|rd|th)?[-/. ,]+(\d{4}|\d{2})$/i,
    ([, month, day, year]) => ({
      year: yearOf(year),
      first: monthOf(month),
      second: Number(day),
      order: 'monthFirst',
    }),
  ],
  [
    /^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})$/,
    ([, first, , second, year]) => ({
      year: yearOf(year),
      first: Number(first),
      second: Number(second),
      order: null,
    }),
  ],
]

function isoDay([, year, month, day]: Found): Day {
  return { year: Number(year), first: Number(month), second: Number(day), order: 'monthFirst' }
}

function dayOf(text: string): Day | null {
  for (const [form, read] of forms) {
    const found = form.exec(text)
    if (found !== null) return read(found)
  }
  return null
}

function partsOf(cell: string): Parts | null {
  const text = cell
    .trim()
    .replace(/^'/, '')
    .replace(/^[a-z]{3,9},?\s+(?=\d)/i, (word) => (monthOf(word) > 0 ? word : ''))
  const serial = serialOf(text)
  if (serial !== null) return serial
  const stamp = /^(\d{8})(\d{2})(\d{2})(\d{2})$/.exec(text)
  const found = clockOf(stamp === null ? text : `${stamp[1]} ${stamp[2]}:${stamp[3]}:${stamp[4]}`)
  const day = found === null ? null : dayOf(found.rest.trim().replace(/,$/, ''))
  if (found === null || day === null) return null
  return { ...day, short: !/\d{4}/.test(found.rest), time: found.time, offset: found.offset }
}

/** A day as a spreadsheet counts it, when its cell was written without a date's format. */
function serialOf(text: string): Parts | null {
  if (!/^\d{5}(?:[.,]\d+)?$/.test(text)) return null
  const days = Number(text.replace(',', '.'))
  if (days < serials.from || days > serials.to) return null
  const at = new Date(Date.UTC(1899, 11, 30) + Math.floor(days) * dayMs)
  const time = Math.round((days % 1) * 86_400) * 1000
  return {
    year: at.getUTCFullYear(),
    first: at.getUTCMonth() + 1,
    second: at.getUTCDate(),
    short: false,
    order: 'monthFirst',
    time,
    offset: null,
  }
}

/** Between these, epoch ms, a payment can lie: no network is older, and none tells of what is to come. */
export interface Bounds {
  readonly from: number
  readonly to: number
}

/** How far back a year of two digits may lie. */
const shortYearMs = 3 * 366 * dayMs

function timeOf(parts: Parts, order: DateOrder, zone: string, { from, to }: Bounds): number | null {
  const { year, short, first, second, time, offset } = parts
  const [month, day] = (parts.order ?? order) === 'monthFirst' ? [first, second] : [second, first]
  const midnight = Date.UTC(year, month - 1, day)
  const real = new Date(midnight)
  if (real.getUTCMonth() !== month - 1 || real.getUTCDate() !== day) return null
  const seconds = time / 1000
  const at =
    offset === null
      ? new TZDate(year, month - 1, day, 0, 0, seconds, zone).getTime()
      : midnight + time - offset * 60_000
  // "26/11/10" may begin with its year: what two digits put far back is not read.
  return at >= (short ? Math.max(from, to - shortYearMs) : from) && at <= to ? at : null
}

/** How a column writes its dates, found from all of its cells. */
export interface DatesFound {
  /** Null where both may be meant. */
  readonly order: DateOrder | null
  /** A cell that tells two days, and when it would be either way, epoch ms; null where nothing is doubtful. */
  readonly doubtful: { readonly cell: string; readonly dayFirst: number; readonly monthFirst: number } | null
}

/**
 * Finds whether day or month comes first. Every cell has a say: one with a 13th month rules an order out for the whole
 * column, and so does one that would lie in the future. A column in which cells contradict each other was swapped in part
 * by a spreadsheet, and is asked about.
 */
export function findDates(cells: readonly string[], zone: string, bounds: Bounds): DatesFound {
  const read = cells.flatMap((cell) => {
    const parts = partsOf(cell)
    if (parts === null || parts.order !== null) return []
    const dayFirst = timeOf(parts, 'dayFirst', zone, bounds)
    const monthFirst = timeOf(parts, 'monthFirst', zone, bounds)
    return [{ cell, dayFirst, monthFirst }]
  })
  const days = read.some(({ dayFirst, monthFirst }) => dayFirst !== null && monthFirst === null)
  const months = read.some(({ dayFirst, monthFirst }) => dayFirst === null && monthFirst !== null)
  if (days !== months) return { order: months ? 'monthFirst' : 'dayFirst', doubtful: null }
  for (const { cell, dayFirst, monthFirst } of read) {
    if (dayFirst !== null && monthFirst !== null && dayFirst !== monthFirst)
      return { order: null, doubtful: { cell, dayFirst, monthFirst } }
  }
  return { order: 'dayFirst', doubtful: null }
}

/** Epoch ms of a cell, or null where it cannot be read in that order, or cannot be meant. */
export function dateOf(cell: string, order: DateOrder, zone: string, bounds: Bounds): number | null {
  const parts = partsOf(cell)
  return parts === null ? null : timeOf(parts, order, zone, bounds)
}
