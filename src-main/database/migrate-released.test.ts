import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { paymentStates } from '../../src-preload/contract/payments.ts'
import { connectionSchema, printerProfileSchema } from '../../src-preload/contract/printer-models.ts'
import { manualClock } from '../../test/fixtures/manual-clock.ts'
import { networkProviders } from '../../test/fixtures/network.ts'
import { createWorld } from '../../test/fixtures/network-world.ts'
import { openShop } from '../../test/fixtures/shop.ts'
import { tempFolder } from '../../test/fixtures/temp-folder.ts'
import { allowedPairs } from '../payments/transitions.ts'
import { migrate } from './migrate.ts'
import { readMigrations } from './migrations.ts'
import { type Connection, openConnection } from './open.ts'

const at = 1_795_000_000_000
const steps = readMigrations()
const id = (kind: number, n: number) =>
  `${String(kind).padStart(8, '0')}-0000-7000-8000-${String(n).padStart(12, '0')}`
const sale = (n: number) => id(1, n)
const payment = (n: number) => id(2, n)
const account = id(3, 1)
const key = id(4, 1)

type Row = Readonly<Record<string, string | number | null | Uint8Array>>

/** How a payment of the first release came to its state: its evidence, oldest first. */
const ways = {
  pending: [],
  prompted: [['reply', 'pending', 'prompted', 1]],
  processing: [
    ['reply', 'pending', 'prompted', 1],
    ['query', 'prompted', 'processing', 1],
  ],
  unknown: [
    ['reply', 'pending', 'prompted', 1],
    ['clock', 'prompted', 'unknown', 1],
  ],
  completed: [
    ['reply', 'pending', 'prompted', 1],
    ['callback', 'prompted', 'completed', 0],
    ['query', 'prompted', 'completed', 1],
  ],
  failed: [['reply', 'pending', 'failed', 1]],
  cancelled: [['query', 'pending', 'cancelled', 1]],
  expired: [['query', 'pending', 'expired', 1]],
  reversed: [
    ['callback', 'prompted', 'completed', 1],
    ['callback', 'completed', 'reversed', 1],
  ],
} as const satisfies Record<
  (typeof paymentStates)[number],
  readonly (readonly [string, string, string, 0 | 1])[]
>

/** More completed payments, by what they rested on; without evidence there is only the query that the program asked. */
const proofs = [
  ['person', [['person', 'unknown', 'completed', 1]]],
  ['callback', [['callback', 'prompted', 'completed', 1]]],
  ['query', []],
  ['query', [['timer', 'prompted', 'completed', 1]]],
] as const

