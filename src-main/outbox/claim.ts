import type Engine from 'better-sqlite3'
import type { Connection } from '../database/open.ts'
import type { EffectRow } from './kind.ts'

const columns = `id, lane, kind, subject_id AS subjectId, title, state, priority, due_at AS dueAt, deadline_at AS deadlineAt,
  attempts, tries, lease_id AS leaseId, payload, reason, detail, needs_decision AS needsDecision,
  created_at AS createdAt, updated_at AS updatedAt`

export interface NewRow {
  readonly lane: string
  readonly kind: string
  readonly subjectId: string
  readonly title: string
  readonly priority: number
  readonly dueAt: number
  readonly deadlineAt: number
  readonly payload: string
  readonly staffId: string | null
  readonly now: number
}

/** The new state of an effect that no call holds any more. */
export interface Settled {
  readonly id: number
  readonly state: string
  readonly dueAt: number
  readonly tries: number
  readonly attempts: number
  readonly reason: string | null
  readonly detail: string | null
  readonly needsDecision: 0 | 1
  readonly now: number
}

interface Claim {
  readonly lane: string
  readonly now: number
  readonly leaseId: string
  readonly leaseUntil: number
  readonly count: number
}

type Statement<Bound extends unknown[], Row = unknown> = Engine.Statement<Bound, Row>

export interface Statements {
  readonly insert: Statement<[NewRow]>
  readonly claim: Statement<[Claim], EffectRow>
  readonly beginAttempt: Statement<[number, number, string, number]>
  readonly endAttempt: Statement<[number, string, string | null, string | null, number, number]>
  readonly dropAttempt: Statement<[number, number]>
  readonly settleLeased: Statement<[Settled & { leaseId: string }]>
  readonly settleFree: Statement<[Settled & { from: string }]>
  readonly extend: Statement<[number, number]>
  readonly byId: Statement<[number], EffectRow>
  readonly shift: Statement<[{ byMs: number }]>
  readonly newestLive: Statement<[], number | null>
  readonly leased: Statement<[], EffectRow>
  readonly unknown: Statement<[], EffectRow>
  readonly unknownDue: Statement<[number], EffectRow>
  readonly nextUnknown: Statement<[], number | null>
  readonly nextQueued: Statement<[string], number | null>
  readonly lanes: Statement<[], string>
  readonly attemptStart: Statement<[number, number], number>
}

/**
 * The statements of the queue's hot path, prepared once (drizzle's builder reaches 0.61 of the bare rate,
 * prepared statements all of it: docs/decisions/006-outbox-statements.md).
 */
export function prepareStatements(connection: Connection): Statements {
  return {
    ...prepareLooks(connection),
    insert: connection.prepare<[NewRow]>(
      `INSERT INTO effect (lane, kind, subject_id, title, state, priority, due_at, deadline_at, payload, staff_id, created_at, updated_at)
       VALUES (:lane, :kind, :subjectId, :title, 'queued', :priority, :dueAt, :deadlineAt, :payload, :staffId, :now, :now)`,
    ),
    /** Takes the lease, names the holder and counts the attempt in one statement, in the lane's order. */
    claim: connection.prepare<[Claim], EffectRow>(
      `UPDATE effect SET state = 'leased', lease_id = :leaseId, lease_until = :leaseUntil,
         attempts = attempts + 1, tries = tries + 1, updated_at = :now
       WHERE id IN (SELECT id FROM effect WHERE state = 'queued' AND lane = :lane AND due_at <= :now
                    ORDER BY priority, due_at, id LIMIT :count)
       RETURNING ${columns}`,
    ),
    beginAttempt: connection.prepare<[number, number, string, number]>(
      'INSERT INTO attempt (effect_id, number, lease_id, started_at) VALUES (?, ?, ?, ?)',
    ),
    endAttempt: connection.prepare<[number, string, string | null, string | null, number, number]>(
      'UPDATE attempt SET ended_at = ?, outcome = ?, reason = ?, detail = ? WHERE effect_id = ? AND number = ?',
    ),
    dropAttempt: connection.prepare<[number, number]>(
      'DELETE FROM attempt WHERE effect_id = ? AND number = ?',
    ),
    /** Fenced: changes nothing when another holds the lease, or none does. */
    settleLeased: connection.prepare<[Settled & { leaseId: string }]>(
      `UPDATE effect SET state = :state, lease_id = NULL, lease_until = NULL, due_at = :dueAt, tries = :tries,
         attempts = :attempts, reason = :reason, detail = :detail, needs_decision = :needsDecision, updated_at = :now
       WHERE id = :id AND state = 'leased' AND lease_id = :leaseId`,
    ),
    /** For an effect without a lease; `from` guards against a move that came in between. */
    settleFree: connection.prepare<[Settled & { from: string }]>(
      `UPDATE effect SET state = :state, due_at = :dueAt, tries = :tries, attempts = :attempts, reason = :reason,
         detail = :detail, needs_decision = :needsDecision, updated_at = :now
       WHERE id = :id AND state = :from`,
    ),
    extend: connection.prepare<[number, number]>('UPDATE effect SET deadline_at = ? WHERE id = ?'),
    byId: connection.prepare<[number], EffectRow>(`SELECT ${columns} FROM effect WHERE id = ?`),
    leased: connection.prepare<[], EffectRow>(`SELECT ${columns} FROM effect WHERE state = 'leased'`),
    attemptStart: connection
      .prepare<[number, number], number>('SELECT started_at FROM attempt WHERE effect_id = ? AND number = ?')
      .pluck(),
  }
}

/** What is due when, and the shift of it all when the clock was set. */
function prepareLooks(connection: Connection) {
  return {
    shift: connection.prepare<[{ byMs: number }]>(
      `UPDATE effect SET due_at = max(0, due_at + :byMs), deadline_at = max(0, deadline_at + :byMs),
         created_at = max(0, created_at + :byMs), updated_at = max(0, updated_at + :byMs)
       WHERE state IN ('queued', 'leased', 'unknown')`,
    ),
    newestLive: connection
      .prepare<[], number | null>(
        `SELECT max(updated_at) FROM effect WHERE state IN ('queued', 'leased', 'unknown')`,
      )
      .pluck(),
    unknown: connection.prepare<[], EffectRow>(
      `SELECT ${columns} FROM effect WHERE state = 'unknown' AND needs_decision = 0`,
    ),
    unknownDue: connection.prepare<[number], EffectRow>(
      `SELECT ${columns} FROM effect WHERE state = 'unknown' AND due_at <= ? AND needs_decision = 0 ORDER BY due_at LIMIT 16`,
    ),
    nextUnknown: connection
      .prepare<[], number | null>(
        "SELECT min(due_at) FROM effect WHERE state = 'unknown' AND needs_decision = 0",
      )
      .pluck(),
    nextQueued: connection
      .prepare<[string], number | null>("SELECT min(due_at) FROM effect WHERE state = 'queued' AND lane = ?")
      .pluck(),
    /** Steps from lane to lane along the index: as many look-ups as there are lanes, however many effects wait. */
    lanes: connection
      .prepare<[], string>(
        `WITH RECURSIVE lane(key) AS (
           SELECT min(lane) FROM effect WHERE state = 'queued'
           UNION ALL
           SELECT (SELECT min(lane) FROM effect WHERE state = 'queued' AND lane > lane.key) FROM lane WHERE lane.key IS NOT NULL)
         SELECT key FROM lane WHERE key IS NOT NULL`,
      )
      .pluck(),
  }
}
