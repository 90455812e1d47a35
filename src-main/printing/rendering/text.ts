import type { ReceiptDocument } from '../documents/document.ts'
import { type LaidOutRun, layOut, usualShape } from '../encoding/lay-out.ts'

/** A line in characters of one size: what was twice as wide keeps its place between left, middle and right. */
function plainLine(runs: readonly LaidOutRun[], columns: number): string {
  const text = runs.map((run) => run.text).join('')
  const free = columns - text.trim().length
  if (text.length === columns || free <= 0) return text.trimEnd()
  const before = text.length - text.trimStart().length
  const spaces = text.length - text.trim().length
  return ' '.repeat(spaces === 0 ? 0 : Math.round((free * before) / spaces)) + text.trim()
}

/**
 * The paper as plain text, as wide as `columns`, for SMS and logs; codes as their words, pictures left out.
 * @throws UnprintableDocument
 */
export function renderText(document: ReceiptDocument, columns: number): string {
  const shape = { ...usualShape(columns), qr: 'none', barcode: false } as const
  const lines = layOut(document, shape).flatMap((item) =>
    item.kind === 'line' ? [plainLine(item.runs, columns)] : [],
  )
  return `${lines.join('\n')}\n`
}
