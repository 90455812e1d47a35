import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { describe, expect, it } from 'vitest'
import { tempFolder } from '../../test/fixtures/temp-folder.ts'
import { migrate } from './migrate.ts'
import { type Migration, readMigrations } from './migrations.ts'
import { type Connection, openConnection } from './open.ts'

const at = 1_795_000_000_000
const steps: readonly Migration[] = [
  { version: 1, name: 'one', sql: 'CREATE TABLE a (x INTEGER PRIMARY KEY, y TEXT) STRICT;' },
  { version: 2, name: 'two', sql: "ALTER TABLE a ADD COLUMN z TEXT; UPDATE a SET z = y || '!';" },
]

function open(): { connection: Connection; file: string } {
  const file = join(tempFolder(), 'a.db')
  return { connection: openConnection(file), file }
}

const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')

describe('migrating', () => {
  it('goes from nothing to today, and then has nothing to do', () => {
    const { connection } = open()
    const today = readMigrations()
    expect(migrate(connection, today, at, () => {})).toEqual({ from: 0, to: today.length })
    expect(migrate(connection, today, at, () => {})).toEqual({ from: today.length, to: today.length })
    connection.close()
  })

  it('carries rows of an earlier schema over, with a copy taken before', () => {
    const { connection } = open()
    migrate(connection, steps.slice(0, 1), at, () => {})
    connection.exec("INSERT INTO a VALUES (1, 'kept')")
    const before: number[] = []
    migrate(connection, steps, at, (from) => before.push(from))
    expect(before).toEqual([1])
    expect(connection.prepare('SELECT * FROM a').all()).toEqual([{ x: 1, y: 'kept', z: 'kept!' }])
    connection.close()
  })

  it('leaves nothing of a step that fails, nor of the ones before it', () => {
    const { connection } = open()
    const broken = [
      ...steps,
      { version: 3, name: 'three', sql: 'CREATE TABLE b (x); INSERT INTO nowhere VALUES (1);' },
    ]
    expect(() => migrate(connection, broken, at, () => {})).toThrow(/no such table/)
    expect(connection.prepare('SELECT count(*) FROM sqlite_schema').pluck().get()).toBe(0)
    expect(connection.pragma('foreign_keys', { simple: true })).toBe(1)
    connection.close()
  })

  it('refuses dangling references that a step leaves behind', () => {
    const { connection } = open()
    const sql =
      'CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p INTEGER REFERENCES p (id)); INSERT INTO c VALUES (9);'
    expect(() => migrate(connection, [{ version: 1, name: 'one', sql }], at, () => {})).toThrow('dangling')
    connection.close()
  })

  it('refuses a file from a newer Kaunta without touching it', () => {
    const { connection, file } = open()
    migrate(connection, steps, at, () => {})
    connection.close()
    const untouched = digest(file)
    const again = openConnection(file)
    expect(() => migrate(again, steps.slice(0, 1), at, () => {})).toThrow(
      expect.objectContaining({ code: 'DATABASE_NEWER', values: { found: 2, known: 1 } }),
    )
    again.close()
    expect(digest(file)).toBe(untouched)
  })

  it('notices that an applied step was edited', () => {
    const { connection } = open()
    migrate(connection, steps, at, () => {})
    const edited = steps.map((step) =>
      step.version === 1 ? { ...step, sql: `${step.sql} -- edited` } : step,
    )
    expect(() => migrate(connection, edited, at, () => {})).toThrow(
      expect.objectContaining({ code: 'DATABASE_CHANGED' }),
    )
    connection.close()
  })
})

describe('the schema', () => {
  const tables = import.meta.glob<Record<string, unknown>>('../*/tables.ts', { eager: true })
  const declared = Object.values(tables)
    .flatMap((module) => Object.values(module))
    .filter((value) => value instanceof SQLiteTable)
    .map(getTableConfig)

  function migrated(): Connection {
    const { connection } = open()
    migrate(connection, readMigrations(), at, () => {})
    return connection
  }

  /** Where each table is made: `../database`, ... */
  const makers = new Map(
    Object.entries(
      import.meta.glob<string>('../*/migrations/*.sql', { query: '?raw', import: 'default', eager: true }),
    ).flatMap(([path, step]) =>
      [...step.matchAll(/^CREATE TABLE (\w+)/gm)].map(
        ([, name = '']) => [name, path.split('/migrations/')[0] ?? ''] as const,
      ),
    ),
  )

  it.each([...new Set(makers.values())])('is the golden one in %s', async (room) => {
    const connection = migrated()
    const found = connection
      .prepare<[], { name: string; sql: string }>(
        'SELECT tbl_name AS name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC, sqlite_schema.name',
      )
      .all()
      .filter(({ name }) => makers.get(name) === room)
    connection.close()
    expect(found.length).toBeGreaterThan(0)
    await expect(`${found.map(({ sql }) => sql).join(';\n\n')};\n`).toMatchFileSnapshot(
      `${room}/schema.golden.sql`,
    )
  })

  it('has a table definition for every table, and a table for every definition', () => {
    const connection = migrated()
    const found = connection
      .prepare<[], string>(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'migration' AND name NOT LIKE 'sqlite_%' ORDER BY name",
      )
      .pluck()
      .all()
    connection.close()
    expect(declared.map((table) => table.name).toSorted()).toEqual(found)
  })

  it.each(declared.map((table) => [table.name, table] as const))(
    '%s has the columns that the program thinks it has',
    (name, table) => {
      const connection = migrated()
      const found = connection
        .prepare<[string], { name: string; type: string; optional: number }>(
          'SELECT name, type, ("notnull" = 0 AND pk = 0) AS optional FROM pragma_table_info(?) ORDER BY name',
        )
        .all(name)
      connection.close()
      const primaries = new Set(table.primaryKeys.flatMap((key) => key.columns.map((column) => column.name)))
      const expected = table.columns.map((column) => ({
        name: column.name,
        type: column.getSQLType().toUpperCase(),
        optional: column.notNull || column.primary || primaries.has(column.name) ? 0 : 1,
      }))
      expect(expected.toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual(found)
    },
  )
})
