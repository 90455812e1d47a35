/** What printers read as one byte in code table 16 (Windows-1252) beside ASCII and Latin-1. */
const windows1252Extras = new Set('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ')

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

function encodable(character: string): boolean {
  const code = character.codePointAt(0) ?? 0
  if (code >= 0x20 && code <= 0x7e) return true
  if (code > 0xa0 && code <= 0xff) return code !== 0xad
  return windows1252Extras.has(character)
}

function folded(text: string): string {
  return Array.from(text)
    .map((character) => folds.get(character) ?? character)
    .join('')
}

function printableGrapheme(grapheme: string): string {
  if (/^[\t\n\v\f\r\u0085\p{Z}]+$/u.test(grapheme)) return ' '
  const visible = grapheme.replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
  // An accent that has no single letter here is dropped, the letter stays: a name keeps its shape and its width.
  const bare = visible.normalize('NFKD').replaceAll(/\p{M}/gu, '')
  if (visible === '') return ''
  const shown = [folded(visible), folded(bare)].find(
    (text) => text !== '' && Array.from(text).every(encodable),
  )
  return shown ?? '?'
}

/**
 * One line of text as a receipt printer can show it: no control character of any kind (C0, C1, DEL), typographic
 * signs folded to ASCII, one `?` for each grapheme of another script, single spaces. Every character left is one
 * column wide and one byte in Windows-1252, so columns are counted on the result.
 */
export function printable(text: string): string {
  const segments = new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text.normalize('NFC'))
  let safe = ''
  for (const { segment } of segments) safe += printableGrapheme(segment)
  return safe.replaceAll(/ +/g, ' ').trim()
}
