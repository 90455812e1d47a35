import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { evidenceSources, paymentStates, proofs } from '../../src-preload/contract/payments.ts'

const states = paymentStates

export const payment = sqliteTable('payment', {
  id: text().primaryKey(),
  saleId: text('sale_id').notNull(),
  /** Null only where the sale is missing from the file. */
  saleNumber: integer('sale_number'),
  accountId: text('account_id').notNull(),
  effectId: integer('effect_id').unique(),
  provider: text().notNull(),
  origin: text({ enum: ['prompt', 'code', 'notice'] }).notNull(),
  phone: text(),
  amountMinor: integer('amount_minor').notNull(),
  currency: text({ enum: ['TZS', 'KES'] }).notNull(),
  state: text({ enum: states }).notNull(),
  reason: text(),
  detail: text(),
  /** The name that we gave it at the provider. */
  ownReference: text('own_reference'),
  providerReference: text('provider_reference'),
  receiptCode: text('receipt_code'),
  claimedCode: text('claimed_code'),
  /** When a report said "paid" that nothing confirmed yet; its code, and its amount where it is not the one asked for. */
  toldAt: integer('told_at'),
  toldCode: text('told_code'),
  toldAmount: text('told_amount'),
  proof: text({ enum: proofs }),
  excessMinor: integer('excess_minor').notNull().default(0),
  reversedMinor: integer('reversed_minor').notNull().default(0),
  needsDecision: integer('needs_decision', { mode: 'boolean' }).notNull().default(false),
  staffId: text('staff_id'),
  createdAt: integer('created_at').notNull(),
  promptedAt: integer('prompted_at'),
  updatedAt: integer('updated_at').notNull(),
})

/** Kept by triggers: payments of a day (East Africa's) by account, state and currency. */
export const paymentDay = sqliteTable(
  'payment_day',
  {
    day: integer().notNull(),
    accountId: text('account_id').notNull(),
    state: text({ enum: paymentStates }).notNull(),
    currency: text({ enum: ['TZS', 'KES'] }).notNull(),
    count: integer().notNull(),
    sumMinor: integer('sum_minor').notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.accountId, table.state, table.currency] })],
)

export const paymentEvent = sqliteTable('payment_event', {
  id: integer().primaryKey(),
  paymentId: text('payment_id').notNull(),
  at: integer().notNull(),
  source: text({ enum: evidenceSources }).notNull(),
  fromState: text('from_state', { enum: states }).notNull(),
  toState: text('to_state', { enum: states }).notNull(),
  applied: integer({ mode: 'boolean' }).notNull(),
  reason: text(),
  detail: text(),
  receiptCode: text('receipt_code'),
  staffId: text('staff_id'),
})

export const notice = sqliteTable('notice', {
  id: text().primaryKey(),
  accountId: text('account_id').notNull(),
  provider: text().notNull(),
  code: text().notNull(),
  amountMinor: integer('amount_minor').notNull(),
  currency: text({ enum: ['TZS', 'KES'] }).notNull(),
  phone: text(),
  phoneShown: text('phone_shown').notNull(),
  payerName: text('payer_name').notNull(),
  accountText: text('account_text').notNull(),
  paidAt: integer('paid_at').notNull(),
  receivedAt: integer('received_at').notNull(),
  /** False for a report that nobody signed: where the network can be asked, it must say so itself before this pays. */
  signed: integer({ mode: 'boolean' }).notNull().default(false),
  state: text({ enum: ['waiting', 'matched', 'setAside'] }).notNull(),
  paymentId: text('payment_id'),
  note: text(),
  staffId: text('staff_id'),
})

export const unreadReport = sqliteTable('unread_report', {
  id: text().primaryKey(),
  accountId: text('account_id').notNull(),
  provider: text().notNull(),
  digest: text().notNull(),
  why: text({ enum: ['unreadable', 'unmatched', 'broken', 'accountRemoved', 'contradicted'] }).notNull(),
  body: text().notNull(),
  receivedAt: integer('received_at').notNull(),
  state: text({ enum: ['waiting', 'matched', 'setAside'] }).notNull(),
  paymentId: text('payment_id'),
  note: text(),
  staffId: text('staff_id'),
})
