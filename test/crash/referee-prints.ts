import type Engine from 'better-sqlite3'
import type { Findings } from './findings.ts'

export interface PrintRow {
  readonly id: string
  readonly purpose: string
  readonly state: string
  readonly reason: string | null
  /** The one line of its sale, which no other sale has. */
  readonly line: string
}

export function readPrints(database: Engine.Database): readonly PrintRow[] {
  return database
    .prepare<[], PrintRow>(
      `SELECT print_job.id, purpose, state, reason, sale_line.name AS line
       FROM print_job JOIN sale_line USING (sale_id) WHERE purpose IN ('receipt', 'copy')`,
    )
    .all()
}

/** A paper is never out twice without a person, and "printed" is said of nothing that is not out. */
export function judgePrints(rows: readonly PrintRow[], papers: readonly string[], found: Findings): void {
  const timesOf = (line: string) =>
    papers.filter((words) => words.split('\n').some((one) => one.trim() === line)).length
  for (const { id, purpose, state, reason, line } of rows) {
    const name = `${purpose} ${id} of “${line}” (${state}, ${reason ?? 'no reason'})`
    const times = timesOf(line)
    if (purpose === 'copy') found.duplicated.push(`${name}: nobody asked for a second paper`)
    if (times > 1) found.duplicated.push(`${name}: ${times} whole papers`)
    if (state === 'printed' && times === 0) found.lost.push(`${name}: called printed, and no paper`)
    if (state === 'unknown') found.review += 1
    else if (state === 'queued') found.stuck.push(name)
    else if (state !== 'printed') {
      found.failed += 1
      if (times > 0) found.lost.push(`${name}: called ${state}, and on paper`)
    }
  }
}
