import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Language } from '../../../src-preload/contract/paging.ts'
import type { Sale } from '../../../src-preload/contract/receipts.ts'
import { isProblem } from '../../components/problem.ts'
import { useKaunta } from '../../kaunta.tsx'
import { type GivenCash, lastFinished, lastFinishedKey, readGiven } from './cash.ts'
import type { Draft } from './use-draft.ts'
import type { History } from './use-history.ts'

type FinishInput = Parameters<ReturnType<typeof useKaunta>['client']['sales']['finish']>[0]

export interface LeaveOpen {
  /** What becomes of what is unpaid. */
  readonly rest: 'owed' | 'cash'
  readonly note: string
  readonly managerPin: string | null
}

export interface Cash {
  /** As it stands in the field; empty for just the amount. */
  readonly typed: string
  readonly given: GivenCash
  readonly change: (typed: string) => void
}

interface FinishParts {
  readonly sale: Sale
  readonly draft: Draft
  readonly history: History
  readonly dueMinor: number
  readonly run: (name: string, work: () => Promise<void>) => void
  readonly askManager: () => void
}

/** Takes the sale off the counter, with the cash that was handed over where somebody typed it. */
export function useFinish({ sale, draft, history, dueMinor, run, askManager }: FinishParts) {
  const { client, queries } = useKaunta()
  const cache = useQueryClient()
  const [location, navigate] = useLocation()
  const [typed, change] = useState('')
  const given = readGiven(typed, dueMinor)
  const finishWith = async (more: Pick<FinishInput, 'leaveOpen' | 'print'>) => {
    await draft.flush()
    const { finished, next } = await client.sales.finish({
      id: sale.id,
      ...more,
      ...('givenMinor' in given && dueMinor > 0 ? { cashGivenMinor: given.givenMinor } : {}),
    })
    cache.setQueryData(lastFinishedKey, lastFinished(finished))
    cache.setQueryData(queries.sales.current.queryKey(), next)
    if (location !== '/') navigate('/')
  }
  /** @param task its name among the counter's actions */
  const close = (task: string, more: Pick<FinishInput, 'print'>) => {
    // The field says what is wrong with it; a sum that is only too little is main's to refuse, in its own words.
    if (given.kind === 'unreadable' && dueMinor > 0) return
    run(task, async () => {
      try {
        await finishWith(more)
      } catch (error) {
        // Whether money came is not known: only a manager may let the customer go.
        const unknown = history.payments.some(({ state }) => state === 'unknown')
        if (!unknown || !isProblem(error, 'PROMPT_ALIVE')) throw error
        askManager()
      }
    })
  }
  const finishOpen = ({ rest, note, managerPin }: LeaveOpen) =>
    finishWith({ leaveOpen: { rest, note, ...(managerPin === null ? {} : { managerPin }) } })
  const finish = () => close('finish', {})
  const finishPrinted = (language: Language | null) =>
    close('print', { print: language === null ? {} : { language } })
  const cash: Cash = { typed, given, change }
  return { cash, finish, finishOpen, finishPrinted }
}
