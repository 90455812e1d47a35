/** A COMMAND of one level, written by hand: the imitation must not share the adapter's reading of XML. */
export function fieldsOf(document: string): ReadonlyMap<string, string> | null {
  const whole = /^\s*(?:<\?xml version="1\.0"[^>]*\?>)?\s*<COMMAND>([\s\S]*)<\/COMMAND>\s*$/.exec(document)
  if (whole === null) return null
  const fields = new Map<string, string>()
  const field = /\s*<([A-Z0-9_]+)(?:\/>|>([^<>]*)<\/\1>)\s*/y
  const inner = whole[1] ?? ''
  let at = 0
  while (at < inner.length) {
    field.lastIndex = at
    const found = field.exec(inner)
    const name = found?.[1]
    // Small letters, nested or repeated tags are none of the network's.
    if (found === null || name === undefined || fields.has(name)) return null
    fields.set(name, plain(found[2] ?? ''))
    at = field.lastIndex
  }
  return fields
}

const entities: readonly (readonly [sign: string, written: string])[] = [
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
]

function plain(written: string): string {
  return entities.toReversed().reduce((text, [sign, entity]) => text.replaceAll(entity, sign), written)
}

export function commandOf(fields: Readonly<Record<string, string>>): string {
  const written = Object.entries(fields).map(([name, value]) => {
    const safe = entities.reduce((text, [sign, entity]) => text.replaceAll(sign, entity), value)
    return `<${name}>${safe}</${name}>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<COMMAND>\n${written.join('\n')}\n</COMMAND>`
}
