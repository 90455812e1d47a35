import { join } from 'node:path'
import Engine from 'better-sqlite3'
import { parse } from 'csv-parse/sync'
import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { misfits } from '../../src-preload/contract/misfits.ts'
import type { NetworkName, Truth } from '../../test/fixtures/network-world.ts'
import { refusalOf } from '../../test/fixtures/payment-walk.ts'
import { managerPin, openTill, type Till } from '../../test/fixtures/till.ts'
import type { MobileMoney, StatementFormat } from '../providers/mobile-money.ts'
import { accepted } from '../providers/outcome.ts'

const hourMs = 3_600_000
const dayMs = 86_400_000
const format: StatementFormat = {
  code: ['Receipt No.'],
  at: ['Completion Time'],
  paidIn: ['Paid In'],
  paidOut: ['Withdrawn'],
  phone: ['Other Party Info'],
  status: ['Transaction Status'],
  completed: ['completed'],
  dates: ['yyyy-MM-dd HH:mm:ss'],
  zone: 'Africa/Nairobi',
}
/** What a test's network answers in place of the truth. */
let answer: ReturnType<NonNullable<MobileMoney['queryPrompt']>> | null
let till: Till

beforeEach(async () => {
  answer = null
  till = await openTill({
    change: (money, name) => ({
      ...money,
      ...(name === 'airtel' ? {} : { statement: format }),
      ...(money.queryPrompt === undefined
        ? {}
        : { queryPrompt: (references) => answer ?? Promise.resolve(till.world.ask(name, references)) }),
    }),
  })
})

interface Line {
  readonly code: string
  readonly amountMinor?: number
  readonly at?: number
  readonly phone?: string
}

function csv(...lines: readonly Line[]): string {
  const at = (ms: number) => new Date(ms + 3 * hourMs).toISOString().slice(0, 19).replace('T', ' ')
  const rows = lines.map(({ code, amountMinor = 12_300, at: paidAt = till.clock.now(), phone = '' }) => [
    code,
    at(paidAt),
    `"${(amountMinor / 100).toLocaleString('en', { minimumFractionDigits: 2 })}"`,
    '',
    phone,
    'Completed',
  ])
  const head = [
    'Receipt No.',
    'Completion Time',
    'Paid In',
    'Withdrawn',
    'Other Party Info',
    'Transaction Status',
  ]
  return [head, ...rows].map((row) => row.join(',')).join('\n')
}
const stretch = () => ({ from: till.clock.now() - dayMs, to: till.clock.now() + dayMs })
const imported = (network: NetworkName, text: string, more: { from?: number; to?: number } = {}) =>
  till.client.reconciliations.importStatement({
    accountId: till.account(network).id,
    fileName: 'statement.csv',
    text,
    ...more,
  })
const run = (network: NetworkName) =>
  till.client.reconciliations.run({ accountId: till.account(network).id, ...stretch() })

/** A payment whose reply was lost and that nobody told us about. */
async function unknown(network: NetworkName): Promise<{ id: string; saleId: string; truth: Truth }> {
  const sale = await till.sale()
  const { id } = await till.raise(sale.id, network)
  till.world.reply('lostAfter')
  await till.clock.advance(0)
  const truth = till.world.truths().at(-1)
  if (truth === undefined) throw new Error('nothing arrived')
  return { id, saleId: sale.id, truth }
}
const payment = (id: string) => till.client.payments.get({ id })

