import { asc, inArray } from 'drizzle-orm'
import { fiscalSchema } from '../../src-preload/contract/fiscal.ts'
import type { Sale } from '../../src-preload/contract/receipts.ts'
import type { Damage } from '../database/damage.ts'
import type { Database } from '../database/open.ts'
import { type sale, saleLine, tender } from './tables.ts'
import type { PaymentFacts } from './takings.ts'

type SaleRow = typeof sale.$inferSelect
type LineRow = typeof saleLine.$inferSelect
type TenderRow = typeof tender.$inferSelect

export interface AssembleDeps {
  readonly database: Database
  readonly damage: Damage
  readonly payments: { readonly facts: PaymentFacts }
  readonly actor: () => string | null
  readonly nameOf: (staffId: string | null) => string | null
}

function toLine({ saleId: _sale, position: _position, ...line }: LineRow): Sale['lines'][number] {
  return line
}

function toTender(row: TenderRow, facts: ReturnType<PaymentFacts>): Sale['tenders'][number] {
  const { kind, amountMinor, paymentId, givenMinor, label, reference } = row
  const known = facts.get(paymentId ?? '')
  return {
    kind,
    amountMinor,
    paymentId,
    givenMinor,
    receiptCode: known?.code ?? reference,
    network: known?.network ?? label,
    reversedMinor: known?.reversedMinor ?? 0,
  }
}

/** What went back to the customer later is no debt: only what came in counts against it. */
function owedOf(row: SaleRow, tenders: Sale['tenders'], nameOf: AssembleDeps['nameOf']): Sale['owed'] {
  const amountMinor = row.totalMinor - tenders.reduce((sum, one) => sum + one.amountMinor, 0)
  if (row.owedNote === null || amountMinor <= 0) return null
  return { amountMinor, note: row.owedNote, staffName: nameOf(row.owedStaffId) }
}

/** Sales with their lines and money, from their rows. */
export function createAssembler(deps: AssembleDeps): (rows: readonly SaleRow[]) => Sale[] {
  const { orm } = deps.database.read

  const whole = (row: SaleRow, lines: readonly LineRow[], tenders: Sale['tenders']): Sale => ({
    id: row.id,
    number: row.number,
    posNumber: row.posNumber,
    tillId: row.tillId,
    state: row.state,
    source: row.source,
    customer: { phone: row.customerPhone, name: row.customerName },
    currency: row.currency,
    lines: lines.map(toLine),
    totalMinor: row.totalMinor,
    tenders,
    paidMinor: tenders.reduce((sum, one) => sum + one.amountMinor - one.reversedMinor, 0),
    owed: owedOf(row, tenders, deps.nameOf),
    fiscal: row.fiscal === null ? null : fiscalSchema.parse(JSON.parse(row.fiscal)),
    // A draft is whose hands it is in.
    staffName: deps.nameOf(row.staffId ?? (row.state === 'draft' ? deps.actor() : null)),
    recordedAt: row.recordedAt,
    soldAt: row.soldAt,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  })

  return (rows) => {
    if (rows.length === 0) return []
    const ids = rows.map((row) => row.id)
    const lines = orm
      .select()
      .from(saleLine)
      .where(inArray(saleLine.saleId, ids))
      .orderBy(asc(saleLine.position))
      .all()
    const tenders = orm
      .select()
      .from(tender)
      .where(inArray(tender.saleId, ids))
      .orderBy(asc(tender.at), asc(tender.id))
      .all()
    const facts = deps.payments.facts(
      tenders.flatMap((row) => (row.paymentId === null ? [] : [row.paymentId])),
    )
    return deps.damage.each(rows, (row) =>
      whole(
        row,
        lines.filter((line) => line.saleId === row.id),
        tenders.filter((one) => one.saleId === row.id).map((one) => toTender(one, facts)),
      ),
    )
  }
}
