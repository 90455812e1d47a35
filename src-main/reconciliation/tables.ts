import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { differenceKinds } from '../../src-preload/contract/reconciliation.ts'

export const reconciliation = sqliteTable('reconciliation', {
  id: text().primaryKey(),
  accountId: text('account_id').notNull(),
  source: text({ enum: ['query', 'statement'] }).notNull(),
  fromAt: integer('from_at').notNull(),
  toAt: integer('to_at').notNull(),
  fileName: text('file_name'),
  /** JSON of `statementReadingSchema`. */
  reading: text(),
  matched: integer().notNull(),
  matchedMinor: integer('matched_minor').notNull(),
  staffId: text('staff_id'),
  startedAt: integer('started_at').notNull(),
  endedAt: integer('ended_at'),
})

export const reconciliationItem = sqliteTable('reconciliation_item', {
  id: integer().primaryKey(),
  reconciliationId: text('reconciliation_id').notNull(),
  kind: text({ enum: differenceKinds }).notNull(),
  paymentId: text('payment_id'),
  code: text(),
  phone: text(),
  hereMinor: integer('here_minor'),
  thereMinor: integer('there_minor'),
  at: integer().notNull(),
  detail: text(),
  note: text(),
  settledBy: text('settled_by'),
  settledAt: integer('settled_at'),
})
