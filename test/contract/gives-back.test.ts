import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import Engine from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { guardCall } from '../../src-main/api/errors.ts'
import { contract } from '../../src-preload/contract/index.ts'
import { refusalOf } from '../fixtures/payment-walk.ts'
import { printerInput } from '../fixtures/printer.ts'
import { proceduresIn } from '../fixtures/procedures.ts'
import { customerPhone, managerPin, openTill, type Till } from '../fixtures/till.ts'
import { inputOf, type Known } from './arbitrary.ts'

/** `npm test` makes so many calls; the long profile many more. */
const calls = Number(process.env.KAUNTA_CONTRACT_CALLS ?? 1_500)
const seed = Number(process.env.KAUNTA_PROPERTY_SEED ?? 20_261_130)

/** Who is at the counter, the outside world and streams are tried elsewhere. */
const elsewhere =
  /^(?:staff\.(?:lock|signIn|save)|practice\.|pairing\.|printers\.find|.*\.watch)|watchPayment/
const all = proceduresIn(contract)
  .filter(({ name }) => !elsewhere.test(name))
  .map(({ name, procedure }) => {
    const { inputSchema, meta } = procedure['~orpc']
    const { passive } = z.looseObject({ passive: z.boolean() }).parse(meta)
    return { name, input: inputSchema instanceof z.ZodType ? inputSchema : null, passive }
  })
/** What a page or an integrator reads without naming anything. */
const reads = all.filter(({ passive, input }) => passive && (input === null || input.safeParse({}).success))

function shopOf(till: Till) {
  const screen = till.companion.screen().context
  const key = till.companion.context({
    kind: 'apiKey',
    id: till.companion.settings.createApiKey('property', ['sales', 'messages', 'payments', 'outbox']).id,
    scopes: ['sales', 'messages', 'payments', 'outbox'],
  })
  const clientFor = (context: typeof screen) =>
    createRouterClient(till.companion.router, { context, interceptors: [guardCall] })
  const clients = { screen: clientFor(screen), key: clientFor(key) }
  return async (name: string, input: unknown): Promise<unknown> => {
    let target: unknown = name.startsWith('integration.') ? clients.key : clients.screen
    for (const part of name.split('.')) target = Reflect.get(Object(target), part)
    if (typeof target !== 'function') throw new Error(`${name} cannot be called`)
    const answer: unknown = await Reflect.apply(target, undefined, [input])
    return answer
  }
}

const codeOf = (error: unknown) => String(Reflect.get(Object(error), 'code'))

/** What ids there are, by what they are of: "sale" for sales.*, and for every field named saleId. */
class Ids {
  readonly #of = new Map<string, Set<string>>()

