import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const setting = sqliteTable('setting', {
  key: text().primaryKey(),
  value: text().notNull(),
  updatedAt: integer('updated_at').notNull(),
})

export const apiKey = sqliteTable('api_key', {
  id: text().primaryKey(),
  label: text().notNull(),
  /** JSON array of scopes. */
  scopes: text().notNull(),
  hint: text().notNull(),
  /** SHA-256 of the key, hex: the key has 256 random bits, so a slow hash would add nothing. */
  hash: text().notNull().unique(),
  createdAt: integer('created_at').notNull(),
  lastUsedAt: integer('last_used_at'),
  revokedAt: integer('revoked_at'),
})