function put(connection: Connection, table: string, row: Row): void {
  const names = Object.keys(row)
  connection
    .prepare(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`,
    )
    .run(row)
}

/** A shop of the first release with something in every table. */
function fill(connection: Connection): void {
  const moments = { created_at: at, updated_at: at + 1 }
  put(connection, 'setting', { key: 'shop', value: '{}', updated_at: at })
  put(connection, 'till', { id: '1', last_number: 50 })
  put(connection, 'customer', {
    id: id(5, 1),
    phone: '+254712345678',
    name: 'Asha',
    language: 'sw',
    last_seen_at: at,
  })
  put(connection, 'account', {
    id: account,
    provider: 'daraja',
    label: 'M-Pesa',
    environment: 'live',
    settings: '{}',
    callback_secret: 'abcdefghijklmnopqrst',
    enabled: 1,
    created_at: at,
  })
  let effects = 0
  const effect = (kind: string, subject: string, state: string): number => {
    effects += 1
    const leased = state === 'leased'
    put(connection, 'effect', {
      ...moments,
      id: effects,
      lane: `mobileMoney:${account}`,
      kind,
      subject_id: subject,
      title: 't',
      state,
      priority: 0,
      due_at: at,
      deadline_at: at + 60_000,
      attempts: 1,
      tries: 1,
      lease_id: leased ? 'l' : null,
      lease_until: leased ? at : null,
      payload: JSON.stringify({ paymentId: subject }),
    })
    put(connection, 'attempt', {
      effect_id: effects,
      number: 1,
      lease_id: 'l',
      started_at: at,
      outcome: 'accepted',
    })
    return effects
  }
  const pay = (n: number, state: string, events: readonly (readonly [string, string, string, number])[]) => {
    put(connection, 'sale', {
      ...moments,
      id: sale(n),
      till_id: '1',
      number: null,
      state: 'draft',
      source: 'counter',
      customer_phone: '+254712345678',
      currency: 'KES',
      total_minor: 12_300,
    })
    put(connection, 'sale_line', {
      sale_id: sale(n),
      position: 0,
      name: 'Sukari',
      quantity_milli: 1000,
      unit_price_minor: 12_300,
    })
    connection.prepare("UPDATE sale SET number = ?, state = 'recorded' WHERE id = ?").run(n, sale(n))
    put(connection, 'payment', {
      ...moments,
      id: payment(n),
      sale_id: sale(n),
      account_id: account,
      effect_id: effect('prompt', payment(n), state === 'unknown' ? 'unknown' : 'done'),
      provider: 'daraja',
      phone: '+254712345678',
      amount_minor: 12_300,
      currency: 'KES',
      state,
      reason: state === 'failed' ? 'wrongPin' : null,
      detail: `d${n}`,
      provider_reference: `ws_${n}`,
      receipt_code: state === 'completed' ? `R${n}` : null,
      needs_decision: state === 'unknown' ? 1 : 0,
      prompted_at: at + n,
    })
    for (const [source, from, to, applied] of events)
      put(connection, 'payment_event', {
        payment_id: payment(n),
        at,
        source,
        from_state: from,
        to_state: to,
        applied,
        receipt_code: null,
      })
    if (state === 'completed' || state === 'reversed')
      put(connection, 'tender', {
        id: id(6, n),
        sale_id: sale(n),
        kind: 'mobileMoney',
        amount_minor: 12_300,
        payment_id: payment(n),
        at,
      })
  }
  for (const [n, state] of paymentStates.entries()) pay(n + 1, state, ways[state])
  for (const [n, [, events]] of proofs.entries()) pay(n + 20, 'completed', events)
  const message = id(7, 1)
  put(connection, 'message', {
    ...moments,
    id: message,
    sale_id: sale(1),
    account_id: account,
    effect_id: effect('message', message, 'done'),
    channel: 'sms',
    phone: '+254712345678',
    body: 'Asante',
    language: 'sw',
    state: 'delivered',
    segments: 1,
  })
  put(connection, 'message_event', { message_id: message, at, state: 'sent', source: 'reply', applied: 1 })
  put(connection, 'template', { kind: 'receipt', channel: 'sms', language: 'sw', text: 'Asante {shop}' })
  put(connection, 'printer', {
    id: id(8, 1),
    name: 'P',
    host: '127.0.0.1',
    port: 9100,
    paper: '80',
    drawer: 1,
    drawer_pin: 2,
    cutter: 1,
    updated_at: at,
  })
  for (const [n, purpose] of ['receipt', 'copy', 'drawer', 'test'].entries())
    put(connection, 'print_job', {
      ...moments,
      id: id(9, n),
      sale_id: n < 2 ? sale(1) : null,
      printer_id: id(8, 1),
      effect_id: effect('print', id(9, n), 'done'),
      purpose,
      copy_number: n,
      bytes: Buffer.from([27, 64, n]),
      state: 'printed',
    })
  put(connection, 'callback', {
    account_id: account,
    received_at: at,
    method: 'POST',
    path: '/callbacks/x',
    headers: '{}',
    body: '{"a":1}',
    digest: 'd',
    state: 'processed',
  })
  put(connection, 'api_key', { id: key, label: 'POS', scopes: '[]', hint: 'kk', hash: 'h', created_at: at })
  put(connection, 'idempotency', { api_key_id: key, key: 'k', digest: 'd', subject_id: sale(1), at })
}

const tablesOf = (connection: Connection): string[] =>
  connection
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'migration' ORDER BY name",
    )
    .pluck()
    .all()
const rowsOf = (connection: Connection, table: string): Row[] =>
  connection.prepare<[], Row>(`SELECT * FROM ${table} ORDER BY 1, 2`).all()

/** The file of a shop that ran the first release. */
function released(file = join(tempFolder(), 'kaunta.db')): Connection {
  const connection = openConnection(file)
  migrate(connection, steps.slice(0, 1), at, () => {})
  fill(connection)
  return connection
}

/** What rows came to whose columns changed. */
const carriedOver: Readonly<Record<string, (rows: Row[]) => Row[]>> = {
  // The printer's address and width became JSON; the test below looks at them.
  printer: (rows) => rows.map(({ host: _host, port: _port, paper: _paper, cutter: _cutter, ...row }) => row),
  message: (rows) => rows.map(({ phone = null, ...row }) => ({ ...row, address: phone })),
}

describe('a shop of the first release', () => {
  it('has something in every table, for this test to be worth something', () => {
    const connection = released()
    expect(tablesOf(connection).filter((table) => rowsOf(connection, table).length === 0)).toEqual([])
    connection.close()
  })

  it('loses no row and no value', () => {
    const connection = released()
    const before = new Map(tablesOf(connection).map((table) => [table, rowsOf(connection, table)]))
    expect(migrate(connection, steps, at + 1, () => {})).toEqual({ from: 1, to: steps.length })
    for (const [table, rows] of before) {
      const after = rowsOf(connection, table)
      expect([table, after.length]).toEqual([table, rows.length])
      for (const [n, row] of (carriedOver[table]?.(rows) ?? rows).entries())
        expect(after[n]).toMatchObject(row)
    }
    expect(connection.pragma('foreign_key_check')).toEqual([])
    expect(connection.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(connection.pragma('foreign_keys', { simple: true })).toBe(1)
    connection.close()
  })

  it('keeps its printer as it was set, and papers of the second release', () => {
    const connection = released()
    migrate(connection, steps.slice(0, 2), at + 1, () => {})
    connection.exec(`INSERT INTO print_job (id, printer_id, effect_id, purpose, copy_number, bytes, state, created_at, updated_at)
      SELECT 'cash-up', printer_id, (SELECT max(id) FROM effect WHERE id NOT IN (SELECT effect_id FROM print_job)), 'cashUp', 0, x'1b40', 'queued', 5, 6
      FROM print_job LIMIT 1`)
    const old = { id: id(8, 2), name: 'Old', host: '10.0.0.9', port: 9101, paper: '58', drawer: 0 }
    put(connection, 'printer', { ...old, drawer_pin: 5, cutter: 0, updated_at: at - 1 })
    expect(migrate(connection, steps, at + 2, () => {})).toEqual({ from: 2, to: steps.length })
    const printers = connection
      .prepare<[], Record<string, string | number>>('SELECT * FROM printer ORDER BY id')
      .all()
    const read = printers.map(({ connection: address, profile, model, receipts }) => [
      connectionSchema.parse(JSON.parse(String(address))),
      printerProfileSchema.parse(JSON.parse(String(profile))),
      model,
      receipts,
    ])
    const shared = {
      language: 'escpos',
      codeTable: { name: 'windows1252', number: 16 },
      qr: 'native',
      barcode: true,
      confirms: 'paperQuery',
    }
    expect(read).toEqual([
      [
        { kind: 'network', host: '127.0.0.1', port: 9100 },
        { ...shared, paper: '80', columns: 48, dots: 576, cutter: 'partial' },
        'generic-80',
        1,
      ],
      [
        { kind: 'network', host: '10.0.0.9', port: 9101 },
        { ...shared, paper: '58', columns: 32, dots: 384, cutter: 'none' },
        'generic-58',
        0,
      ],
    ])
    const job = "SELECT purpose, state, hex(bytes) AS bytes, went_to FROM print_job WHERE id = 'cash-up'"
    expect(connection.prepare(job).get()).toEqual({
      purpose: 'cashUp',
      state: 'queued',
      bytes: '1B40',
      went_to: null,
    })
    connection.close()
  })

  it('has proof for every payment that is money, by what it rested on, and for no other', () => {
    const connection = released()
    migrate(connection, steps, at + 1, () => {})
    const proofOf = connection
      .prepare<[string], string | null>('SELECT proof FROM payment WHERE id = ?')
      .pluck()
    expect(paymentStates.map((state, n) => [state, proofOf.get(payment(n + 1))])).toEqual(
      paymentStates.map((state) => [
        state,
        new Map([
          ['completed', 'query'],
          ['reversed', 'callback'],
        ]).get(state) ?? null,
      ]),
    )
    expect(proofs.map((_proof, n) => proofOf.get(payment(n + 20)))).toEqual(proofs.map(([proof]) => proof))
    const others = connection
      .prepare(
        'SELECT DISTINCT origin, own_reference, claimed_code, excess_minor, reversed_minor, staff_id FROM payment',
      )
      .all()
    expect(others).toEqual([
      {
        origin: 'prompt',
        own_reference: null,
        claimed_code: null,
        excess_minor: 0,
        reversed_minor: 0,
        staff_id: null,
      },
    ])
    connection.close()
  })

  it('is guarded as a new one is: moves, beginnings, one open prompt, evidence', () => {
    const connection = released()
    migrate(connection, steps, at + 1, () => {})
    const move = (n: number, to: string) =>
      connection.prepare('UPDATE payment SET state = ? WHERE id = ?').run(to, payment(n))
    paymentStates.forEach((from, n) => {
      for (const to of paymentStates) {
        if (from === to || allowedPairs().includes(`${from}>${to}`)) continue
        expect(() => move(n + 1, to)).toThrow('not allowed')
      }
    })
    expect(() => connection.exec("UPDATE payment_event SET to_state = 'failed'")).toThrow('never changed')
    expect(() => connection.exec('DELETE FROM payment_event')).toThrow('never changed')
    const twin = `INSERT INTO payment (id, sale_id, account_id, provider, origin, amount_minor, currency, state, created_at, updated_at)
      SELECT 'twin', sale_id, account_id, provider, 'code', 1, 'KES', 'unknown', 0, 0 FROM payment WHERE state = 'prompted'`
    expect(() => connection.exec(twin)).toThrow('this sale has an open payment')
    connection.close()
  })

  it('keeps the old schema whole when the step breaks off', () => {
    const connection = released()
    const before = tablesOf(connection).map((table) => [table, rowsOf(connection, table)])
    const broken = steps.map((step) =>
      step.version === 2 ? { ...step, sql: `${step.sql};\nINSERT INTO nowhere VALUES (1);` } : step,
    )
    expect(() => migrate(connection, broken, at + 1, () => {})).toThrow('no such table')
    expect(tablesOf(connection).map((table) => [table, rowsOf(connection, table)])).toEqual(before)
    expect(migrate(connection, steps, at + 1, () => {}).to).toBe(steps.length)
    connection.close()
  })

  it('opens in today’s program, which shows every payment with its evidence and follows the open ones', async () => {
    const folder = tempFolder()
    const clock = manualClock(at + 60_000)
    const world = createWorld(clock)
    const first = await openShop(folder, clock, networkProviders(world))
    await first.companion.close()
    // In place of the file that this start made.
    const file = join(folder, 'live', 'kaunta.db')
    for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true })
    released(file).close()
    const { client, companion } = await openShop(folder, clock, networkProviders(world))
    await clock.advance(0)
    const { rows } = await client.payments.list({ limit: 200 })
    expect(rows).toHaveLength(paymentStates.length + proofs.length)
    const completed = await client.payments.get({ id: payment(paymentStates.indexOf('completed') + 1) })
    expect(completed).toMatchObject({ state: 'completed', proof: 'query', receiptCode: 'R5', saleNumber: 5 })
    expect(completed.events.map(({ source, applied }) => [source, applied])).toEqual([
      ['reply', true],
      ['callback', false],
      ['query', true],
    ])
    expect((await client.payments.attention()).unknown.map((one) => one.id)).toContain(payment(4))
    // Its papers bear the time that they always bore.
    expect(await client.sales.get({ id: sale(5) })).toMatchObject({ paidMinor: 12_300, recordedAt: at })
    expect((await client.staff.desk()).staff?.role).toBe('manager')
    await companion.close()
  })
})
