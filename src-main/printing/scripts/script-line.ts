/** Dots of a character of Font A, and from one line to the next, at 203 dpi. */
export const letterDots = 12
export const lineDots = 30
/** Dots of a drawn line in a file across one of a printer's: 609 dpi. */
export const scriptZoom = 3

/** Text of a line that no code table of a printer holds, where it stands and how large. */
export interface ScriptLine {
  readonly pieces: readonly { readonly text: string; readonly align: 'left' | 'centre' | 'right' }[]
  /** Of Font A: how wide the line is. */
  readonly columns: number
  readonly bold: boolean
  readonly wide: 1 | 2
  readonly high: 1 | 2
}

/** A font in `resources/fonts`. */
export interface ScriptFont {
  readonly file: string
  readonly family: string
  readonly holds: RegExp
}

/** Every one of them holds plain Latin too. Scripts of India are not among them: what draws sets their vowels too near. */
const fonts: readonly ScriptFont[] = [
  {
    file: 'NotoSans-Regular.ttf',
    family: 'Noto Sans',
    holds: /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u,
  },
  { file: 'NotoSansArabic-Regular.ttf', family: 'Noto Sans Arabic', holds: /\p{Script_Extensions=Arabic}/u },
  { file: 'NotoSansEthiopic-Regular.ttf', family: 'Noto Sans Ethiopic', holds: /\p{Script=Ethiopic}/u },
  {
    file: 'NotoSansSC-Regular.ttf',
    family: 'Noto Sans SC Thin',
    holds: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uff60]/u,
  },
]

/** True for a grapheme that is worth keeping where a code table lacks it: part of a name, in whatever script. */
export function isScript(grapheme: string): boolean {
  return /[\p{L}\p{N}]/u.test(grapheme)
}

function fontFor(grapheme: string): ScriptFont | undefined {
  return fonts.find(({ holds }) => holds.test(grapheme))
}

/** Text that one font draws. */
export interface ScriptRun {
  readonly text: string
  readonly font: ScriptFont
}

/** A text by the fonts that draw it, with `?` for what none does; null where nothing of it needs to be drawn. */
export function runsOf(text: string): ScriptRun[] | null {
  const [latin] = fonts
  if (latin === undefined) return null
  const runs: ScriptRun[] = []
  for (const { segment } of graphemes.segment(text)) {
    const font = fontFor(segment)
    const last = runs.at(-1)
    // Spaces, figures and stops are drawn by whatever draws what stands before them.
    const own = font ?? last?.font ?? latin
    const shown = font === undefined && isScript(segment) && !/^\p{N}$/u.test(segment) ? '?' : segment
    if (last?.font === own) runs[runs.length - 1] = { font: own, text: last.text + shown }
    else runs.push({ font: own, text: shown })
  }
  return runs.some(({ font, text: shown }) => font !== latin || /[^\u0020-\u00ff]/.test(shown)) ? runs : null
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

const twice =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uff60]/u

/** Columns that a text is given: two for each sign of East Asia, one for each other grapheme. */
export function cellsOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length
  let cells = 0
  for (const { segment } of graphemes.segment(text)) cells += twice.test(segment) ? 2 : 1
  return cells
}
