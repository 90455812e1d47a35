import { openConnection } from '../../../src-main/database/open.ts'
import { addFinished } from './database.ts'

/** A shop's years: a million finished effects in a file that the product made itself. */
export function fillFinished(file: string): void {
  const connection = openConnection(file)
  addFinished(connection, 1e6)
  connection.close()
}
