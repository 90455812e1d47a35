import { hidden } from '../../src-preload/contract/plain-text.ts'
import type { StatementReading, UnreadLine } from '../../src-preload/contract/reconciliation.ts'
import type { StatementFormat } from '../providers/mobile-money.ts'
import { amountOf, type DecimalMark, type Decimals, type Direction, findDecimals } from './amounts.ts'
import { fitted, plainText, type Row, rowsOf, separatorNames, separators } from './cells.ts'
import { type Bounds, type DateOrder, dateOf, findDates } from './dates.ts'

/** Money that came in, as the network's own list has it. */
export interface StatementLine {
  readonly code: string
  /** Epoch ms. */
  readonly at: number
  /** Minor units. */
  readonly amountMinor: number
  readonly phone: string | null
  /** It came in, and the network took it back. */
  readonly reversed: boolean
}

/** What a person said about a file that can be read in two ways. */
export interface Said {
  readonly dates?: DateOrder | undefined
  readonly decimals?: DecimalMark | undefined
}

export type StatementRead =
  | { readonly ok: true; readonly lines: readonly StatementLine[]; readonly reading: StatementReading }
  /** Nobody can tell which reading is meant: a person has to say. Times are epoch ms, amounts minor units. */
  | {
      readonly ok: 'doubtful'
      readonly about: 'dates'
      readonly sample: string
      readonly dayFirst: number
      readonly monthFirst: number
    }
  | {
      readonly ok: 'doubtful'
      readonly about: 'decimals'
      readonly sample: string
      readonly point: number
      readonly comma: number
    }
  | { readonly ok: false; readonly why: 'noHeadings' | 'workbook'; readonly headings: string }

type Field = 'code' | 'at' | 'paidIn' | 'paidOut' | 'phone' | 'status' | 'direction'
type Columns = ReadonlyMap<Field, number>

const fields: readonly Exclude<Field, 'direction'>[] = ['code', 'at', 'paidIn', 'paidOut', 'phone', 'status']
/** Where a list has one column of amounts and another that says which way they went. */
const directionHeadings: ReadonlySet<string> = new Set(
  (
    'Direction|DR/CR|CR/DR|D/C|C/D|Debit/Credit|Credit/Debit|Debit/Credit Indicator|Type|Transaction Type|Txn Type|' +
    'Tran Type|Type of Transaction|Entry Type|Aina|Aina ya muamala'
  )
    .split('|')
    .map(plain),
)
const outWords = new Set(
  (
    'debit debits dr d w out outgoing outward withdrawal withdraw withdrawn sent payout disbursement b2c charge charges ' +
    'fee fees commission reversal reversed refund kutoa toa kutuma tuma imetumwa imetoka ada makato'
  ).split(' '),
)

/** Words of a state by which no money is there, of all networks. */
const notPaid = new Set(
  (
    'not no failed fail failure unsuccessful unsuccessfull declined rejected cancelled canceled pending processing ' +
    'initiated expired uncompleted incomplete void voided timeout tf haijakamilika imeshindikana imefutwa'
  ).split(' '),
)
const takenBack = new Set(
  'reversed reverse reversal refunded refund rolledback rollback chargeback imerudishwa'.split(' '),
)

/** What workbooks begin with, as letters of one byte and as UTF-8 that is none. */
const workbooks = ['PK\u0003\u0004', '\u00d0\u00cf\u0011\u00e0', '\ufffd\ufffd\u0011\u0871']

/** The oldest mobile money is of 2007. */
const oldest = Date.UTC(2007, 0, 1)
/** The network's clock and this one's may be a day apart. */
const aheadMs = 86_400_000

function plain(heading: string): string {
  return heading.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}

/**
 * Reads the list that a network's portal exports, as the portal wrote it or as a spreadsheet left it. Separator, decimal
 * mark and order of dates are found from the whole file. Lines that cannot be read are listed with their reason and hold
 * back none of the others; what stands above the headings and below the lines (shop, period, totals) is passed over.
 * @param now epoch ms: no payment is of a later time
 */
