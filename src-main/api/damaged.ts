import type { ValidationError } from '@orpc/server'
import { z } from 'zod'

type Issues = ValidationError['issues']
type PathPart = NonNullable<Issues[number]['path']>[number]

/** Where in an answer a row stands: the keys to its list, and its place in there. */
interface Place {
  readonly keys: readonly string[]
  readonly index: number
}

/** What of an answer can be shown, and the rows that cannot. */
export interface Sifted {
  readonly output: unknown
  /** Their ids, or ? where even that is not to be read. */
  readonly damaged: readonly string[]
}

const rowSchema = z.looseObject({ id: z.union([z.string(), z.number()]) })

function keyOf(part: PathPart): PropertyKey {
  return typeof part === 'object' ? part.key : part
}

/** The row of a list that an issue is about; null where it is about the answer itself. */
function placeOf(path: Issues[number]['path']): Place | null {
  const parts = (path ?? []).map(keyOf)
  const at = parts.findIndex((part) => typeof part === 'number')
  const index = parts[at]
  return typeof index === 'number' ? { keys: parts.slice(0, at).map(String), index } : null
}

/** The answer without the rows at these places of the list under `keys`. */
function without(
  value: unknown,
  keys: readonly string[],
  places: ReadonlySet<number>,
  out: string[],
): unknown {
  const [key, ...rest] = keys
  if (key === undefined) {
    if (!Array.isArray(value)) return value
    const rows: unknown[] = value
    for (const index of places) {
      const row = rowSchema.safeParse(rows[index])
      out.push(row.success ? String(row.data.id) : '?')
    }
    return rows.filter((_row, index) => !places.has(index))
  }
  if (typeof value !== 'object' || value === null) return value
  return { ...value, [key]: without(Reflect.get(value, key), rest, places, out) }
}

/**
 * Takes the rows that do not fit out of the lists of an answer, so that one damaged row never hides the others.
 * @returns null where the answer itself does not fit
 */
export function sift(issues: Issues, data: unknown): Sifted | null {
  const lists = new Map<string, { keys: readonly string[]; places: Set<number> }>()
  for (const { path } of issues) {
    const place = placeOf(path)
    if (place === null) return null
    const name = place.keys.join('.')
    const list = lists.get(name) ?? { keys: place.keys, places: new Set<number>() }
    list.places.add(place.index)
    lists.set(name, list)
  }
  const damaged: string[] = []
  let output = data
  for (const { keys, places } of lists.values()) output = without(output, keys, places, damaged)
  return { output, damaged }
}
