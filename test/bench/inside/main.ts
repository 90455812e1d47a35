import { measureClaim } from './claim.ts'
import { measureDispatch } from './dispatch.ts'
import { encodeReceipts } from './encode.ts'
import { measureEnqueue } from './enqueue.ts'
import { fillFinished } from './fill.ts'
import { measureJournal } from './journal.ts'

/** The part of the bench that runs product code in its own process; bundled first, as the product is. */
const tasks: Readonly<Record<string, (folder: string) => void | Promise<void>>> = {
  enqueue: measureEnqueue,
  dispatch: measureDispatch,
  claim: measureClaim,
  encode: encodeReceipts,
  journal: measureJournal,
  /** Adds a million finished effects to the database file named. */
  fill: fillFinished,
}

const [task = '', argument = ''] = process.argv.slice(2)
const run = tasks[task]
if (run === undefined) throw new Error(`no such task: ${task}`)
await run(argument)
