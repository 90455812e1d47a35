import type { ReceiptDocument } from '../documents/document.ts'
import { type LaidOutRun, layOut, usualShape } from '../encoding/lay-out.ts'
import { cellsOf, type ScriptLine } from '../scripts/script-line.ts'

/** A line in characters of one size: what was twice as wide keeps its place between left, middle and right. */
function plainLine(runs: readonly LaidOutRun[], columns: number): string {
  const text = runs.map((run) => run.text).join('')
  const free = columns - text.trim().length
  if (text.length === columns || free <= 0) return text.trimEnd()
  const before = text.length - text.trimStart().length
  const spaces = text.length - text.trim().length
  return ' '.repeat(spaces === 0 ? 0 : Math.round((free * before) / spaces)) + text.trim()
}

/** A line in whatever script it is written, as near to its place as letters of different widths allow. */
function scriptLine({ pieces, columns }: ScriptLine): string {
  const [first, second] = pieces
  if (first === undefined) return ''
  const free = columns - cellsOf(first.text) - (second === undefined ? 0 : cellsOf(second.text))
  if (second !== undefined) return first.text + ' '.repeat(Math.max(1, free)) + second.text
  const before = { left: 0, centre: Math.floor(free / 2), right: free }[first.align]
  return ' '.repeat(Math.max(0, before)) + first.text
}

/**
 * The paper as plain text, as wide as `columns`, for SMS and logs; codes as their words, pictures left out.
 * @throws UnprintableDocument
 */
export function renderText(document: ReceiptDocument, columns: number): string {
  const shape = { ...usualShape(columns), qr: 'none', barcode: false } as const
  const lines = layOut(document, shape).flatMap((item) =>
    item.kind === 'line'
      ? [item.script === undefined ? plainLine(item.runs, columns) : scriptLine(item.script)]
      : [],
  )
  return `${lines.join('\n')}\n`
}
