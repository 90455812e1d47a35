import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const idempotency = sqliteTable(
  'idempotency',
  {
    apiKeyId: text('api_key_id').notNull(),
    key: text().notNull(),
    /** SHA-256 of what was asked, hex. */
    digest: text().notNull(),
    /** What that request made. */
    subjectId: text('subject_id').notNull(),
    at: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.apiKeyId, table.key] })],
)
