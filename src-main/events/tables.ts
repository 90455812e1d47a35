import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** What happened, in the order of the commits; nothing here is ever changed. */
export const journal = sqliteTable('journal', {
  number: integer().primaryKey(),
  id: text().notNull(),
  at: integer().notNull(),
  type: text().notNull(),
  subject: text().notNull(),
  /** `system`, or `staff:` or `apiKey:` and an id. */
  actor: text().notNull(),
  /** JSON. */
  body: text().notNull(),
  /** SHA-256 of the row before's, and of this row. */
  hash: blob({ mode: 'buffer' }).notNull(),
})

export const journalEpoch = sqliteTable('journal_epoch', {
  one: integer().primaryKey(),
  epoch: integer().notNull(),
})

/** How far each reader has come. */
export const journalConsumer = sqliteTable('journal_consumer', {
  name: text().primaryKey(),
  cursor: integer().notNull(),
})

/** Events that a reader could not take up. */
export const journalFault = sqliteTable(
  'journal_fault',
  {
    consumer: text().notNull(),
    number: integer().notNull(),
    mark: text().notNull(),
    at: integer().notNull(),
    error: text().notNull(),
  },
  ({ consumer, number }) => [primaryKey({ columns: [consumer, number] })],
)
