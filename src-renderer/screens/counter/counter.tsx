import { useQuery } from '@tanstack/react-query'
import { problemOf } from '../../components/problem.ts'
import { useWording } from '../../components/use-wording.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useKaunta } from '../../kaunta.tsx'
import type { PageProps } from '../screen.ts'
import { SaleWorkspaceView } from './sale-workspace.tsx'

/** The sale on the counter, or an earlier one opened from a list. */
export function CounterScreen({ id }: PageProps) {
  const saleId = id ?? null
  const { t } = useWords()
  const { say } = useWording()
  const { queries } = useKaunta()
  const current = useQuery({ ...queries.sales.current.queryOptions(), enabled: saleId === null })
  const earlier = useQuery({
    ...queries.sales.get.queryOptions({ input: { id: saleId ?? '' } }),
    enabled: saleId !== null,
  })
  const { data: sale, error } = saleId === null ? current : earlier
  if (sale !== undefined) return <SaleWorkspaceView key={sale.id} sale={sale} />
  return (
    <section className="screen" aria-label={t('counter.title')}>
      {error === null ? (
        <p className="waiting">{t('connection.connecting')}</p>
      ) : (
        <p role="alert" className="tone-red">
          {say(problemOf(error).sentence)}
        </p>
      )}
    </section>
  )
}