  /** Every id in an answer of this room, so that later calls name what there is. */
  note(kind: string, value: unknown): void {
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value)) {
      const of = key === 'id' ? kind : /^(.+)Id$/.exec(key)?.[1]
      if (typeof inner !== 'string' || of === undefined) this.note(kind, inner)
      else if (z.uuid().safeParse(inner).success) this.#of.set(of, (this.#of.get(of) ?? new Set()).add(inner))
    }
  }

  of(kind: string): string[] {
    return [...(this.#of.get(kind) ?? [])]
  }
}

const kindOf = (name: string) => (name.split('.')[0] ?? '').replace(/s$/, '').replace('cashUp', 'cash')

const phones = ['0712345678', customerPhone, '0754 123 456', '0733123456', '+256772123456', '12', '0800123']

const dayMs = 86_400_000

/** Lists of the network, some of whose lines no contract could give back. */
const statements = fc
  .array(
    fc.tuple(
      fc.constantFrom('S2P7TFBKDG', 'TKB5ZZZZZ1', '5.11E+13', '', '\u0000', 'X'.repeat(300)),
      fc.constantFrom(
        '30/11/26 08:19',
        '30/11/0026',
        '11/5/2026',
        '2026-11-05 08:19',
        '46000.5',
        '31/12/9999',
        'never',
      ),
      fc.constantFrom('3,200.00', '3.200', '3200,00', '1e400', '-5', '99999999999999', '9'.repeat(40)),
      fc.constantFrom('Completed', 'Completed - Reversed', 'Failed', '', 'x'),
    ),
    { maxLength: 4 },
  )
  .map((rows) =>
    ['Receipt No.;Completion Time;Paid In;Transaction Status', ...rows.map((row) => row.join(';'))].join(
      '\n',
    ),
  )

const statementFormat = {
  code: ['Receipt No.'],
  at: ['Completion Time'],
  paidIn: ['Paid In'],
  paidOut: ['Withdrawn'],
  phone: ['Other Party Info'],
  status: ['Transaction Status'],
  completed: ['completed'],
  dates: [],
  zone: 'Africa/Nairobi',
}

const always = new Map<string, fc.Arbitrary<unknown>>([
  ['host', fc.constant('127.0.0.1')],
  ['port', fc.constant(9)],
  ['idempotency-key', fc.uuid()],
  ['provider', fc.constantFrom('daraja', 'vodacom', 'airtel', 'mixx')],
])

/** What a list of a network may be handed over with. */
function ofStatement(name: string, ids: Ids, now: number): fc.Arbitrary<unknown> | null {
  if (name === 'text') return statements
  if (name === 'from') return fc.constantFrom(now - 30 * dayMs, 0)
  if (name === 'to') return fc.constantFrom(now + dayMs, now - dayMs)
  const accounts = name === 'accountId' ? ids.of('account') : []
  return accounts.length > 0 ? fc.constantFrom(...accounts) : null
}

/** Values that get somewhere: ids that exist, phones that are one or nearly, the manager's PIN. */
function knowing(ids: Ids, procedure: string, now: number): Known {
  return (name, format) => {
    const stated = procedure === 'reconciliations.importStatement' ? ofStatement(name, ids, now) : null
    if (stated !== null) return stated
    if (format === 'uuid') {
      const kind = /^(.+)Id$/.exec(name)?.[1] ?? kindOf(procedure)
      return fc.constantFrom(...ids.of(kind), ...ids.of('sale'), '00000000-0000-7000-8000-00000000dead')
    }
    if (/^(?:phone|to|customerPhone)$/i.test(name)) return fc.constantFrom(...phones)
    if (/pin$/i.test(name)) return fc.constant(managerPin)
    if (name === 'tender') return fc.constantFrom('cash', ...ids.of('account'))
    if (name === 'soldAt') return fc.constantFrom(now, now - dayMs, 0, now + 30 * dayMs)
    return always.get(name) ?? null
  }
}

/** Answers that say that Kaunta took something which it cannot give back. */
const ours = new Set(['INTERNAL', 'INTERNAL_SERVER_ERROR', 'ROW_DAMAGED', 'undefined'])

async function readAll(
  call: (name: string, input: unknown) => Promise<unknown>,
  after: string,
): Promise<void> {
  for (const { name, input } of reads) {
    const answer = await call(name, input === null ? undefined : {}).catch((error: unknown) => {
      if (ours.has(codeOf(error)))
        throw new Error(`${name} after ${after}: ${String(error)}`, { cause: error })
      return null
    })
    if (name === 'live.status') {
      expect(z.looseObject({ warnings: z.array(z.unknown()) }).parse(answer).warnings, after).toEqual([])
    }
  }
}

describe('what the contract takes', () => {
  it('comes back: every list and stream goes on after whatever its schemas let in', async () => {
    expect(reads.length).toBeGreaterThan(25)
    const till = await openTill({ change: (money) => ({ ...money, statement: statementFormat }) })
    const call = shopOf(till)
    const ids = new Ids()
    await till.client.printers.save({
      printer: printerInput({ host: '127.0.0.1', port: 9 }, { receipts: true }),
    })
    await till.paid('vodacom')
    await till.client.sales.finish({ id: (await till.client.sales.current()).id })
    for (const { name, input } of reads) {
      ids.note(kindOf(name), await call(name, input === null ? undefined : {}).catch(() => null))
    }
    const reached = new Map<string, number>()
    const acts = all.filter(({ passive, input }) => !passive && input !== null)
    const perProcedure = Math.ceil(calls / acts.length)
    const order = fc.sample(fc.shuffledSubarray(acts, { minLength: acts.length }), {
      numRuns: perProcedure,
      seed,
    })
    for (const [round, some] of order.entries()) {
      for (const { name, input } of some) {
        if (input === null) continue
        const given = inputOf(input, knowing(ids, name, till.clock.now()), seed + round)
        if (given === undefined) continue
        const words = `${name} ${JSON.stringify(given).slice(0, 1_000)}`
        const answer = await call(name, given).catch((error: unknown) => {
          if (ours.has(codeOf(error))) throw new Error(words, { cause: error })
          return null
        })
        await till.clock.advance(0)
        if (answer === null) continue
        reached.set(name, (reached.get(name) ?? 0) + 1)
        ids.note(kindOf(name), answer)
        if (round % 3 === 0) await readAll(call, words)
      }
      await call('staff.signIn', { pin: managerPin })
      await readAll(call, `round ${round}`)
    }
    // What nothing was ever taken by tells nothing.
    expect(reached.size).toBeGreaterThan(acts.length / 3)
    expect([...reached.keys()]).toEqual(
      expect.arrayContaining(['reconciliations.importStatement', 'integration.createSale']),
    )
  }, 600_000)
})

describe('a row that does not fit', () => {
  it('by an account that is not in the file hides no other, and stops no start', async () => {
    const till = await openTill()
    const { payment, sale } = await till.paid()
    await till.client.sales.finish({ id: sale.id })
    const { id: saleId } = await till.sale()
    const open = await till.raise(saleId)
    const outside = new Engine(join(till.folder, 'live', 'kaunta.db'))
    outside.pragma('foreign_keys = 0')
    const lost = outside.prepare(
      "UPDATE payment SET account_id = '00000000-0000-7000-8000-00000000dead' WHERE id = ?",
    )
    for (const { id } of [payment, open]) lost.run(id)
    outside.close()
    const shown = async () => (await till.client.payments.list({})).rows.map(({ id }) => id)
    expect(await shown()).toEqual([open.id, payment.id])
    await till.restart()
    await till.clock.advance(600_000)
    expect(await shown()).toEqual([open.id, payment.id])
    expect((await till.client.cashUps.open()).tenders).not.toEqual([])
    expect((await till.client.payments.attention()).unknown).toEqual([])
  })

  it('hides no other, is told under its mark, and comes to no screen', async () => {
    const till = await openTill()
    const ids: string[] = []
    for (const total of [1_000, 2_000, 3_000]) {
      const { id } = await till.sale(total)
      await till.client.sales.finish({ id })
      ids.push(id)
    }
    const [large = '', , torn = ''] = ids
    const outside = new Engine(join(till.folder, 'live', 'kaunta.db'))
    outside.prepare('UPDATE sale SET total_minor = 9007199254740993 WHERE id = ?').run(large)
    outside.prepare("UPDATE sale SET fiscal = 'torn' WHERE id = ?").run(torn)
    outside.close()
    const { rows, damaged } = await till.client.sales.list({ limit: 50 })
    expect([rows.map(({ totalMinor }) => totalMinor), damaged]).toEqual([[2_000], [large]])
    expect(await refusalOf(till.client.sales.get({ id: large }))).toBe('ROW_DAMAGED')
    expect((await till.client.search.everything({ text: '2' })).sales).toHaveLength(1)
    const { warnings } = await till.client.live.status()
    expect(warnings.map(({ en }) => en).join()).toMatch(/damaged .* mark /)
  })
})
