import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** What was told outside the window; `number` is the event's. */
export const notification = sqliteTable('notification', {
  number: integer().primaryKey(),
  subject: text().notNull(),
  sentence: text().notNull(),
  at: integer().notNull(),
})
