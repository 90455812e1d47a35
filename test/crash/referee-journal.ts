import { createHash } from 'node:crypto'
import type Engine from 'better-sqlite3'
import type { Findings } from './findings.ts'

/** The rows of which each state that is told must stand in the journal, and nothing else may. */
const families = [
  { family: 'payment', table: 'payment', silent: ['pending', 'prompted', 'processing'] },
  { family: 'transfer', table: 'transfer', silent: ['pending', 'processing'] },
  { family: 'message', table: 'message', silent: ['queued'] },
  { family: 'print', table: 'print_job', silent: ['queued'] },
] as const

/** Told beside the states, and proving none. */
const asides = ['requested', 'needsDecision']

interface Told {
  readonly type: string
  readonly subject: string
}

/** No event without its change, no change without its event, and each event taken up once. */
export function judgeJournal(database: Engine.Database, found: Findings): void {
  judgeChain(database, found)
  for (const { family, table, silent } of families) {
    const told = eventsOf(database, family)
    const rows = database.prepare<[], { id: string; state: string }>(`SELECT id, state FROM ${table}`).all()
    for (const { id, state } of rows) {
      const last = told
        .get(id)
        ?.filter((moment) => !asides.includes(moment))
        .at(-1)
      if (!silent.some((one) => one === state) && last !== state)
        found.lost.push(`${family} ${id} is ${state}, and the journal ends with ${last ?? 'nothing'}`)
    }
    const ids = new Set(rows.map(({ id }) => id))
    for (const [subject, moments] of told)
      if (!ids.has(subject))
        found.duplicated.push(`${family}.${moments.join()} of ${subject}, which is not there`)
  }
  judgeBirths(database, found)
  judgeNotices(database, found)
}

function eventsOf(database: Engine.Database, family: string): Map<string, string[]> {
  const told = new Map<string, string[]>()
  const rows = database
    .prepare<[string], Told>('SELECT type, subject FROM journal WHERE type LIKE ? ORDER BY number')
    .all(`${family}.%`)
  for (const { type, subject } of rows)
    told.set(subject, [...(told.get(subject) ?? []), type.slice(family.length + 1)])
  return told
}

/** What is born with an event has exactly one. */
function judgeBirths(database: Engine.Database, found: Findings): void {
  const births = [
    ['sale.recorded', 'SELECT id FROM sale WHERE number IS NOT NULL'],
    ['sale.finished', "SELECT id FROM sale WHERE state = 'finished'"],
    ['payment.requested', 'SELECT id FROM payment'],
    ['transfer.requested', 'SELECT id FROM transfer'],
    ['incomingPayment.received', 'SELECT id FROM notice'],
  ] as const
  for (const [type, rows] of births) {
    const told = database
      .prepare<[string], string>('SELECT subject FROM journal WHERE type = ? ORDER BY subject')
      .pluck()
      .all(type)
    const ids = database.prepare<[], string>(rows).pluck().all().toSorted()
    if (told.toSorted().join() !== ids.join())
      found.lost.push(`${type}: ${told.length} told of ${ids.length}`)
  }
}

function judgeChain(database: Engine.Database, found: Findings): void {
  let before: Uint8Array = new Uint8Array()
  let number = 0
  const rows = database.prepare<[], Record<string, unknown> & { hash: Buffer }>(
    'SELECT * FROM journal ORDER BY number',
  )
  for (const { hash, ...row } of rows.iterate()) {
    number += 1
    const own = createHash('sha256')
      .update(before)
      .update(JSON.stringify(Object.values(row)))
      .digest()
    if (row.number !== number || !own.equals(hash)) found.lost.push(`the journal breaks off before ${number}`)
    before = hash
  }
}

/** The reader that tells of money outside the window: each event that it has passed once, and none that was not. */
function judgeNotices(database: Engine.Database, found: Findings): void {
  const noticed = "('payment.completed', 'payment.needsDecision', 'message.failed', 'print.unknown')"
  const count = (sql: string) => database.prepare<[], number>(sql).pluck().get() ?? 0
  const untaken = count(
    `SELECT count(*) FROM journal WHERE type IN ${noticed}
       AND number <= (SELECT cursor FROM journal_consumer WHERE name = 'notices') AND NOT EXISTS (
       SELECT 1 FROM notification WHERE notification.subject = journal.subject AND notification.number <= journal.number)`,
  )
  if (untaken > 0) found.lost.push(`${untaken} events that a reader passed, and did not take up`)
  const unfounded = count(
    `SELECT count(*) FROM notification WHERE NOT EXISTS (
       SELECT 1 FROM journal WHERE journal.number = notification.number AND journal.type IN ${noticed}
         AND journal.subject = notification.subject)`,
  )
  if (unfounded > 0) found.duplicated.push(`${unfounded} notices of no event`)
  const aside = count('SELECT count(*) FROM journal_fault')
  if (aside > 0) found.lost.push(`${aside} events set aside`)
}
