import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

const states = [
  'pending',
  'prompted',
  'processing',
  'unknown',
  'completed',
  'failed',
  'cancelled',
  'expired',
  'reversed',
] as const

export const payment = sqliteTable('payment', {
  id: text().primaryKey(),
  saleId: text('sale_id').notNull(),
  accountId: text('account_id').notNull(),
  effectId: integer('effect_id').notNull().unique(),
  provider: text().notNull(),
  phone: text().notNull(),
  amountMinor: integer('amount_minor').notNull(),
  currency: text({ enum: ['TZS', 'KES'] }).notNull(),
  state: text({ enum: states }).notNull(),
  reason: text(),
  detail: text(),
  providerReference: text('provider_reference'),
  receiptCode: text('receipt_code'),
  needsDecision: integer('needs_decision', { mode: 'boolean' }).notNull().default(false),
  createdAt: integer('created_at').notNull(),
  promptedAt: integer('prompted_at'),
  updatedAt: integer('updated_at').notNull(),
})

export const paymentEvent = sqliteTable('payment_event', {
  id: integer().primaryKey(),
  paymentId: text('payment_id').notNull(),
  at: integer().notNull(),
  source: text({ enum: ['query', 'callback', 'reply', 'person', 'transport', 'clock', 'counter'] }).notNull(),
  fromState: text('from_state', { enum: states }).notNull(),
  toState: text('to_state', { enum: states }).notNull(),
  applied: integer({ mode: 'boolean' }).notNull(),
  reason: text(),
  detail: text(),
  receiptCode: text('receipt_code'),
})
