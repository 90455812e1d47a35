import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import type { Sale } from '../../../src-preload/contract/receipts.ts'
import { useWording } from '../../components/use-wording.ts'
import { handedOverKey } from '../../live.ts'

interface HandedOverProps {
  readonly shownId: string
  /** Nothing is typed on the counter: the sale of the POS may take its place. */
  readonly free: boolean
}

/** A sale from the shop's POS opens by itself on a free counter; on a busy one it waits as one line. */
export function HandedOver({ shownId, free }: HandedOverProps) {
  const { t } = useTranslation()
  const { money } = useWording()
  const cache = useQueryClient()
  const [location, navigate] = useLocation()
  const { data: sale } = useQuery<Sale | null>({ queryKey: handedOverKey, queryFn: skipToken })
  const opens = sale != null && free && location === '/'
  useEffect(() => {
    if (sale == null) return
    if (opens) navigate(`/sale/${sale.id}`)
    if (opens || sale.id === shownId) cache.setQueryData(handedOverKey, null)
  }, [sale, opens, shownId, navigate, cache])
  if (sale == null || opens || sale.id === shownId) return null
  return (
    <p className="handed-over" role="status">
      <span aria-hidden="true">↓ </span>
      {t('counter.handedOver', {
        number: String(sale.number ?? 0).padStart(6, '0'),
        amount: money(sale.totalMinor, sale.currency),
      })}{' '}
      <Link href={`/sale/${sale.id}`}>{t('counter.openSale')}</Link>
    </p>
  )
}
