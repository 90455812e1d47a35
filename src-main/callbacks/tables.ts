import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const callback = sqliteTable('callback', {
  id: integer().primaryKey(),
  accountId: text('account_id'),
  receivedAt: integer('received_at').notNull(),
  method: text().notNull(),
  path: text().notNull(),
  headers: text().notNull(),
  body: text().notNull(),
  digest: text().notNull(),
  /** duplicate: the same bytes came before · refused: not from where it claims, or not readable */
  state: text({ enum: ['stored', 'processed', 'duplicate', 'refused'] }).notNull(),
  note: text(),
})
