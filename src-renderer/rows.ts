import type { InfiniteData } from '@tanstack/react-query'

interface Row {
  readonly id: string
  readonly createdAt: number
  readonly updatedAt: number
}

/** One page of a list, as main answers it. */
export interface Page<T> {
  readonly rows: T[]
  readonly cursor: string | null
}

/** Puts a row in its place, newest first; an older edition of a row already there is ignored. */
export function upsert<T extends Row>(rows: readonly T[], row: T): T[] {
  const known = rows.findIndex((candidate) => candidate.id === row.id)
  const present = rows[known]
  if (present !== undefined) {
    return present.updatedAt > row.updatedAt ? [...rows] : rows.with(known, row)
  }
  const place = rows.findIndex((candidate) => candidate.createdAt <= row.createdAt)
  return place === -1 ? [...rows, row] : rows.toSpliced(place, 0, row)
}

/** Puts a row in the place of its older edition on whichever page it stands; the same object when it stands on none. */
export function replaceInPages<T extends Row>(
  data: InfiniteData<Page<T>> | undefined,
  row: T,
): InfiniteData<Page<T>> | undefined {
  const shown = data?.pages.some(({ rows }) => rows.some(({ id }) => id === row.id)) ?? false
  if (data === undefined || !shown) return data
  const pages = data.pages.map((page) =>
    page.rows.some(({ id }) => id === row.id) ? { ...page, rows: upsert(page.rows, row) } : page,
  )
  return { ...data, pages }
}

/** The same for the one page that a list has. */
export function upsertPage<T extends Row>(page: Page<T> | undefined, row: T): Page<T> | undefined {
  return page === undefined ? undefined : { ...page, rows: upsert(page.rows, row) }
}
