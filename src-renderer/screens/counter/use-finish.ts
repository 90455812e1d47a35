import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Sale } from '../../../src-preload/contract/receipts.ts'
import { problemOf } from '../../components/problem.ts'
import { useKaunta } from '../../kaunta.tsx'
import { type GivenCash, lastFinished, lastFinishedKey, readGiven } from './cash.ts'
import type { Draft } from './use-draft.ts'
import type { History } from './use-history.ts'

export interface LeaveOpen {
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
  const finishWith = async (leaveOpen: { note: string; managerPin?: string } | null) => {
    await draft.flush()
    const { finished, next } = await client.sales.finish({
      id: sale.id,
      ...(leaveOpen === null ? {} : { leaveOpen }),
      ...('givenMinor' in given && dueMinor > 0 ? { cashGivenMinor: given.givenMinor } : {}),
    })
    cache.setQueryData(lastFinishedKey, lastFinished(finished))
    cache.setQueryData(queries.sales.current.queryKey(), next)
    if (location !== '/') navigate('/')
  }
  const finish = () => {
    // The field says what is wrong with it; a sum that is only too little is main's to refuse, in its own words.
    if (given.kind === 'unreadable' && dueMinor > 0) return
    run('finish', async () => {
      try {
        await finishWith(null)
      } catch (error) {
        // Whether money came is not known: only a manager may let the customer go.
        const unknown = history.payments.some(({ state }) => state === 'unknown')
        if (!unknown || problemOf(error).code !== 'PROMPT_ALIVE') throw error
        askManager()
      }
    })
  }
  const finishOpen = ({ note, managerPin }: LeaveOpen) =>
    finishWith(managerPin === null ? { note } : { note, managerPin })
  const cash: Cash = { typed, given, change }
  return { cash, finish, finishOpen }
}
