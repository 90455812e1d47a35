import { writeSync } from 'node:fs'
import { migrate } from '../../src-main/database/migrate.ts'
import { readMigrations } from '../../src-main/database/migrations.ts'
import { createDatabase, openConnection } from '../../src-main/database/open.ts'

/**
 * The process whose power is cut: writes sales through the product's own database room and says ACK once each commit
 * came back. Bundled by `record.ts` and run under strace.
 */
const [file = '', commits = '0', synchronous = ''] = process.argv.slice(2)
const start = 1_795_000_000_000
const connection = openConnection(file)
migrate(connection, readMigrations(), start, () => {})
// Only to show that the harness sees what a lesser setting loses.
if (synchronous !== '') connection.pragma(`synchronous = ${synchronous}`)
const database = createDatabase(file, connection, () => start)
connection.exec("INSERT INTO till VALUES ('1', 0)")
const sale = connection.prepare(
  `INSERT INTO sale (id, till_id, number, state, source, currency, total_minor, created_at, updated_at)
   VALUES (?, '1', NULL, 'draft', 'counter', 'KES', ?, ?, ?)`,
)
const line = connection.prepare(
  'INSERT INTO sale_line (sale_id, position, name, quantity_milli, unit_price_minor) VALUES (?, ?, ?, 1000, 100)',
)
const count = connection.prepare("UPDATE till SET last_number = last_number + 1 WHERE id = '1'")
const record = connection.prepare("UPDATE sale SET number = ?, state = 'recorded' WHERE id = ?")

for (let number = 1; number <= Number(commits); number += 1) {
  const id = `sale-${number}`
  const lines = 1 + (number % 12)
  database.transact(() => {
    sale.run(id, lines * 100, start + number, start + number)
    for (let position = 0; position < lines; position += 1)
      line.run(id, position, `Unga wa sembe ${position}`)
    count.run()
    record.run(number, id)
  })
  writeSync(1, `ACK ${number}\n`)
}
