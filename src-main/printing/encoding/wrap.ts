const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** As much of a word as fits into each line; one grapheme at least. */
function broken(word: string, width: number, sizeOf: (text: string) => number): string[] {
  const lines = ['']
  for (const { segment } of graphemes.segment(word)) {
    const line = lines.at(-1) ?? ''
    if (line !== '' && sizeOf(line + segment) > width) lines.push(segment)
    else lines[lines.length - 1] = line + segment
  }
  return lines
}

/**
 * Breaks text between words, and inside a word only where it is longer than a line; no character is lost.
 * @param text single spaces
 * @param width columns in a line, at least 1
 * @param sizeOf columns of a text; one a character unless told
 * @returns at least one line, none wider than `width`
 */
export function wrap(text: string, width: number, sizeOf = (one: string): number => one.length): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && sizeOf(line) + 1 + sizeOf(word) <= width) {
      line += ` ${word}`
      continue
    }
    if (line !== '') lines.push(line)
    const parts = sizeOf(word) > width ? broken(word, width, sizeOf) : [word]
    lines.push(...parts.slice(0, -1))
    line = parts.at(-1) ?? ''
  }
  if (line !== '' || lines.length === 0) lines.push(line)
  return lines
}
