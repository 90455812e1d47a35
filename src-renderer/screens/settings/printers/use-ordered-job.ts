import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { PrintJob } from '../../../../src-preload/contract/printing.ts'
import { useKaunta } from '../../../kaunta.tsx'

/** One print job from the moment it is ordered, as the live stream tells of it. */
export function useOrderedJob() {
  const { queries } = useKaunta()
  const [ordered, setOrdered] = useState<PrintJob | null>(null)
  const { data: jobs } = useQuery(queries.printing.list.queryOptions({ input: {} }))
  const job = jobs?.find(({ id }) => id === ordered?.id) ?? ordered
  return { job, follow: setOrdered }
}
