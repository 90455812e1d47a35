import { TZDate } from '@date-fns/tz'
import { parse } from 'csv-parse/sync'
import { isValid, parse as parseDate } from 'date-fns'
import type { StatementFormat } from '../providers/mobile-money.ts'

/** Money that came in, as the network's own list has it. */
export interface StatementLine {
  readonly code: string
  /** Epoch ms. */
  readonly at: number
  /** Minor units. */
  readonly amountMinor: number
  readonly phone: string | null
}

export type StatementRead =
  | { readonly ok: true; readonly lines: readonly StatementLine[] }
  /** What is wrong, for a person; names headings and lines, never amounts or phones. */
  | { readonly ok: false; readonly detail: string }

type Field = 'code' | 'at' | 'paidIn' | 'paidOut' | 'phone' | 'status'

const plain = (heading: string): string => heading.toLowerCase().replace(/[^a-z0-9]/g, '')

/**
 * Reads the statement that a network's portal exports as CSV. Lines above the headings (shop, period) are passed over;
 * only completed lines with money coming in count.
 */
export function readStatement(text: string, format: StatementFormat): StatementRead {
  const rows = rowsOf(text)
  if (typeof rows === 'string') return { ok: false, detail: rows }
  const head = rows.findIndex(
    (row) => columnsOf(row, format).has('code') && columnsOf(row, format).has('paidIn'),
  )
  const columns = columnsOf(rows[head] ?? [], format)
  if (head < 0 || !columns.has('at')) {
    const wanted = [format.code[0], format.at[0], format.paidIn[0]].join(', ')
    return { ok: false, detail: `headings wanted: ${wanted}` }
  }
  const lines: StatementLine[] = []
  for (const [index, row] of rows.slice(head + 1).entries()) {
    const line = lineOf(row, columns, format)
    if (line === 'no date') return { ok: false, detail: `line ${head + index + 2}: no date` }
    if (line !== null) lines.push(line)
  }
  return { ok: true, lines }
}

/** The cells, or why it is no CSV. */
function rowsOf(text: string): string[][] | string {
  try {
    return parse(text, { bom: true, relaxColumnCount: true, skipEmptyLines: true, trim: true })
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? 'no CSV') : 'no CSV'
  }
}

/** Null for a line by which no money came in. */
function lineOf(
  row: readonly string[],
  columns: ReadonlyMap<Field, number>,
  format: StatementFormat,
): StatementLine | 'no date' | null {
  const cell = (field: Field) => row[columns.get(field) ?? -1]?.trim() ?? ''
  const amountMinor = minorOf(cell('paidIn'))
  if (cell('code') === '' || amountMinor === null || amountMinor <= 0) return null
  if (!isCompleted(cell('status'), format)) return null
  const at = timeOf(cell('at'), format)
  if (at === null) return 'no date'
  return { code: cell('code').toUpperCase(), at, amountMinor, phone: phoneIn(cell('phone')) }
}

function columnsOf(row: readonly string[], format: StatementFormat): ReadonlyMap<Field, number> {
  const found = new Map<Field, number>()
  const fields: readonly Field[] = ['code', 'at', 'paidIn', 'paidOut', 'phone', 'status']
  for (const field of fields) {
    const names = new Set(format[field].map(plain))
    const index = row.findIndex((heading) => names.has(plain(heading)))
    if (index >= 0) found.set(field, index)
  }
  return found
}

/** Portals group by commas and write two decimals. Null for what is no number. */
function minorOf(cell: string): number | null {
  const amount = Number(cell.replace(/[,\s]|^(?:TZS|KES|Tsh|Ksh)\.?/gi, ''))
  const minor = Math.round(amount * 100)
  return cell === '' || !Number.isSafeInteger(minor) ? null : minor
}

/** By whole words: "unsuccessful" and "not completed" hold the good words too. */
function isCompleted(status: string, format: StatementFormat): boolean {
  const words: readonly string[] = status.toLowerCase().match(/[a-z]+/g) ?? []
  return (
    words.length === 0 || (words.some((word) => format.completed.includes(word)) && !words.includes('not'))
  )
}

/** Epoch ms of a portal's local time; null when no known form fits. */
function timeOf(cell: string, format: StatementFormat): number | null {
  for (const form of format.dates) {
    const read = parseDate(cell, form, TZDate.tz(format.zone))
    if (isValid(read)) return read.getTime()
  }
  return null
}

/** The first thing in the cell that looks like a number of Tanzania or Kenya: portals add names. */
function phoneIn(cell: string): string | null {
  const digits = /(?:\+?25[45]|0)[17x6*]?[\dx*]{8}/i.exec(cell.replace(/\s/g, ''))?.[0]
  return digits ?? null
}
