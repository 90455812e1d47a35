import { parse } from 'csv-parse/sync'
import { z } from 'zod'

export const separators = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' } as const
export type Separator = keyof typeof separators
export const separatorNames: readonly Separator[] = ['comma', 'semicolon', 'tab', 'pipe']

/** One row of a file, with the line that it begins on, counted from 1. */
export interface Row {
  readonly line: number
  readonly cells: readonly string[]
}

const rowSchema = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.int() }) }))
const options = { relaxColumnCount: true, relaxQuotes: true, trim: true, info: true } as const

/**
 * What a text was before it was read in the wrong letters: UTF-16 taken for UTF-8 has a NUL beside every letter.
 * Texts that were read rightly stay as they are.
 */
export function plainText(text: string): string {
  const whole = text.includes('\u0000') ? text.replaceAll('\u0000', '').replaceAll('\ufffd', '') : text
  return whole.replace(/^\ufeff/, '').replaceAll(/\r\n?/g, '\n')
}

/**
 * Cuts a text into rows. A quote that stands alone is a letter: only where quotes close does a cell hold separators or
 * line ends. Empty rows are left out.
 */
export function rowsOf(text: string, separator: Separator): Row[] {
  const delimiter = separators[separator]
  const whole = text.includes('"') ? quoted(text, delimiter) : null
  return (whole ?? lineByLine(text, delimiter)).filter(({ cells }) => cells.some((cell) => cell !== ''))
}

/** Null where a quote swallows rows that follow it. */
function quoted(text: string, delimiter: string): Row[] | null {
  try {
    const rows = rowSchema.parse(parse(text, { ...options, delimiter }))
    const swallows = rows.some(({ record }) =>
      record.some((cell) => cell.split('\n').some((part, at) => at > 0 && part.split(delimiter).length > 2)),
    )
    return swallows
      ? null
      : rows.map(({ record, info }) => ({ line: info.lines - endsIn(record), cells: record }))
  } catch {
    return null
  }
}

/** Line ends inside a row's cells: the parser counts up to the row's end. */
function endsIn(record: readonly string[]): number {
  return record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0)
}

function lineByLine(text: string, delimiter: string): Row[] {
  return text.split('\n').map((line, index) => ({ line: index + 1, cells: cut(line, delimiter) }))
}

/** Quotes that close are honoured; one that does not is a letter, and everything behind it stays cut. */
function cut(line: string, delimiter: string): string[] {
  const cells: string[] = []
  let rest = line
  for (;;) {
    const whole = /^\s*"((?:[^"]|"")*)"\s*/.exec(rest)
    const after = whole === null ? '' : rest.slice(whole[0].length)
    if (whole !== null && (after === '' || after.startsWith(delimiter))) {
      cells.push((whole[1] ?? '').replaceAll('""', '"').trim())
      if (after === '') return cells
      rest = after.slice(delimiter.length)
      continue
    }
    const end = rest.indexOf(delimiter)
    cells.push((end < 0 ? rest : rest.slice(0, end)).trim())
    if (end < 0) return cells
    rest = rest.slice(end + delimiter.length)
  }
}

/**
 * A row with as many cells as there are headings: thousands that a separator without quotes cut apart are joined again.
 * Null where that cannot be told.
 */
export function fitted(cells: readonly string[], width: number): readonly string[] | null {
  const full = [...cells]
  while (full.length > width && full.at(-1) === '') full.pop()
  if (full.length <= width) return full
  const joined: string[] = []
  for (const cell of full) {
    const before = joined.at(-1)
    if (before !== undefined && /^-?\d{1,3}(?:,\d{3})*$/.test(before) && /^\d{3}(?:\.\d{1,2})?$/.test(cell))
      joined[joined.length - 1] = `${before},${cell}`
    else joined.push(cell)
  }
  return joined.length === width ? joined : null
}
