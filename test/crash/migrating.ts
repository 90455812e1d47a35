import { writeSync } from 'node:fs'
import { migrate } from '../../src-main/database/migrate.ts'
import type { Migration } from '../../src-main/database/migrations.ts'
import { openConnection } from '../../src-main/database/open.ts'

/** The process that is killed while it migrates: `node migrating.ts FILE whole|stepwise`. */
export const stepCount = 120
export const goodsCount = 2_000

/** Version 1 is the schema with goods in it; each later one adds a table, an index and a column's worth of work. */
export function manySteps(): readonly Migration[] {
  const first = {
    version: 1,
    name: 'goods',
    sql: 'CREATE TABLE goods (id INTEGER PRIMARY KEY, name TEXT NOT NULL, price INTEGER NOT NULL) STRICT;',
  }
  const later = Array.from({ length: stepCount - 1 }, (_, index) => {
    const version = index + 2
    return {
      version,
      name: `step-${version}`,
      sql: `CREATE TABLE step_${version} (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
INSERT INTO step_${version} SELECT id, name || ' ${version}' FROM goods LIMIT 300;
CREATE INDEX step_${version}_name ON step_${version} (name);
UPDATE goods SET price = price + 1;`,
    }
  })
  return [first, ...later]
}

function run(file: string, how: string): void {
  const connection = openConnection(file)
  writeSync(1, 'BEGIN\n')
  if (how === 'whole') migrate(connection, manySteps(), 1_795_000_000_000, () => {})
  // The fault that the test must see: every statement for itself.
  else for (const step of manySteps().slice(1)) connection.exec(step.sql)
  writeSync(1, 'END\n')
  connection.close()
}

const [file, how] = process.argv.slice(2)
if (import.meta.main && file !== undefined && how !== undefined) run(file, how)
