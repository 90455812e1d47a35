/** What networks write where they have no id. */
const placeholder = /^(?:0+|n\/?a|none|null|nil|undefined|unknown|[-–—_.]+|)$/i

/** An id or receipt code that a network gave, as text; null for nothing, and for what only stands in the place of one. */
export function idOf(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null
  const text = String(value).trim()
  return placeholder.test(text) ? null : text
}
