import { blob, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const printer = sqliteTable('printer', {
  id: text().primaryKey(),
  name: text().notNull(),
  /** JSON of `connectionSchema`. */
  connection: text().notNull(),
  model: text().notNull(),
  /** JSON of `printerProfileSchema`. */
  profile: text().notNull(),
  receipts: integer({ mode: 'boolean' }).notNull(),
  drawer: integer({ mode: 'boolean' }).notNull(),
  /** Connector pin of the drawer's coil: 2 or 5. */
  drawerPin: integer('drawer_pin').notNull(),
  drawerOnCash: integer('drawer_on_cash', { mode: 'boolean' }).notNull(),
  drawerOpenHigh: integer('drawer_open_high', { mode: 'boolean' }),
  fallbackId: text('fallback_id'),
  ticketLines: text('ticket_lines', { enum: ['none', 'all', 'matching'] }).notNull(),
  /** JSON array of words. */
  ticketWords: text('ticket_words').notNull(),
  removed: integer({ mode: 'boolean' }).notNull(),
  updatedAt: integer('updated_at').notNull(),
})

export const printJob = sqliteTable('print_job', {
  id: text().primaryKey(),
  saleId: text('sale_id'),
  printerId: text('printer_id').notNull(),
  effectId: integer('effect_id').notNull().unique(),
  purpose: text({ enum: ['receipt', 'copy', 'drawer', 'test', 'cashUp', 'ticket'] }).notNull(),
  /** 0 for the original. */
  copyNumber: integer('copy_number').notNull(),
  /** Of the words on it, which its copies keep; null where they are not a customer's. */
  language: text({ enum: ['sw', 'en'] }),
  bytes: blob({ mode: 'buffer' }).notNull(),
  /** The printer that stood in when the paper was wanted, and the same paper for it. */
  fallbackId: text('fallback_id'),
  fallbackBytes: blob('fallback_bytes', { mode: 'buffer' }),
  /** The fallback, from just before the first byte goes to it. */
  wentTo: text('went_to'),
  state: text({ enum: ['queued', 'printed', 'failed', 'unknown', 'cancelled'] }).notNull(),
  reason: text(),
  detail: text(),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
})

export const receiptLogo = sqliteTable('receipt_logo', {
  paper: text({ enum: ['58', '80'] }).primaryKey(),
  widthDots: integer('width_dots').notNull(),
  heightDots: integer('height_dots').notNull(),
  bits: blob({ mode: 'buffer' }).notNull(),
  updatedAt: integer('updated_at').notNull(),
})
