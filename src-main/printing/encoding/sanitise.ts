import { foldFor } from '../../../src-preload/contract/plain-text.ts'
import { cellsOf, isScript } from '../scripts/script-line.ts'
import { type CodeTableName, inCodeTable } from './code-tables.ts'

/** Most of what a shop sells: words of plain ASCII, one space apart. */
const plainWords = /^(?:[\x21-\x7e]+(?: [\x21-\x7e]+)*)?$/

/** Text as a line of paper can bear it. */
export interface LineText {
  /** As the printer's code table holds it; every character is one column wide and one byte there. */
  readonly plain: string
  /** The same where it can be drawn: with letters that the table lacks. Equal to `plain` where it lacks none. */
  readonly full: string
  /** Columns of `full`. */
  readonly cells: number
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
const emoji = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u

function spaced(text: string): string {
  return text.replaceAll(/ +/g, ' ').trim()
}

/** `text` with something else for each grapheme that is beyond the table. */
function without(text: string, beyond: ReadonlySet<string>, instead: (grapheme: string) => string): string {
  const shown = Array.from(graphemes.segment(text), ({ segment }) =>
    beyond.has(segment) ? instead(segment) : segment,
  )
  return spaced(shown.join(''))
}

/**
 * One line of text as a receipt printer can show it: no control character of any kind (C0, C1, DEL), typographic
 * signs folded to ASCII, letters that the code table lacks without their accents, single spaces. What is still beyond
 * the table is one `?` for each grapheme in `plain`, and stays in `full` where it is a letter. Emoji say nothing in black and white, and go where anything else is left.
 */
export function lineText(text: string, table: CodeTableName = 'windows1252'): LineText {
  if (plainWords.test(text)) return { plain: text, full: text, cells: text.length }
  // Line ends and other controls part words; foldFor drops what nobody sees.
  const line = text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
  const folded = foldFor(line, (character) => inCodeTable(character, table))
  const beyond = new Set(folded.beyond)
  if (beyond.size === 0) {
    const plain = spaced(folded.text)
    return { plain, full: plain, cells: plain.length }
  }
  const mark = (grapheme: string): string => (emoji.test(grapheme) ? '' : '?')
  const plain = without(folded.text, beyond, mark) || '?'
  if (!folded.beyond.some(isScript)) return { plain, full: plain, cells: plain.length }
  const full = without(folded.text, beyond, (one) => (isScript(one) ? one : mark(one)))
  return { plain, full, cells: cellsOf(full) }
}

/** `plain` of `lineText`. */
export function printable(text: string, table: CodeTableName = 'windows1252'): string {
  return lineText(text, table).plain
}
