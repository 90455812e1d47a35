import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { ErrorBanner } from './error-banner.tsx'
import { PickList, type PickListProps } from './pick-list.tsx'

interface PagedListProps<T> extends Omit<PickListProps<T>, 'rows'> {
  /** The pages as TanStack Query holds them. */
  readonly pages: {
    readonly data: { readonly pages: readonly { readonly rows: readonly T[] }[] } | undefined
    readonly error: unknown
    readonly hasNextPage: boolean
    readonly fetchNextPage: () => Promise<unknown>
  }
  /** What to do while there is nothing to list. */
  readonly empty: ReactNode
}

/** Every row of the pages so far. */
export function rowsOf<T>(pages: PagedListProps<T>['pages']): T[] {
  return pages.data?.pages.flatMap((page) => page.rows) ?? []
}

/** A list that comes page by page: what went wrong, what to do while it is empty, the rows, and more on demand. */
export function PagedList<T>({ pages, empty, ...list }: PagedListProps<T>) {
  const { t } = useWords()
  const rows = rowsOf(pages)
  return (
    <>
      <ErrorBanner error={pages.error} />
      {pages.data !== undefined && rows.length === 0 ? empty : null}
      <PickList rows={rows} {...list} />
      {pages.hasNextPage ? (
        <Button variant="default" onClick={() => void pages.fetchNextPage()}>
          {t('common.more')}
        </Button>
      ) : null}
    </>
  )
}
