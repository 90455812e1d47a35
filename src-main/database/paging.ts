import { and, eq, lt, or, type SQL } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'

/** The columns by which rows stand newest first; the id tells rows of the same moment apart. */
interface Order {
  readonly at: SQLiteColumn
  readonly id: SQLiteColumn
}

/**
 * What comes after the row that a cursor names, newest first.
 * @param before a cursor of `pageFrom`; undefined is the first page
 */
export function olderThan({ at, id }: Order, before: string | undefined): SQL | undefined {
  if (before === undefined) return undefined
  const [time = '', key = ''] = before.split('.')
  return or(lt(at, Number(time)), and(eq(at, Number(time)), lt(id, key)))
}

/**
 * A page out of rows that were asked for with one more than `limit`.
 * @param at epoch ms of a row, as it is ordered by
 */
export function pageFrom<Row extends { readonly id: string }, Shown>(
  rows: readonly Row[],
  limit: number,
  at: (row: Row) => number,
  present: (rows: readonly Row[]) => Shown[],
): { rows: Shown[]; cursor: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const more = rows.length > limit && last !== undefined
  return { rows: present(shown), cursor: more ? `${at(last)}.${last.id}` : null }
}
