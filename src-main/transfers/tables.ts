import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { transferStates } from '../../src-preload/contract/transfers.ts'

const states = transferStates

export const transfer = sqliteTable('transfer', {
  id: text().primaryKey(),
  kind: text({ enum: ['reversal', 'payout'] }).notNull(),
  accountId: text('account_id').notNull(),
  provider: text().notNull(),
  paymentId: text('payment_id'),
  effectId: integer('effect_id').notNull().unique(),
  phone: text().notNull(),
  name: text().notNull(),
  amountMinor: integer('amount_minor').notNull(),
  currency: text({ enum: ['TZS', 'KES'] }).notNull(),
  state: text({ enum: states }).notNull(),
  reason: text(),
  detail: text(),
  ownReference: text('own_reference'),
  providerReference: text('provider_reference'),
  receiptCode: text('receipt_code'),
  /** When a report said "done" that nothing confirmed yet, and its amount where it is not the one that was sent. */
  toldAt: integer('told_at'),
  toldAmount: text('told_amount'),
  needsDecision: integer('needs_decision', { mode: 'boolean' }).notNull().default(false),
  note: text().notNull(),
  staffId: text('staff_id'),
  approvedBy: text('approved_by').notNull(),
  createdAt: integer('created_at').notNull(),
  sentAt: integer('sent_at'),
  /** When it went through, written once. */
  completedAt: integer('completed_at'),
  /** The count that took a reversal in; null until one did. */
  cashUpId: text('cash_up_id'),
  updatedAt: integer('updated_at').notNull(),
})

export const transferEvent = sqliteTable('transfer_event', {
  id: integer().primaryKey(),
  transferId: text('transfer_id').notNull(),
  at: integer().notNull(),
  source: text().notNull(),
  fromState: text('from_state', { enum: states }).notNull(),
  toState: text('to_state', { enum: states }).notNull(),
  applied: integer({ mode: 'boolean' }).notNull(),
  reason: text(),
  detail: text(),
  staffId: text('staff_id'),
})

export const balance = sqliteTable(
  'balance',
  {
    accountId: text('account_id').notNull(),
    name: text().notNull(),
    availableMinor: integer('available_minor').notNull(),
    currency: text({ enum: ['TZS', 'KES'] }).notNull(),
    at: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.name] })],
)
