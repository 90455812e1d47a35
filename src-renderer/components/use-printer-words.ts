import { skipToken, useQuery } from '@tanstack/react-query'
import type { PrintJob } from '../../src-preload/contract/printing.ts'
import { formatSaleNumber } from '../../src-preload/contract/sale-number.ts'
import { useWords } from '../i18n/use-words.ts'
import { useKaunta } from '../kaunta.tsx'

/** The answers to "did it come out?", by what a press of them does. */
export const answerWords = {
  paperYes: 'counter.paperYes',
  paperNo: 'counter.paperNo',
  paperAgain: 'counter.paperAgain',
  drawerYes: 'counter.drawerYes',
  drawerNo: 'counter.drawerNo',
} as const

export type AnswerName = keyof typeof answerWords

/** "Yes" and "no" to "did it come out?"; what a "no" brings depends on what it was. */
export function answerNames({ purpose }: Pick<PrintJob, 'purpose'>): readonly [AnswerName, AnswerName] {
  if (purpose === 'drawer') return ['drawerYes', 'drawerNo']
  return purpose === 'receipt' || purpose === 'copy' ? ['paperYes', 'paperNo'] : ['paperYes', 'paperAgain']
}

/** The words of the two answers, as paths of the language files. */
export function answersOf(job: Pick<PrintJob, 'purpose'>) {
  const [yes, no] = answerNames(job)
  return [answerWords[yes], answerWords[no]] as const
}

/** The number of a job's sale; null for a paper of no sale, and until main has said. */
export function useSaleNumber(saleId: string | null): number | null {
  const { queries } = useKaunta()
  const input = saleId === null ? skipToken : { id: saleId }
  return useQuery(queries.sales.get.queryOptions({ input })).data?.number ?? null
}

/** The question that only a person can answer: which paper, and at which printer to look. */
export function usePaperQuestion() {
  const { t } = useWords()
  return (
    { purpose, printerName }: Pick<PrintJob, 'purpose' | 'printerName'>,
    number: number | null,
  ): string =>
    t(`counter.paperAsk.${purpose}`, { number: formatSaleNumber({ number }), printer: printerName })
}