describe('a statement that is imported', () => {
  it('bears out what is paid, and proves it the better', async () => {
    const { payment: paid } = await till.paid('mixx')
    expect(paid.proof).toBe('callback')
    const whole = await imported('mixx', csv({ code: paid.receiptCode ?? '' }), stretch())
    expect(whole).toMatchObject({ source: 'statement', matched: 1, matchedMinor: 12_300, open: 0, items: [] })
    expect(whole).toMatchObject({ fileName: 'statement.csv', staffName: 'Meneja', endedAt: till.clock.now() })
    expect((await payment(paid.id)).proof).toBe('statement')
  })

  it('moves a payment that nobody knew of to paid, once, as money of its sale', async () => {
    const { id, saleId } = await unknown('mixx')
    await till.clock.advance(130_000)
    expect(await payment(id)).toMatchObject({ state: 'unknown', needsDecision: true })
    const text = csv({ code: 'X123456789', phone: '254712***678' })
    for (let time = 0; time < 2; time += 1) {
      const whole = await imported('mixx', text, stretch())
      expect(whole).toMatchObject({ matched: 1, open: 0 })
    }
    expect(await payment(id)).toMatchObject({
      state: 'completed',
      proof: 'statement',
      receiptCode: 'X123456789',
    })
    const sale = await till.client.sales.get({ id: saleId })
    expect([sale.paidMinor, sale.tenders.length]).toEqual([12_300, 1])
  })

  it('heals a payment that was called failed', async () => {
    const { id, truth } = await unknown('mixx')
    const references = { own: truth.own, provider: truth.reference }
    const reading = { state: 'failed', reason: 'wrongPin', detail: 'no' }
    await till.report(truth.callbackPath, { about: 'money', references, reading })
    expect((await payment(id)).state).toBe('failed')
    await imported('mixx', csv({ code: 'X123456789', phone: '0712345678' }), stretch())
    expect((await payment(id)).state).toBe('completed')
  })

  it('proves a code that was typed', async () => {
    const { id: saleId } = await till.sale()
    const typed = await till.client.payments.enterCode({ saleId, code: 'X000000055' })
    await imported('mixx', csv({ code: 'X000000055' }), stretch())
    expect(await payment(typed.id)).toMatchObject({ state: 'completed', proof: 'statement' })
  })

  it('lists what differs, oldest first: missing here, missing there, another amount', async () => {
    const { payment: paid, sale } = await till.paid('mixx')
    await till.client.sales.finish({ id: sale.id })
    const { payment: other } = await till.paid('mixx')
    const text = csv(
      { code: other.receiptCode ?? '', amountMinor: 10_000 },
      { code: 'X999999999', amountMinor: 5_000, at: till.clock.now() - hourMs },
    )
    const whole = await imported('mixx', text, stretch())
    expect(whole.items.map(({ kind }) => kind).toSorted()).toEqual([
      'differentAmount',
      'missingHere',
      'missingThere',
    ])
    expect(whole.items[0]).toMatchObject({
      kind: 'missingHere',
      code: 'X999999999',
      hereMinor: null,
      thereMinor: 5_000,
    })
    const [missing] = whole.items.filter(({ kind }) => kind === 'missingThere')
    expect(missing).toMatchObject({ paymentId: paid.id, thereMinor: null })
    expect([whole.matched, whole.open]).toEqual([0, 3])
    // What is paid stays paid: a list may lack a line.
    expect((await payment(paid.id)).state).toBe('completed')
  })

  it('moves nothing by a line that proves another payment', async () => {
    const { payment: paid, sale } = await till.paid('mixx')
    await till.client.sales.finish({ id: sale.id })
    const { id } = await unknown('mixx')
    await till.client.payments
      .enterCode({ saleId: (await payment(id)).saleId, code: paid.receiptCode ?? '' })
      .catch(() => undefined)
    await imported('mixx', csv({ code: paid.receiptCode ?? '' }), stretch())
    expect((await payment(id)).state).toBe('unknown')
    expect((await payment(paid.id)).state).toBe('completed')
  })

  it('is refused when it cannot be read, is of another network, or says nothing', async () => {
    expect(await refusalOf(imported('mixx', 'a,b\n1,2'))).toBe('STATEMENT_UNREADABLE')
    expect(await refusalOf(imported('mixx', csv()))).toBe('STATEMENT_UNREADABLE')
    expect(await refusalOf(imported('airtel', csv({ code: 'A1' })))).toBe('STATEMENT_UNREADABLE')
    const { from, to } = stretch()
    expect(await refusalOf(imported('mixx', csv({ code: 'X1' }), { from: to, to: from }))).toBe('RANGE_WRONG')
    const far = { from: to - 93 * dayMs, to }
    expect(await refusalOf(imported('mixx', csv({ code: 'X1' }), far))).toBe('RANGE_WRONG')
    expect((await till.client.reconciliations.list({})).rows).toEqual([])
  })
})

