import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const effect = sqliteTable('effect', {
  id: integer().primaryKey(),
  lane: text().notNull(),
  kind: text().notNull(),
  subjectId: text('subject_id').notNull(),
  title: text().notNull(),
  state: text({ enum: ['queued', 'leased', 'unknown', 'done', 'failed', 'cancelled'] }).notNull(),
  priority: integer().notNull(),
  dueAt: integer('due_at').notNull(),
  deadlineAt: integer('deadline_at').notNull(),
  /** Calls made, for the history's numbering. */
  attempts: integer().notNull().default(0),
  /** Calls that count against the limit; offline and throttled ones do not. */
  tries: integer().notNull().default(0),
  leaseId: text('lease_id'),
  leaseUntil: integer('lease_until'),
  payload: text().notNull(),
  reason: text(),
  detail: text(),
  needsDecision: integer('needs_decision', { mode: 'boolean' }).notNull().default(false),
  staffId: text('staff_id'),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
})

export const attempt = sqliteTable(
  'attempt',
  {
    effectId: integer('effect_id').notNull(),
    number: integer().notNull(),
    leaseId: text('lease_id').notNull(),
    startedAt: integer('started_at').notNull(),
    endedAt: integer('ended_at'),
    outcome: text({ enum: ['accepted', 'rejected', 'retryable', 'unknown'] }),
    reason: text(),
    detail: text(),
  },
  (table) => [primaryKey({ columns: [table.effectId, table.number] })],
)
