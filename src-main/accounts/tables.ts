import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const account = sqliteTable('account', {
  id: text().primaryKey(),
  provider: text().notNull(),
  label: text().notNull(),
  environment: text({ enum: ['live', 'sandbox', 'practice'] }).notNull(),
  baseUrl: text('base_url'),
  /** JSON object; secrets are never among them. */
  settings: text().notNull(),
  /** Unguessable part of this account's callback path. */
  callbackSecret: text('callback_secret').notNull(),
  /** The one before it, and until when (epoch ms) it works too. */
  previousSecret: text('previous_secret'),
  previousUntil: integer('previous_until'),
  enabled: integer({ mode: 'boolean' }).notNull(),
  /** Kept for the history that points at it. */
  removed: integer({ mode: 'boolean' }).notNull().default(false),
  createdAt: integer('created_at').notNull(),
})
