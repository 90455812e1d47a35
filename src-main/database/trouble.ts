import Engine from 'better-sqlite3'
import type { ProblemCode } from '../../src-preload/contract/problems.ts'
import { KauntaError } from '../problem.ts'

/**
 * What keeps the file from taking a change just now; nothing of the change is in it. `full`: the disk has no room ·
 * `busy`: another program holds the file · `fault`: the disk refused.
 */
export type Trouble = 'full' | 'busy' | 'fault'

const problemOf = {
  full: 'DISK_FULL',
  busy: 'DATABASE_BUSY',
  fault: 'DISK_FAULT',
} as const satisfies Record<Trouble, ProblemCode>

/** The engine's words (https://sqlite.org/rescode.html), by the beginning of the code. */
const codes: readonly (readonly [start: string, trouble: Trouble])[] = [
  ['SQLITE_FULL', 'full'],
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_LOCKED', 'busy'],
  ['SQLITE_PROTOCOL', 'busy'],
  // The log's index has to grow before anything can be written or read: what it lacks is room.
  ['SQLITE_IOERR_SHMSIZE', 'full'],
  ['SQLITE_IOERR', 'fault'],
  ['SQLITE_READONLY', 'fault'],
  ['SQLITE_CANTOPEN', 'fault'],
]

/** Null for an error that trying again would not mend. */
export function troubleOf(error: unknown): Trouble | null {
  if (error instanceof Engine.SqliteError) {
    return codes.find(([start]) => error.code.startsWith(start))?.[1] ?? null
  }
  if (error instanceof KauntaError) {
    return (['full', 'busy', 'fault'] as const).find((trouble) => problemOf[trouble] === error.code) ?? null
  }
  return null
}

/** The refusal that a person or an integrator reads. */
export function asProblem(trouble: Trouble): KauntaError {
  return new KauntaError(problemOf[trouble])
}

/** True for the file system's own word for a full disk. */
export function isNoRoom(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')
}
