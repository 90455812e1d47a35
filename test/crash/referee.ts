import Engine from 'better-sqlite3'
import type { LedgerEntry } from '../../src-main/providers/simulation.ts'
import type { Intent } from './producer.ts'

/** What became of everything that was asked for. */
export interface Verdict {
  /** Acknowledged, and neither done nor visibly open nor failed with a reason; or done in the world without a row. */
  readonly lost: readonly string[]
  /** Done more than once. */
  readonly duplicated: readonly string[]
  /** What really happened in the simulated world. */
  readonly effects: number
  /** Left for a person to decide. */
  readonly review: number
  /** Ended without success, with a reason. */
  readonly failed: number
  /** Taken by a provider that never said what became of it. */
  readonly unreported: number
  /** Still open, in whole or in part, although everything had time to end. */
  readonly stuck: readonly string[]
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
interface PaymentRow {
  readonly id: string
  readonly account: string
  readonly state: string
  readonly reason: string | null
  readonly amountMinor: number
  readonly effect: string
  readonly tenders: number
  readonly tenderMinor: number | null
}

interface Findings {
  readonly lost: string[]
  readonly duplicated: string[]
  readonly stuck: string[]
  review: number
  failed: number
  unreported: number
}

/** Compares Kaunta's own record (the file it left) with the ledger of the simulated world. */
export function judge(
  file: string,
  intents: readonly Intent[],
  ledger: readonly LedgerEntry[],
  contradictions: readonly string[],
): Verdict {
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
    const count = countLedger(ledger)
    for (const message of rows.messages) judgeMessage(message, count, found)
    for (const payment of rows.payments) judgePayment(payment, count, found)
    judgeStrangers(ledger, rows, found)
    return { ...found, effects: ledger.length }
  } finally {
    database.close()
  }
}

function readRows(database: Engine.Database) {
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
      >(`SELECT message.id, channel, phone, body, message.state, message.reason, effect.state AS effect
         FROM message JOIN effect ON effect.id = effect_id`)
      .all(),
    payments: database
      .prepare<[], PaymentRow>(
        `SELECT payment.id, printf('%06d', sale.number) AS account, payment.state, payment.reason,
           payment.amount_minor AS amountMinor, effect.state AS effect,
           (SELECT count(*) FROM tender WHERE payment_id = payment.id) AS tenders,
           (SELECT sum(amount_minor) FROM tender WHERE payment_id = payment.id) AS tenderMinor
         FROM payment JOIN sale ON sale.id = sale_id JOIN effect ON effect.id = effect_id`,
      )
      .all(),
  }
}

type Rows = ReturnType<typeof readRows>

function judgePresence(
  intents: readonly Intent[],
  { sales, messages, payments }: Rows,
  found: Findings,
): void {
  const ids = new Set([...sales, ...messages, ...payments].map((row) => row.id))
  const asked = new Map<string, string>()
  for (const { key, acknowledged } of intents) {
    if (acknowledged === null) continue
    if (!ids.has(acknowledged)) found.lost.push(`${key}: acknowledged as ${acknowledged}, and gone`)
    const other = asked.get(acknowledged)
    if (other !== undefined) found.lost.push(`${key}: answered with the thing of ${other}`)
    asked.set(acknowledged, key)
  }
  // A request without a read answer may have made its row; two rows for one request it may not.
  const most = intents.filter((intent) => intent.refused === null).length
  if (ids.size > most) found.duplicated.push(`${ids.size} rows for ${most} requests`)
}

function judgeSales(sales: readonly SaleRow[], found: Findings): void {
  const lines = new Set<string>()
  sales.forEach((sale, index) => {
    if (sale.number !== index + 1) found.lost.push(`receipt ${index + 1} is missing: a gap in the numbers`)
    if (lines.has(sale.line)) found.duplicated.push(`sale of “${sale.line}”`)
    lines.add(sale.line)
  })
}

type Count = (kind: LedgerEntry['kind'], text: string) => number

function countLedger(ledger: readonly LedgerEntry[]): Count {
  const counts = new Map<string, number>()
  for (const { kind, text } of ledger) counts.set(`${kind} ${text}`, (counts.get(`${kind} ${text}`) ?? 0) + 1)
  return (kind, text) => counts.get(`${kind} ${text}`) ?? 0
}

function judgeMessage(message: MessageRow, count: Count, found: Findings): void {
  const { channel, body, state, reason } = message
  const name = `${channel} ${message.id} (${state}, ${reason ?? 'no reason'})`
  const times = count(channel, body)
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

function judgePayment(payment: PaymentRow, count: Count, found: Findings): void {
  const { account, state, reason } = payment
  const name = `payment ${payment.id} of receipt ${account} (${state}, ${reason ?? 'no reason'})`
  const prompts = count('prompt', account)
  const paid = count('payment', account)
  if (prompts > 1) found.duplicated.push(`${name}: ${prompts} prompts`)
  if (paid > 1) found.duplicated.push(`${name}: paid ${paid} times`)
  // Otherwise the outbox asks a person about a payment that has ended.
  if (state !== 'unknown' && payment.effect === 'unknown') found.stuck.push(`${name}: its effect is open`)
  judgeTenders(payment, name, found)
  if (state === 'unknown') found.review += 1
  else if (state !== 'completed') judgeFailure(payment, name, paid > 0, found)
  else if (paid === 0) found.lost.push(`${name}: no money moved`)
}

function judgeFailure({ state, reason }: PaymentRow, name: string, paid: boolean, found: Findings): void {
  if (state !== 'failed' && state !== 'cancelled' && state !== 'expired') {
    found.stuck.push(name)
    return
  }
  found.failed += 1
  if (paid) found.lost.push(`${name}: the customer paid`)
  if (reason === null) found.lost.push(`${name}: ended without a reason`)
}

/** Money on the sale: once for a completed payment, never for another. */
function judgeTenders(
  { state, tenders, tenderMinor, amountMinor }: PaymentRow,
  name: string,
  found: Findings,
): void {
  if (tenders > 1) found.duplicated.push(`${name}: ${tenders} tenders`)
  if (state !== 'completed') {
    if (tenders > 0) found.lost.push(`${name}: the sale shows money that is not confirmed`)
  } else if (tenders === 0 || tenderMinor !== amountMinor * tenders)
    found.lost.push(`${name}: the sale does not show the money`)
}

/** Everything that happened in the world must have a row that answers for it. */
function judgeStrangers(ledger: readonly LedgerEntry[], { messages, payments }: Rows, found: Findings): void {
  const known = new Set([
    ...messages.map(({ channel, body }) => `${channel} ${body}`),
    ...payments.flatMap(({ account }) => [`prompt ${account}`, `payment ${account}`]),
  ])
  for (const { kind, text } of ledger)
    if (!known.has(`${kind} ${text}`)) found.lost.push(`${kind} “${text}” happened, and no row knows of it`)
}
