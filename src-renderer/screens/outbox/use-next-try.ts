import { useState } from 'react'
import { useWording } from '../../components/use-wording.ts'
import { useWords } from './words.ts'

/** Words for the next try (epoch ms): its time, or that its turn comes, where that time is past already. */
export function useNextTry() {
  const { t } = useWords()
  const { time } = useWording()
  const [now] = useState(Date.now)
  return (dueAt: number | null): string => {
    if (dueAt === null) return t('outbox.byItselfNo')
    return dueAt <= now ? t('outbox.nextSoon') : time(dueAt)
  }
}