describe('a statement that a spreadsheet wrote', () => {
  const head = 'Receipt No.;Completion Time;Paid In;Withdrawn;Other Party Info;Transaction Status'
  const row = (code: string, at: string, more = '123,00;;;Completed') => `${code};${at};${more}`
  const file = (...rows: readonly string[]) => [head, ...rows].join('\n')
  const days = () => {
    const now = new Date(till.clock.now())
    return { day: 1, other: 2, month: now.getUTCMonth() + 1, year: now.getUTCFullYear() }
  }
  const upload = (text: string, more: object = {}) =>
    till.client.reconciliations.importStatement({
      accountId: till.account('mixx').id,
      fileName: 'statement.csv',
      text,
      ...more,
    })

  it('tells how it was read, and lists the lines that could not be, beside what was compared', async () => {
    const { payment: paid } = await till.paid('mixx')
    const { year } = days()
    const when = new Date(till.clock.now() + 3 * hourMs).toISOString().slice(0, 19).replace('T', ' ')
    const text = file(
      row(paid.receiptCode ?? '', when),
      row('5.11E+13', when),
      row('X000000002', `30/02/${String(year).slice(2)}`),
      row('X000000003', when, '123,00;;;Reversed'),
      row('X000000004', when, ';500,00;;Completed'),
      'Total;;623,00',
    )
    const whole = await upload(text)
    expect(whole).toMatchObject({ matched: 1, matchedMinor: 12_300, open: 0 })
    expect(whole.reading).toEqual({
      separator: 'semicolon',
      dates: 'dayFirst',
      decimals: 'comma',
      lines: 2,
      passed: 1,
      unread: [
        { line: 3, why: 'codeSpoiled' },
        { line: 4, why: 'date' },
      ],
      unreadCount: 2,
    })
    await till.restart()
    expect((await till.client.reconciliations.list({})).rows).toHaveLength(1)
    expect((await till.client.reconciliations.get({ id: whole.id })).reading).toEqual(whole.reading)
  })

  it('is not compared in silence where it can be read in two ways', async () => {
    const { day, other, year } = days()
    const text = file(row('X000000001', `${day}/${other}/${year}`))
    expect(await refusalOf(upload(text))).toBe('STATEMENT_DOUBTFUL')
    expect((await till.client.reconciliations.list({})).rows).toEqual([])
    const asDay = await upload(text, { dates: 'dayFirst' })
    const asMonth = await upload(text, { dates: 'monthFirst' })
    expect(
      [asDay.from, asMonth.from].map((at) => new Date(at + 3 * hourMs).toISOString().slice(0, 10)),
    ).toEqual([`${year}-02-01`, `${year}-01-02`])
  })

  it('says in both languages what it lacks, in no parser’s words', async () => {
    for (const text of ['"open', 'a,b\n1,2', 'PK\u0003\u0004xyz', file(), file(row('X1', 'never'))]) {
      const refusal = await upload(text).catch((error: unknown) => error)
      const { data } = z
        .object({ data: z.object({ values: z.looseObject({ misfit: z.string() }) }) })
        .parse(refusal)
      expect(Object.keys(misfits)).toContain(data.values.misfit)
    }
  })

  it('breaks no list: a row that does not fit hides no other', async () => {
    await till.paid('mixx')
    const { year } = days()
    const good = await upload(file(row('X000000001', `13/01/${year}`)))
    const bad = await upload(file(row('X000000002', `14/01/${year}`)))
    const outside = new Engine(join(till.folder, 'live', 'kaunta.db'))
    outside
      .prepare('UPDATE reconciliation SET from_at = -61000000000000, reading = ? WHERE id = ?')
      .run('torn', bad.id)
    outside.close()
    await till.restart()
    const { rows } = await till.client.reconciliations.list({})
    expect(rows.map(({ id }) => id)).toEqual([good.id])
  })
})

describe('asking about each payment', () => {
  it('bears out what is paid and heals what was not known', async () => {
    const { sale } = await till.paid('vodacom')
    await till.client.sales.finish({ id: sale.id })
    till.world.setLine(false)
    const { id, truth } = await unknown('vodacom')
    till.world.answer(truth, 'paid')
    till.world.setLine(true)
    const comparing = run('vodacom')
    await till.clock.advance(1_000)
    expect(await comparing).toMatchObject({ source: 'query', matched: 2, matchedMinor: 24_600, open: 0 })
    expect(await payment(id)).toMatchObject({ state: 'completed', proof: 'query' })
  })

  it('tells of money that the network does not know, knows otherwise, or cannot say', async () => {
    const { payment: paid } = await till.paid('vodacom')
    const kinds: string[] = []
    const answers: NonNullable<typeof answer>[] = [
      Promise.resolve(accepted({ state: 'notFound', detail: 'no such transaction' })),
      Promise.resolve(accepted({ state: 'failed', reason: 'wrongPin', detail: 'no' })),
      Promise.resolve(accepted({ state: 'completed', receiptCode: null, amountMinor: 1_000 })),
      Promise.resolve(accepted({ state: 'unknown', detail: 'later' })),
    ]
    for (const said of answers) {
      answer = said
      const comparing = run('vodacom')
      await till.clock.advance(1_000)
      const { items, matched } = await comparing
      expect(matched).toBe(0)
      kinds.push(...items.map(({ kind }) => kind))
    }
    expect(kinds).toEqual(['missingThere', 'missingThere', 'differentAmount', 'unanswered'])
    expect((await payment(paid.id)).state).toBe('completed')
  })

  it('runs once at a time for an account', async () => {
    await till.paid('vodacom')
    const comparing = run('vodacom')
    await till.clock.advance(0)
    const second = run('vodacom')
    const refusal = refusalOf(second)
    await till.clock.advance(2_000)
    await comparing
    expect([null, 'RECONCILIATION_RUNNING']).toContain(await refusal)
    const third = run('vodacom')
    await till.clock.advance(1_000)
    expect((await third).matched).toBe(1)
  })
})

