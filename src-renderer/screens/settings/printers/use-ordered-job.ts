import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { PrintJob } from '../../../../src-preload/contract/printing.ts'
import { useKaunta } from '../../../kaunta.tsx'

/** One print job, or what was printed in its place, from the moment it is ordered, as the live stream tells of it. */
export function useOrderedJob() {
  const { queries } = useKaunta()
  const [ordered, setOrdered] = useState<PrintJob | null>(null)
  const { data: jobs } = useQuery(queries.printing.list.queryOptions({ input: {} }))
  // Where a person says that it did not come, another takes its place, wherever on the page that was said.
  const newest =
    ordered === null
      ? undefined
      : jobs?.find(({ purpose, createdAt }) => purpose === ordered.purpose && createdAt >= ordered.createdAt)
  return { job: newest ?? ordered, follow: setOrdered }
}
