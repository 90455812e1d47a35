import Engine from 'better-sqlite3'
import type { LedgerEntry } from '../../src-main/providers/simulation.ts'
import type { Findings } from './findings.ts'
import type { Intent } from './intent.ts'
import { judgeJournal } from './referee-journal.ts'
import { judgeCallbacks, judgeMoney, type MoneyRows, readMoney } from './referee-money.ts'
import { judgePrints, type PrintRow, readPrints } from './referee-prints.ts'

/** What became of everything that was asked for. */
export interface Verdict {
  /** Acknowledged, and neither done nor visibly open nor failed with a reason; or done in the world without a row. */
  readonly lost: readonly string[]
  /** Done more than once. */
  readonly duplicated: readonly string[]
  /** What really happened in the simulated world. */
  readonly effects: number
  /** Receipts that came out whole. */
  readonly papers: number
  /** Left for a person to decide. */
  readonly review: number
  /** Ended without success, with a reason. */
  readonly failed: number
  readonly payments: number
  /** Payments that ended as paid. */
  readonly completed: number
  readonly transfers: number
  /** Callbacks that were answered with 2xx. */
  readonly callbacks: number
  /** Taken by a provider that never said what became of it. */
  readonly unreported: number
  /** Still open, in whole or in part, although everything had time to end. */
  readonly stuck: readonly string[]
}

/** The world's and the shop's side of a round. */
export interface Testimony {
  readonly intents: readonly Intent[]
  readonly contradictions: readonly string[]
  readonly ledger: readonly LedgerEntry[]
  /** By the digest under which Kaunta keeps a callback. */
  readonly answeredCallbacks: ReadonlyMap<string, number>
  /** The words of every receipt that came out whole. */
  readonly papers: readonly string[]
}

interface SaleRow {
  readonly id: string
  readonly number: number
  readonly line: string
}
interface MessageRow {
  readonly id: string
  readonly channel: 'sms' | 'whatsapp'
  readonly phone: string
  readonly body: string
  readonly state: string
  readonly reason: string | null
  readonly effect: string
}
interface Rows extends MoneyRows {
  readonly sales: readonly SaleRow[]
  readonly messages: readonly MessageRow[]
  readonly prints: readonly PrintRow[]
}

/** Compares Kaunta's own record (the file it left) with the ledger of the simulated world. */
export function judge(file: string, testimony: Testimony): Verdict {
  const { intents, contradictions, ledger, answeredCallbacks, papers } = testimony
  const database = new Engine(file, { readonly: true })
  try {
    const found: Findings = {
      lost: [],
      duplicated: [...contradictions],
      stuck: [],
      review: 0,
      failed: 0,
      unreported: 0,
    }
    const rows = readRows(database)
    judgePresence(intents, rows, found)
    judgeSales(rows.sales, found)
    for (const message of rows.messages) judgeMessage(message, ledger, found)
    judgePrints(rows.prints, papers, found)
    judgeMoney(rows, ledger, found)
    judgeCallbacks(database, answeredCallbacks, found)
    judgeStrangers(ledger, rows, found)
    judgeJournal(database, found)
    return {
      ...found,
      effects: ledger.length,
      papers: papers.length,
      payments: rows.payments.length,
      completed: rows.payments.filter(({ state }) => state === 'completed' || state === 'reversed').length,
      transfers: rows.transfers.length,
      callbacks: [...answeredCallbacks.values()].reduce((total, times) => total + times, 0),
    }
  } finally {
    database.close()
  }
}

function readRows(database: Engine.Database): Rows {
  return {
    sales: database
      .prepare<[], SaleRow>(
        'SELECT sale.id, number, sale_line.name AS line FROM sale JOIN sale_line ON sale_id = sale.id ORDER BY number',
      )
      .all(),
    messages: database
      .prepare<
        [],
        MessageRow
      >(`SELECT message.id, channel, address AS phone, body, message.state, message.reason, effect.state AS effect
         FROM message JOIN effect ON effect.id = effect_id`)
      .all(),
    prints: readPrints(database),
    ...readMoney(database),
  }
}