export function readStatement(
  given: string,
  format: StatementFormat,
  now: number,
  said: Said = {},
): StatementRead {
  const headings = [format.code[0], format.at[0], format.paidIn[0]].join(', ')
  if (workbooks.some((start) => given.startsWith(start))) return { ok: false, why: 'workbook', headings }
  const table = tableOf(plainText(given), format)
  if (table === null) return { ok: false, why: 'noHeadings', headings }
  const { rows, columns, separator } = table
  const bounds = { from: oldest, to: now + aheadMs }
  const column = (field: Field) => rows.map((row) => cellOf(row.cells, columns, field))
  const dates = findDates(column('at'), format.zone, bounds)
  if (dates.doubtful !== null && said.dates === undefined) {
    const { cell, dayFirst, monthFirst } = dates.doubtful
    return { ok: 'doubtful', about: 'dates', sample: cell, dayFirst, monthFirst }
  }
  const decimals = findDecimals([...column('paidIn'), ...column('paidOut')])
  if (decimals.doubtful !== null && said.decimals === undefined)
    return { ok: 'doubtful', about: 'decimals', ...bothAmounts(decimals.doubtful) }
  const order = (dates.doubtful === null ? dates.order : said.dates) ?? 'dayFirst'
  const told = decimals.doubtful !== null
  const mark = told ? (said.decimals ?? decimals.mark) : decimals.mark
  const how = { columns, format, order, decimals: { mark, told }, bounds }
  const read = rows.map((row) => lineOf(row, how))
  const { lines, unread } = once(read)
  return {
    ok: true,
    lines,
    reading: {
      separator,
      dates: order,
      decimals: mark,
      lines: lines.length,
      passed: read.filter((one) => one === 'passed').length,
      unread: unread.slice(0, unreadMax),
      unreadCount: unread.length,
    },
  }
}

/** Lines that are listed; beyond them only their number is told. */
const unreadMax = 200

function bothAmounts(sample: string): { sample: string; point: number; comma: number } {
  const minor = (mark: DecimalMark) => {
    const digits = sample.replaceAll(/[^\d.,]/g, '')
    const [whole = '', behind = ''] = digits.split('.')
    return mark === 'point'
      ? Number(whole) * 100 + Number(behind.slice(0, 2))
      : Number(`${whole}${behind}`) * 100
  }
  return { sample, point: minor('point'), comma: minor('comma') }
}

interface Table {
  readonly separator: (typeof separatorNames)[number]
  readonly columns: Columns
  /** The lines below the headings, each with as many cells as there are headings, or with null. */
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] | null }[]
}

/** By whatever separator the headings are found. */
function tableOf(text: string, format: StatementFormat): Table | null {
  for (const separator of separatorNames) {
    const rows = rowsOf(text, separator)
    const head = rows.findIndex((row) => isHead(columnsOf(row.cells, format)))
    const found = rows[head]
    if (found === undefined) continue
    const columns = columnsOf(found.cells, format)
    const below = rows.slice(head + 1).filter((row) => isUncut(row) || isLine(row, columns, format))
    const width = found.cells.length
    const wide = (row: Row) => (isUncut(row) ? null : fitted(row.cells, width))
    return { separator, columns, rows: below.map((row) => ({ line: row.line, cells: wide(row) })) }
  }
  return null
}

function isHead(columns: Columns): boolean {
  return columns.has('code') && columns.has('paidIn') && columns.has('at')
}

/** A line that another sign cuts than its headings, with figures in it: no mere words at the foot. */
function isUncut({ cells }: Row): boolean {
  const [only = '', ...rest] = cells.filter((cell) => cell !== '')
  return rest.length === 0 && /\d{3}/.test(only) && uncutAt.some((sign) => only.split(sign).length > 3)
}

const uncutAt = Object.values(separators)

/** Totals, balances, headings once more and words at the foot are no lines. */
function isLine({ cells }: Row, columns: Columns, format: StatementFormat): boolean {
  const filled = cells.filter((cell) => cell !== '')
  if (filled.length < 2 || isHead(columnsOf(cells, format))) return false
  const [first = ''] = filled
  const code = cellOf(cells, columns, 'code')
  const sums =
    /^(?:grand\s+|sub\s*-?\s*)?(?:totals?|jumla|opening|closing|balance|salio|page|ukurasa|end of)\b/i
  return !sums.test(code === '' ? first : code)
}

function cellOf(cells: readonly string[] | null, columns: Columns, field: Field): string {
  return cells?.[columns.get(field) ?? -1]?.trim() ?? ''
}

function columnsOf(row: readonly string[], format: StatementFormat): Columns {
  const found = new Map<Field, number>()
  const headings = row.map(plain)
  for (const field of fields) {
    // In the order in which they are known: "Paid In" before a bare "Amount".
    const index = format[field].map((name) => headings.indexOf(plain(name))).find((at) => at >= 0)
    if (index !== undefined) found.set(field, index)
  }
  const direction = headings.findIndex((heading) => directionHeadings.has(heading))
  if (direction >= 0) found.set('direction', direction)
  return found
}

interface How {
  readonly columns: Columns
  readonly format: StatementFormat
  readonly order: DateOrder
  readonly decimals: Decimals
  readonly bounds: Bounds
}

