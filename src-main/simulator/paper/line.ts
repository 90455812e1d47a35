import type { PaperItem } from '../../../src-preload/contract/paper.ts'
import type { CodeTables } from './code-tables.ts'
import { type DotImage, imageItem, joined } from './pictures.ts'

type Line = Extract<PaperItem, { kind: 'line' }>
type Run = Line['runs'][number]
type Style = Omit<Run, 'text'>

const plain: Style = { bold: false, underline: false, inverse: false, width: 1, height: 1, font: 'A' }
/** Dots across one character. */
const characterDots = { A: 12, B: 9 } as const
/** Columns between tab stops after a reset. */
const tabColumns = 8

function sameStyle(run: Run, style: Style): boolean {
  return (
    run.bold === style.bold &&
    run.underline === style.underline &&
    run.inverse === style.inverse &&
    run.width === style.width &&
    run.height === style.height &&
    run.font === style.font
  )
}

/** The print head's line: what is typed or drawn collects until a line feed, or until the paper is full. */
export interface PaperLine {
  /** Printable dots across the paper. */
  readonly paperDots: number
  reset(): void
  restyle(change: Partial<Style>): void
  align(to: Line['align']): void
  alignment(): Line['align']
  /** False when this printer does not have the table. */
  codeTable(n: number): boolean
  type(byte: number): void
  /** A strip of dots at this place of the line. */
  picture(image: DotImage): void
  /** Moves on to the next stop. */
  tab(): void
  /** Stops in columns of the font of the moment; none for one every eight columns. */
  tabStops(columns: readonly number[]): void
  /** Moves on to so many dots from the left; false when that lies behind or beyond the paper. */
  moveTo(dots: number): boolean
  /** Prints what has collected, if anything. */
  flush(): boolean
  /** Prints what has collected, an empty line otherwise. */
  feed(): void
}

/** @param paperDots printable dots across the paper */
export function createPaperLine(
  paperDots: number,
  tables: CodeTables,
  print: (item: PaperItem) => void,
): PaperLine {
  let style = plain
  let alignment: Line['align'] = 'left'
  let table = tables.get(0) ?? ''
  let stops: readonly number[] = []
  let runs: Run[] = []
  let pictures: DotImage[] = []
  let usedDots = 0

  const clear = () => {
    runs = []
    pictures = []
    usedDots = 0
  }
  const put = () => {
    const image = joined(pictures, paperDots)
    if (image !== null) print(imageItem(image, alignment))
    if (image === null || runs.length > 0) print({ kind: 'line', runs, align: alignment })
    clear()
  }
  const add = (character: string) => {
    const dots = characterDots[style.font] * style.width
    if (usedDots + dots > paperDots) put()
    usedDots += dots
    const last = runs.at(-1)
    if (last !== undefined && sameStyle(last, style)) last.text += character
    else runs.push({ text: character, ...style })
  }
  const moveTo = (dots: number) => {
    while (usedDots < Math.min(dots, paperDots)) add(' ')
  }
  return {
    paperDots,
    reset() {
      style = plain
      alignment = 'left'
      table = tables.get(0) ?? ''
      stops = []
      clear()
    },
    restyle(change) {
      style = { ...style, ...change }
    },
    align(to) {
      alignment = to
    },
    alignment: () => alignment,
    codeTable(n) {
      const found = tables.get(n)
      table = found ?? table
      return found !== undefined
    },
    type(byte) {
      add(byte < 0x80 ? String.fromCharCode(byte) : (table[byte - 0x80] ?? '?'))
    },
    picture(image) {
      pictures.push(image)
      usedDots += image.widthDots
    },
    tab() {
      const columnDots = characterDots[style.font] * style.width
      const column = Math.floor(usedDots / columnDots)
      const next =
        stops.length === 0
          ? (Math.floor(column / tabColumns) + 1) * tabColumns
          : (stops.find((stop) => stop > column) ?? column)
      moveTo(next * columnDots)
    },
    tabStops(columns) {
      stops = columns
    },
    moveTo(dots) {
      if (dots < usedDots || dots > paperDots) return false
      moveTo(dots)
      return true
    },
    flush() {
      if (runs.length === 0 && pictures.length === 0) return false
      put()
      return true
    },
    feed: put,
  }
}
