import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { channelNames } from '../../src-preload/contract/channels.ts'

const states = ['queued', 'unknown', 'sent', 'delivered', 'read', 'failed', 'cancelled'] as const

export const message = sqliteTable('message', {
  id: text().primaryKey(),
  saleId: text('sale_id'),
  accountId: text('account_id').notNull(),
  effectId: integer('effect_id').notNull().unique(),
  channel: text({ enum: channelNames }).notNull(),
  address: text().notNull(),
  body: text().notNull(),
  language: text({ enum: ['sw', 'en'] }).notNull(),
  state: text({ enum: states }).notNull(),
  reason: text(),
  detail: text(),
  cost: text(),
  segments: integer().notNull(),
  providerReference: text('provider_reference'),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
})

export const messageAttachment = sqliteTable('message_attachment', {
  messageId: text('message_id').primaryKey(),
  /** Unlike every other. */
  fileName: text('file_name').notNull().unique(),
  mediaType: text('media_type').notNull(),
  bytes: blob({ mode: 'buffer' }).notNull(),
})

export const messageEvent = sqliteTable('message_event', {
  id: integer().primaryKey(),
  messageId: text('message_id').notNull(),
  at: integer().notNull(),
  state: text({ enum: states }).notNull(),
  source: text({ enum: ['counter', 'outbox', 'provider', 'person'] }).notNull(),
  /** False for news that changed nothing: a duplicate, or weaker than what is known. */
  applied: integer({ mode: 'boolean' }).notNull(),
  reason: text(),
  detail: text(),
})

export const template = sqliteTable(
  'template',
  {
    kind: text({ enum: ['receipt'] }).notNull(),
    channel: text({ enum: channelNames }).notNull(),
    language: text({ enum: ['sw', 'en'] }).notNull(),
    text: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.channel, table.language] })],
)