describe('a difference', () => {
  async function oneItem(code = 'X999999999', phone = '0799999999') {
    await till.paid('mixx')
    const whole = await imported('mixx', csv({ code, phone, at: till.clock.now() - hourMs }), {
      ...stretch(),
      to: till.clock.now(),
    })
    const [item] = whole.items
    if (item === undefined) throw new Error('nothing differs')
    return { id: whole.id, item }
  }

  it('is settled with a note and a name, once', async () => {
    const { item } = await oneItem()
    const settle = (note: string) => till.client.reconciliations.resolveDifference({ itemId: item.id, note })
    expect(await settle('rent of the neighbour')).toMatchObject({ open: 0, settled: 1 })
    const again = await settle('another story')
    expect(again.items[0]).toMatchObject({ note: 'rent of the neighbour', settledByName: 'Meneja' })
    expect(
      await refusalOf(till.client.reconciliations.resolveDifference({ itemId: 4711, note: 'none' })),
    ).toBe('RECONCILIATION_NOT_FOUND')
  })

  it('is exported for a spreadsheet that runs nothing of it', async () => {
    const { id, item } = await oneItem('=HYPERLINK(1)')
    await till.client.reconciliations.resolveDifference({ itemId: item.id, note: '+cmd|calc' })
    const { fileName, csv: text } = await till.client.reconciliations.export({ id })
    expect(fileName).toMatch(/^kaunta-\d{4}-\d\d-\d\d\.csv$/)
    const [head, row] = text.split('\r\n')
    expect(head).toBe('difference,at,code,phone,here,there,currency,state,note,settled by')
    const cells = row?.split(',') ?? []
    expect(cells[2]).toBe("'=HYPERLINK(1)")
    expect(cells[8]).toBe("'+cmd|calc")
    expect(cells.slice(4, 7)).toEqual(['', '123.00', 'KES'])
    expect(cells.some((cell) => /^[=+@]/.test(cell))).toBe(false)
  })

  it('is one file whatever a note holds, with phones as the other side writes them', async () => {
    const { id, item } = await oneItem('S2P7TFBKDG', '254712345678')
    await till.client.reconciliations.resolveDifference({ itemId: item.id, note: 'first line\nsecond line' })
    const { csv: text } = await till.client.reconciliations.export({ id })
    const [, row] = z.array(z.array(z.string())).parse(parse(text))
    expect([row?.[3], row?.[8]]).toEqual(['254712345678', 'first line\nsecond line'])
  })
})

describe('the day’s end', () => {
  it('compares yesterday by itself, once for each account that can be asked, whoever is at the counter', async () => {
    await till.paid('vodacom')
    await till.clock.advance(3 * dayMs)
    await till.client.staff.signIn({ pin: managerPin })
    const { rows } = await till.client.reconciliations.list({ limit: 200 })
    const account = till.account('vodacom').id
    const own = rows.filter(({ accountId }) => accountId === account)
    expect(new Set(rows.map(({ accountId }) => accountId)).size).toBe(3)
    expect(own.length).toBeGreaterThanOrEqual(2)
    expect(new Set(own.map(({ from }) => from)).size).toBe(own.length)
    for (const { from, to, staffName } of own) expect([to - from, staffName]).toEqual([dayMs, null])
    expect(own.reduce((sum, { matched }) => sum + matched, 0)).toBe(1)
  })

  it('is made up for after the machine was off for days, without a gap, and not repeated after a restart', async () => {
    await till.clock.advance(2 * dayMs)
    // Off from here to three days later: only the wall clock knows.
    till.clock.jumpWall(3 * dayMs)
    await till.restart()
    await till.clock.advance(2 * hourMs)
    await till.restart()
    await till.clock.advance(2 * hourMs)
    const { rows } = await till.client.reconciliations.list({ limit: 200 })
    const own = rows
      .filter(({ accountId }) => accountId === till.account('vodacom').id)
      .toSorted((a, b) => a.from - b.from)
    expect(own.length).toBeGreaterThanOrEqual(2)
    expect(own.slice(1).map(({ from }) => from)).toEqual(own.slice(0, -1).map(({ to }) => to))
    expect(own.at(-1)?.to).toBeGreaterThan(till.clock.now() - dayMs)
  })

  it('goes on after a day on which the clock stood a year ahead', async () => {
    await till.clock.advance(2 * dayMs)
    till.clock.jumpWall(365 * dayMs)
    await till.clock.advance(2 * hourMs)
    till.clock.jumpWall(-365 * dayMs)
    await till.clock.advance(3 * dayMs)
    await till.client.staff.signIn({ pin: managerPin })
    const { rows } = await till.client.reconciliations.list({ limit: 200 })
    const past = rows.filter(({ to }) => to <= till.clock.now()).map(({ to }) => to)
    expect(Math.max(...past)).toBeGreaterThan(till.clock.now() - 2 * dayMs)
  })
})
