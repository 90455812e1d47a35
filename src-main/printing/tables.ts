import { blob, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const printer = sqliteTable('printer', {
  id: text().primaryKey(),
  name: text().notNull(),
  host: text().notNull(),
  port: integer().notNull(),
  paper: text({ enum: ['58', '80'] }).notNull(),
  drawer: integer({ mode: 'boolean' }).notNull(),
  /** Connector pin of the drawer's coil: 2 or 5. */
  drawerPin: integer('drawer_pin').notNull(),
  cutter: integer({ mode: 'boolean' }).notNull(),
  updatedAt: integer('updated_at').notNull(),
})

export const printJob = sqliteTable('print_job', {
  id: text().primaryKey(),
  saleId: text('sale_id'),
  printerId: text('printer_id').notNull(),
  effectId: integer('effect_id').notNull().unique(),
  purpose: text({ enum: ['receipt', 'copy', 'drawer', 'test', 'cashUp'] }).notNull(),
  /** 0 for the original. */
  copyNumber: integer('copy_number').notNull(),
  bytes: blob({ mode: 'buffer' }).notNull(),
  state: text({ enum: ['queued', 'printed', 'failed', 'unknown', 'cancelled'] }).notNull(),
  reason: text(),
  detail: text(),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
})
