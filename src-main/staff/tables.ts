import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const staff = sqliteTable('staff', {
  id: text().primaryKey(),
  name: text().notNull(),
  role: text({ enum: ['cashier', 'manager'] }).notNull(),
  pinHash: text('pin_hash'),
  active: integer({ mode: 'boolean' }).notNull(),
  createdAt: integer('created_at').notNull(),
})

export const pinGuard = sqliteTable('pin_guard', {
  id: integer().primaryKey(),
  wrong: integer().notNull(),
})
