import { type CodeTableName, inCodeTable } from './code-tables.ts'

/** Looks the same on paper as plain ASCII, and survives a printer that is set to another table. */
const folds: ReadonlyMap<string, string> = new Map([
  ...pairs('‘’‚‛′ʼʻ´', "'"),
  ...pairs('“”„‟″«»', '"'),
  ...pairs('‐‑‒–—―−', '-'),
  ...pairs('‹', '<'),
  ...pairs('›', '>'),
  ['…', '...'],
  ['•', '*'],
])

function pairs(characters: string, fold: string): [string, string][] {
  return Array.from(characters).map((character) => [character, fold])
}

function folded(text: string): string {
  return Array.from(text)
    .map((character) => folds.get(character) ?? character)
    .join('')
}

function printableGrapheme(grapheme: string, table: CodeTableName): string {
  if (/^[\t\n\v\f\r\u0085\p{Z}]+$/u.test(grapheme)) return ' '
  const visible = grapheme.replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
  // An accent that has no single letter here is dropped, the letter stays: a name keeps its shape and its width.
  const bare = visible.normalize('NFKD').replaceAll(/\p{M}/gu, '')
  if (visible === '') return ''
  const shown = [folded(visible), folded(bare)].find(
    (text) => text !== '' && Array.from(text).every((character) => inCodeTable(character, table)),
  )
  return shown ?? '?'
}

/** Most of what a shop sells: words of plain ASCII, one space apart. */
const plainWords = /^(?:[\x21-\x7e]+(?: [\x21-\x7e]+)*)?$/

/**
 * One line of text as a receipt printer can show it: no control character of any kind (C0, C1, DEL), typographic
 * signs folded to ASCII, one `?` for each grapheme that the code table lacks, single spaces. Every character left is one
 * column wide and one byte in that table, so columns are counted on the result.
 */
export function printable(text: string, table: CodeTableName = 'windows1252'): string {
  if (plainWords.test(text)) return text
  const segments = new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text.normalize('NFC'))
  let safe = ''
  for (const { segment } of segments) safe += printableGrapheme(segment, table)
  return safe.replaceAll(/ +/g, ' ').trim()
}
