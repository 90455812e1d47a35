import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const staff = sqliteTable('staff', {
  id: text().primaryKey(),
  name: text().notNull(),
  role: text({ enum: ['cashier', 'manager'] }).notNull(),
  pinHash: text('pin_hash'),
  pinDigits: integer('pin_digits').notNull().default(4),
  triedSeen: integer('tried_seen').notNull().default(0),
  active: integer({ mode: 'boolean' }).notNull(),
  createdAt: integer('created_at').notNull(),
})

export const pinGuard = sqliteTable('pin_guard', {
  id: integer().primaryKey(),
  wrong: integer().notNull(),
  tried: integer().notNull().default(0),
})

export const powerChange = sqliteTable('power_change', {
  id: integer().primaryKey(),
  at: integer().notNull(),
  staffId: text('staff_id'),
  what: text().notNull(),
  subject: text().notNull(),
})
