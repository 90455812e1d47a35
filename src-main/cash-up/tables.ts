import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const cashUp = sqliteTable('cash_up', {
  id: text().primaryKey(),
  tillId: text('till_id').notNull(),
  number: integer().notNull(),
  since: integer().notNull(),
  until: integer().notNull(),
  currency: text({ enum: ['TZS', 'KES'] }).notNull(),
  figures: text().notNull(),
  note: text().notNull(),
  staffId: text('staff_id'),
})
