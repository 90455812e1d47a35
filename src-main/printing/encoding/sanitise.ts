import { foldFor } from '../../../src-preload/contract/plain-text.ts'
import { type CodeTableName, inCodeTable } from './code-tables.ts'

/** Most of what a shop sells: words of plain ASCII, one space apart. */
const plainWords = /^(?:[\x21-\x7e]+(?: [\x21-\x7e]+)*)?$/

/** Text as paper folds it, and whether the code table holds all of it. */
export interface Printable {
  /** Every character left is one column wide and one byte in the table, so columns are counted on this. */
  readonly text: string
  readonly whole: boolean
}

/**
 * One line of text as a receipt printer can show it: no control character of any kind (C0, C1, DEL), typographic
 * signs folded to ASCII, letters that the code table lacks without their accents, one `?` for each grapheme that is
 * still beyond it, single spaces.
 */
export function printableLine(text: string, table: CodeTableName = 'windows1252'): Printable {
  if (plainWords.test(text)) return { text, whole: true }
  // Line ends and other controls part words; foldFor drops what nobody sees.
  const line = text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
  const folded = foldFor(line, (character) => inCodeTable(character, table))
  const lacks = new Set(folded.beyond)
  let shown = folded.text
  if (lacks.size > 0) {
    const segments = new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(shown)
    shown = Array.from(segments, ({ segment }) => (lacks.has(segment) ? '?' : segment)).join('')
  }
  return { text: shown.replaceAll(/ +/g, ' ').trim(), whole: lacks.size === 0 }
}

/** The text of `printableLine`. */
export function printable(text: string, table: CodeTableName = 'windows1252'): string {
  return printableLine(text, table).text
}
