import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const till = sqliteTable('till', {
  id: text().primaryKey(),
  /** The newest receipt number given out. */
  lastNumber: integer('last_number').notNull(),
})

export const sale = sqliteTable('sale', {
  id: text().primaryKey(),
  tillId: text('till_id').notNull(),
  number: integer(),
  /** The POS's own number, once per key. */
  posNumber: text('pos_number'),
  apiKeyId: text('api_key_id'),
  state: text({ enum: ['draft', 'recorded', 'finished'] }).notNull(),
  source: text({ enum: ['counter', 'api'] }).notNull(),
  customerPhone: text('customer_phone'),
  customerName: text('customer_name'),
  currency: text({ enum: ['TZS', 'KES'] }).notNull(),
  totalMinor: integer('total_minor').notNull(),
  staffId: text('staff_id'),
  /** JSON of `fiscalSchema`, as the certified device answered. */
  fiscal: text(),
  /** Why its customer left without paying it all, and who let him; null where nobody did. */
  owedNote: text('owed_note'),
  owedStaffId: text('owed_staff_id'),
  /** When it got its number; null while a draft. */
  recordedAt: integer('recorded_at'),
  /** When it was sold, where the POS told. */
  soldAt: integer('sold_at'),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
})

export const saleLine = sqliteTable(
  'sale_line',
  {
    saleId: text('sale_id').notNull(),
    position: integer().notNull(),
    name: text().notNull(),
    quantityMilli: integer('quantity_milli').notNull(),
    unitPriceMinor: integer('unit_price_minor').notNull(),
    discountMinor: integer('discount_minor').notNull(),
    taxRateBp: integer('tax_rate_bp').notNull(),
  },
  (table) => [primaryKey({ columns: [table.saleId, table.position] })],
)

export const tender = sqliteTable('tender', {
  id: text().primaryKey(),
  saleId: text('sale_id').notNull(),
  kind: text({ enum: ['cash', 'mobileMoney', 'card', 'other'] }).notNull(),
  amountMinor: integer('amount_minor').notNull(),
  paymentId: text('payment_id').unique(),
  /** Cash handed over; the rest was change. */
  givenMinor: integer('given_minor'),
  /** What the POS calls its way of paying, and its own number of it; card and other only. */
  label: text(),
  reference: text(),
  at: integer().notNull(),
  /** The count that took it in; null until one did. */
  cashUpId: text('cash_up_id'),
})
