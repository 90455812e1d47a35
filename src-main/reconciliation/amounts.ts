import { largestMinor } from '../../src-preload/contract/money.ts'

export type DecimalMark = 'point' | 'comma'
export type Direction = 'in' | 'out'

/** An amount as a cell shows it, without its currency, sign and words. */
interface Figure {
  /** Digits, points and commas; the signs that group thousands otherwise are gone. */
  readonly digits: string
  readonly negative: boolean
  /** What stands behind it: "3,200.00 DR". */
  readonly direction: Direction | null
}

const currencyWords = /(?:TZS|KES|T\.?Sh\.?|K\.?Sh\.?|Shs?\.?|\/[=-]|=$)/gi
const nothing = /^(?:|-+|–|—|n\/?a|nil|null|none|hakuna)$/i

/** Null for a cell that tells nothing; "unreadable" for one that tells something else than an amount. */
function figureOf(cell: string): Figure | null | 'unreadable' {
  if (nothing.test(cell.trim())) return null
  const word = /\b(CR|DR)\.?$/i.exec(cell.trim())?.[1]?.toUpperCase()
  const bare = cell
    .trim()
    .replace(/\s*\b(?:CR|DR)\.?$/i, '')
    .replaceAll(currencyWords, '')
    // Spaces of every width and the Swiss quote group thousands.
    .replaceAll(/[\s\u00a0\u2007\u2009\u202f'’]/g, '')
    .replaceAll(/[\u2010-\u2015\u2212]/g, '-')
  const inside = /^\((.*)\)$/.exec(bare)?.[1]
  const signed = inside ?? bare
  const digits = signed.replace(/^[+-]/, '').replace(/-$/, '')
  if (!/^\d[\d.,]*$/.test(digits) || /[.,]$/.test(digits)) return 'unreadable'
  const negative = inside !== undefined || signed.startsWith('-') || signed.endsWith('-')
  return { digits, negative, direction: word === undefined ? null : word === 'DR' ? 'out' : 'in' }
}

/** What one cell alone proves of the decimal mark. `either`: three digits behind one sign, as in 3.200. */
function proves(digits: string): DecimalMark | 'either' | null {
  const marks = digits.replaceAll(/\d/g, '')
  const last = marks.at(-1)
  if (last === undefined) return null
  const mark = last === '.' ? 'point' : 'comma'
  const other = mark === 'point' ? 'comma' : 'point'
  if (marks.includes('.') && marks.includes(',')) return mark
  if (marks.length > 1) return other
  const [before = '', behind = ''] = digits.split(last)
  return behind.length === 3 && before.length <= 3 && !/^0+$/.test(before) ? 'either' : mark
}

/** How a column writes its amounts, found from all of its cells. */
export interface DecimalsFound {
  readonly mark: DecimalMark
  /** A cell that can be read in two ways, where nothing in the column says which is meant. */
  readonly doubtful: string | null
}

/**
 * Finds the decimal mark of a column. Amounts have two decimals, so that 3,200 is three thousand to everybody who writes
 * English; 3.200 alone may be either, and is asked about.
 */
export function findDecimals(cells: readonly string[]): DecimalsFound {
  const read = cells.map((cell) => ({ cell, figure: figureOf(cell) }))
  const shown = read.flatMap(({ cell, figure }) =>
    figure === null || figure === 'unreadable' ? [] : [{ cell, digits: figure.digits }],
  )
  const proofs = new Set(shown.map(({ digits }) => proves(digits)))
  if (proofs.has('comma') && !proofs.has('point')) return { mark: 'comma', doubtful: null }
  if (proofs.has('point')) return { mark: 'point', doubtful: null }
  const either = shown.find(({ digits }) => proves(digits) === 'either' && digits.includes('.'))
  return { mark: 'point', doubtful: either?.cell ?? null }
}

/** How the amounts of a column are read. */
export interface Decimals {
  readonly mark: DecimalMark
  /** A person said so, where the file does not. */
  readonly told: boolean
}

/** Money of one cell: minor units, never below nothing; which way it went, where the cell says. */
export interface Amount {
  readonly minor: number
  readonly direction: Direction | null
}

/** @returns null for a cell without an amount; "unreadable" for one that cannot be told, or not as its column is written */
export function amountOf(cell: string, { mark, told }: Decimals): Amount | null | 'unreadable' {
  const figure = figureOf(cell)
  if (figure === null || figure === 'unreadable') return figure
  const minor = minorOf(figure.digits, mark, told)
  if (minor === null) return 'unreadable'
  return { minor, direction: figure.negative ? 'out' : figure.direction }
}

/** Null for what cannot be meant: three decimals of a shilling, groups that are no thousands, more than a sale may be. */
function minorOf(digits: string, mark: DecimalMark, told: boolean): number | null {
  const own = proves(digits)
  const meant = own === 'either' || own === null ? mark : own
  const [decimal, group] = meant === 'point' ? (['.', ','] as const) : ([',', '.'] as const)
  // In a column of commas 3,200 is three shillings and twenty cents, or three thousand: nobody knows.
  if (own === 'either' && !told && digits.includes(decimal)) return null
  const [whole = '', ...rest] = digits.split(decimal)
  const behind = rest.join(decimal)
  if (!isCents(behind) || !isGrouped(whole, group)) return null
  const minor = Number(whole.replaceAll(group, '')) * 100 + Number(behind.slice(0, 2).padEnd(2, '0'))
  return minor <= largestMinor ? minor : null
}

/** A third decimal of a shilling is a zero. */
function isCents(behind: string): boolean {
  return /^\d{0,2}0*$/.test(behind)
}

/** In thousands, or as India counts: 12,34,567. */
function isGrouped(whole: string, group: string): boolean {
  return !whole.includes(group) || /^\d{1,3}(?:[.,]\d{2,3})*[.,]\d{3}$/.test(whole)
}
