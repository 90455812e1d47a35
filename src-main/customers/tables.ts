import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const customer = sqliteTable('customer', {
  id: text().primaryKey(),
  phone: text().notNull().unique(),
  name: text(),
  language: text({ enum: ['sw', 'en'] }),
  lastSeenAt: integer('last_seen_at').notNull(),
})
