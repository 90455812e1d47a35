/*
 * Text as the narrowest of its readers can show it: one mechanism for paper, SMS and the editor that says what they make
 * of a name. Apart from the schemas, so that the page can use it without carrying their library.
 */

/** Control characters, line ends of any kind, and the one blank that is no space. */
export const unseenAsSpace = /[\p{Cc}\u2028\u2029\u2800]+/gu

/** Marks that turn, join or hide what stands beside them, fillers, and halves of characters; not what picks a letter's form. */
export const hidden =
  /(?!\p{Variation_Selector})[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Cs}\ufff9-\ufffb]/gu

/** What people put between the digits of a phone number, as the inside of a class of characters. */
export const betweenDigits = String.raw`\s().,/_'’\u2010-\u2015-`

/** True for text in which a person sees something. */
export function isVisible(text: string): boolean {
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(text.replaceAll(hidden, '').replaceAll('\u2800', ''))
}

function pairs(characters: string, fold: string): [string, string][] {
  return Array.from(characters).map((character) => [character, fold])
}

/** Looks the same as plain ASCII, is never worth a dearer message, and survives a printer that is set to another table. */
const signs: ReadonlyMap<string, string> = new Map([
  ...pairs('‘’‚‛′ʼʻʹˈ´＇', "'"),
  ...pairs('“”„‟″«»＂', '"'),
  ...pairs('‐‑‒–—―−﹣－', '-'),
  ...pairs('‹', '<'),
  ...pairs('›', '>'),
  ...pairs('⁄∕', '/'),
  ['…', '...'],
  ['•', '*'],
])

/** Letters that no rule of Unicode takes apart, and signs that have an everyday spelling. */
const spelled: ReadonlyMap<string, string> = new Map([
  ['`', "'"],
  ['Ł', 'L'],
  ['ł', 'l'],
  ...pairs('ĐÐƊ', 'D'),
  ...pairs('đðɗ', 'd'),
  ...pairs('ØƆ', 'O'),
  ...pairs('øɔ', 'o'),
  ['Æ', 'AE'],
  ['æ', 'ae'],
  ['Œ', 'OE'],
  ['œ', 'oe'],
  ['ẞ', 'SS'],
  ['ß', 'ss'],
  ['Þ', 'Th'],
  ['þ', 'th'],
  ...pairs('ıɩ', 'i'),
  ['Ɩ', 'I'],
  ['ȷ', 'j'],
  ['Ŧ', 'T'],
  ['ŧ', 't'],
  ['Ħ', 'H'],
  ['ħ', 'h'],
  ['Ŋ', 'Ng'],
  ['ŋ', 'ng'],
  ['Ɲ', 'Ny'],
  ['ɲ', 'ny'],
  ['Ɓ', 'B'],
  ['ɓ', 'b'],
  ['Ƒ', 'F'],
  ['ƒ', 'f'],
  ['Ɣ', 'G'],
  ['ɣ', 'g'],
  ['Ƙ', 'K'],
  ...pairs('ƙĸ', 'k'),
  ...pairs('ƎƏƐ', 'E'),
  ...pairs('ǝəɛ', 'e'),
  ['Ʋ', 'V'],
  ['ʋ', 'v'],
  ['Ƴ', 'Y'],
  ['ƴ', 'y'],
  ['×', 'x'],
  ['÷', '/'],
  ['·', '.'],
  ['©', '(c)'],
  ['®', '(R)'],
])

/** Typographic signs as plain ones, no-break and other odd spaces as spaces, and without what nobody sees. */
export function foldSigns(text: string): string {
  const seen = text.replaceAll(hidden, '').replaceAll(/[\p{Zs}\t\u2800]/gu, ' ')
  return Array.from(seen, (character) => signs.get(character) ?? character).join('')
}

/** Without accents, strokes and ligatures: a name keeps its shape. */
function bare(grapheme: string): string {
  const letters = grapheme.normalize('NFKD').replaceAll(/\p{M}/gu, '')
  return Array.from(letters, (letter) => spelled.get(letter) ?? signs.get(letter) ?? letter).join('')
}

/** What of a text a reader cannot show, and how it is shown instead. */
export interface Folded {
  readonly text: string
  /** Graphemes for which there is nothing instead; they stand in `text` as they are. */
  readonly beyond: readonly string[]
}

/**
 * Text for a reader who knows only some characters: signs folded, and letters that he lacks without what he lacks of
 * them. Emoji that he lacks are no letters, and count as beyond him like other scripts.
 * @param has one character that he knows
 */
export function foldFor(text: string, has: (character: string) => boolean): Folded {
  const shows = (part: string): boolean => part !== '' && Array.from(part).every(has)
  const beyond: string[] = []
  let folded = ''
  const segments = new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text.normalize('NFC'))
  for (const { segment } of segments) {
    const seen = foldSigns(segment)
    const shown = seen === '' ? '' : [seen, bare(seen)].find(shows)
    if (shown === undefined) beyond.push(segment)
    folded += shown ?? segment
  }
  return { text: folded, beyond }
}