function judgePresence(
  intents: readonly Intent[],
  { sales, messages, prints, payments, transfers }: Rows,
  found: Findings,
): void {
  const once = [...sales, ...messages, ...prints, ...payments].map((row) => row.id)
  const ids = new Set([...once, ...transfers.map((row) => row.id)])
  const asked = new Map<string, string>()
  for (const { key, acknowledged } of intents) {
    if (acknowledged === null) continue
    if (!ids.has(acknowledged)) found.lost.push(`${key}: acknowledged as ${acknowledged}, and gone`)
    const other = asked.get(acknowledged)
    if (other !== undefined) found.lost.push(`${key}: answered with the thing of ${other}`)
    asked.set(acknowledged, key)
  }
  // A request without a read answer may have made its row; two rows for one request it may not.
  const most = intents.filter(({ refused, kind }) => refused === null && !movesOut(kind)).length
  if (once.length > most) found.duplicated.push(`${once.length} rows for ${most} requests`)
}

/** What leaves the shop is counted by the ledger: a reversal that failed may be asked for again. */
function movesOut(kind: Intent['kind']): boolean {
  return kind === 'reversal' || kind === 'payout'
}

function judgeSales(sales: readonly SaleRow[], found: Findings): void {
  const lines = new Set<string>()
  sales.forEach((sale, index) => {
    if (sale.number !== index + 1) found.lost.push(`receipt ${index + 1} is missing: a gap in the numbers`)
    if (lines.has(sale.line)) found.duplicated.push(`sale of “${sale.line}”`)
    lines.add(sale.line)
  })
}

function judgeMessage(message: MessageRow, ledger: readonly LedgerEntry[], found: Findings): void {
  const { channel, body, state, reason } = message
  const name = `${channel} ${message.id} (${state}, ${reason ?? 'no reason'})`
  const times = ledger.filter((entry) => entry.kind === channel && entry.text === body).length
  if (times > 1) found.duplicated.push(`${name}: ${times} times on the phone`)
  if (state === 'unknown') found.review += 1
  else if (state === 'failed') {
    found.failed += 1
    if (reason === null) found.lost.push(`${name}: failed without a reason`)
    if (times > 0) found.lost.push(`${name}: called failed, and on the phone`)
  } else if (message.effect === 'done') {
    // WhatsApp may keep silent about what it took: then the message stays "in line there", which is true and visible.
    if (state === 'queued') found.unreported += 1
    if (times === 0) found.lost.push(`${name}: the provider knows nothing of it`)
  } else found.stuck.push(name)
}

/** Everything that Kaunta set off in the world must have a row that answers for it. */
function judgeStrangers(
  ledger: readonly LedgerEntry[],
  { messages, payments, transfers }: Rows,
  found: Findings,
): void {
  const known = new Set([
    ...messages.map(({ channel, body }) => `${channel} ${body}`),
    ...payments.flatMap(({ origin, provider, phone }) =>
      origin === 'prompt' ? [`prompt ${provider} ${phone}`] : [],
    ),
    ...transfers.map(({ kind, provider, phone, code }) =>
      kind === 'payout' ? `payout ${provider} ${phone}` : `reversal ${provider} ${code}`,
    ),
  ])
  for (const entry of ledger) {
    const { kind, provider, phone, text } = entry
    // What customers pay by themselves nobody need know of, before the network tells or a code is typed.
    if (kind === 'payment') continue
    const name =
      kind === 'sms' || kind === 'whatsapp'
        ? `${kind} ${text}`
        : `${kind} ${provider} ${kind === 'reversal' ? text : phone}`
    if (!known.has(name)) found.lost.push(`${name} happened, and no row knows of it`)
  }
}