type Read = StatementLine & { readonly line: number }

/** `passed`: nothing came in by it, or not for certain yet. */
function lineOf(row: Table['rows'][number], how: How): Read | UnreadLine | 'passed' {
  const unread = (why: UnreadLine['why']): UnreadLine => ({ line: row.line, why })
  if (row.cells === null) return unread('cells')
  const cell = (field: Field) => cellOf(row.cells, how.columns, field)
  const state = stateOf(cell('status'), how.format)
  if (state === 'not') return 'passed'
  const paid = paidIn(cell('paidIn'), cell('paidOut'), cell('direction'), how.decimals)
  if (paid === null) return 'passed'
  if (paid === 'unreadable') return unread('amount')
  if (state === null) return unread('state')
  const code = codeIn(cell('code'))
  if (code === '') return unread('code')
  if (isSpoiled(code)) return unread('codeSpoiled')
  const at = dateOf(cell('at'), how.order, how.format.zone, how.bounds)
  if (at === null) return unread('date')
  const phone = phoneIn(cell('phone'))
  return { line: row.line, code, at, amountMinor: paid, phone, reversed: state === 'reversed' }
}

/** Minor units that came in; null for money that went out, and where nothing moved. */
function paidIn(
  inCell: string,
  outCell: string,
  direction: string,
  decimals: Decimals,
): number | null | 'unreadable' {
  const amount = amountOf(inCell, decimals)
  if (amount === 'unreadable') return amount
  if (amount === null || amount.minor === 0) return null
  const way: Direction =
    amount.direction ?? (wordsOf(direction).some((word) => outWords.has(word)) ? 'out' : 'in')
  // One line that says both is of a list that was torn.
  const out = amountOf(outCell, decimals)
  if (out !== null && (out === 'unreadable' || out.minor > 0)) return 'unreadable'
  return way === 'out' ? null : amount.minor
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[a-z]+/g) ?? []
}

/** By whole words: "unsuccessful" and "not completed" hold the good words too. Null: nobody knows this word. */
function stateOf(status: string, format: StatementFormat): 'paid' | 'reversed' | 'not' | null {
  const words = wordsOf(status)
  if (words.length === 0) return 'paid'
  if (words.some((word) => takenBack.has(word))) return 'reversed'
  if (words.some((word) => notPaid.has(word))) return 'not'
  return words.some((word) => format.completed.includes(word)) ? 'paid' : null
}

/** Without what marks it as text for a spreadsheet, and without blanks and what nobody sees. */
function codeIn(cell: string): string {
  const bare = cell.replaceAll(hidden, '').replaceAll(/\s/g, '').toUpperCase()
  return bare
    .replace(/^=(?=["“])/, '')
    .replace(/^["'‘’“”]+/, '')
    .replace(/["'‘’“”]+$/, '')
}

/** A spreadsheet took the code for a number: 5.11E+13, or its last digits became zeros. */
function isSpoiled(code: string): boolean {
  return (
    /^\d(?:[.,]\d+)?E\+\d+$|^\d[.,]\d+E\d+$/.test(code) ||
    /^#+$/.test(code) ||
    (/^\d{16,}$/.test(code) && /^0+$/.test(code.slice(15)))
  )
}

/** A code stands once: a second line of it with another amount or state is nobody's proof. */
function once(read: readonly (Read | UnreadLine | 'passed')[]): {
  lines: StatementLine[]
  unread: UnreadLine[]
} {
  const lines = new Map<string, Read>()
  const unread: UnreadLine[] = []
  for (const one of read) {
    if (one === 'passed') continue
    if ('why' in one) {
      unread.push(one)
      continue
    }
    const known = lines.get(one.code)
    if (known === undefined) lines.set(one.code, one)
    else if (known.amountMinor !== one.amountMinor) unread.push({ line: one.line, why: 'codeTwice' })
    else if (one.reversed) lines.set(one.code, { ...known, reversed: true })
  }
  return { lines: [...lines.values()].map(({ line: _line, ...rest }) => rest), unread }
}

/** The first thing in the cell that looks like a number of Tanzania or Kenya: portals add names. */
function phoneIn(cell: string): string | null {
  const bare = cell.replaceAll(/\s/g, '')
  // What hides digits need not be as long as what it hides.
  const hidden = /(?:\+?25[45]|0)\d{0,8}[x*]{2,12}\d{1,8}/i.exec(bare)
  return (hidden ?? /(?:\+?25[45]|0)[17x6*]?[\dx*]{8}/i.exec(bare))?.[0] ?? null
}
