/* No schema library, so that the page can use it. */

/** What of a sale tells its time, epoch ms. */
export interface SaleTimes {
  readonly soldAt: number | null
  readonly recordedAt: number | null
  readonly updatedAt: number
}

/** The time of a sale, epoch ms: what the POS told, when it was recorded, or when its draft was last touched. */
export function soldAt(sale: SaleTimes): number {
  return sale.soldAt ?? sale.recordedAt ?? sale.updatedAt
}
