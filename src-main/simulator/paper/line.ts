import type { PaperItem } from '../../src-preload/contract/practice.ts'
import { codeTables } from './paper-code-tables.ts'

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

/** The print head's line: characters collect with their style until a line feed, or until the paper is full. */
export interface PaperLine {
  reset(): void
  restyle(change: Partial<Style>): void
  align(to: Line['align']): void
  /** False when this printer does not have the table. */
  codeTable(n: number): boolean
  type(byte: number): void
  tab(): void
  /** Prints what has collected, if anything. */
  flush(): boolean
  /** Prints what has collected, an empty line otherwise. */
  feed(): void
}

/** @param widthDots printable dots across the paper */
export function createPaperLine(widthDots: number, print: (line: Line) => void): PaperLine {
  let style = plain
  let alignment: Line['align'] = 'left'
  let table = codeTables.get(0) ?? ''
  let runs: Run[] = []
  let usedDots = 0

  const put = () => {
    print({ kind: 'line', runs, align: alignment })
    runs = []
    usedDots = 0
  }
  const add = (character: string) => {
    const dots = characterDots[style.font] * style.width
    if (usedDots + dots > widthDots) put()
    usedDots += dots
    const last = runs.at(-1)
    if (last !== undefined && sameStyle(last, style)) last.text += character
    else runs.push({ text: character, ...style })
  }
  return {
    reset() {
      style = plain
      alignment = 'left'
      table = codeTables.get(0) ?? ''
      runs = []
      usedDots = 0
    },
    restyle(change) {
      style = { ...style, ...change }
    },
    align(to) {
      alignment = to
    },
    codeTable(n) {
      const found = codeTables.get(n)
      table = found ?? table
      return found !== undefined
    },
    type(byte) {
      add(byte < 0x80 ? String.fromCharCode(byte) : (table[byte - 0x80] ?? '?'))
    },
    tab() {
      const columnDots = characterDots[style.font] * style.width
      const stop = (Math.floor(usedDots / columnDots / tabColumns) + 1) * tabColumns * columnDots
      while (usedDots < Math.min(stop, widthDots)) add(' ')
    },
    flush() {
      if (runs.length === 0) return false
      put()
      return true
    },
    feed: put,
  }
}
