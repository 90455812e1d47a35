import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import Engine from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { guardCall } from '../../src-main/api/errors.ts'
import { contract } from '../../src-preload/contract/index.ts'
import { problems } from '../../src-preload/contract/problems.ts'
import { manualClock } from '../fixtures/manual-clock.ts'
import { createNetwork } from '../fixtures/network.ts'
import { type NamedProcedure, proceduresIn } from '../fixtures/procedures.ts'
import { openShop, scriptedAccount, scriptedProvider } from '../fixtures/shop.ts'
import { tempFolder } from '../fixtures/temp-folder.ts'

/** S4: every channel that crosses the process border, found by walking the contract itself. */
const all = proceduresIn(contract)

/** What is wrong with a channel, or null. */
function fault({ name, procedure }: NamedProcedure): string | null {
  const { inputSchema, outputSchema } = procedure['~orpc']
  if (outputSchema === undefined) return `${name} has no schema for what it answers`
  if (inputSchema !== undefined && !('~standard' in inputSchema)) return `${name} takes what nobody checks`
  return null
}

describe('the contract', () => {
  it('has a schema on every channel, out and, where it takes anything, in', () => {
    expect(all.length).toBeGreaterThan(50)
    expect(all.map(fault).filter((words) => words !== null)).toEqual([])
  })

  it('has teeth: a channel without a schema is found', () => {
    const [first] = all
    if (first === undefined) throw new Error('there are no channels')
    const bare = Object.create(first.procedure, {
      '~orpc': { value: { ...first.procedure['~orpc'], outputSchema: undefined } },
    })
    expect(fault({ name: 'bare', procedure: bare })).toBe('bare has no schema for what it answers')
  })

  it('answers 100,000 payloads of rubbish with a refusal from the catalogue and no effect', async () => {
    const provider = scriptedProvider({ mobileMoney: createNetwork().money })
    const faults: unknown[] = []
    const log = {
      info: () => {},
      warn: () => {},
      error: (event: string, fields: unknown) => void faults.push([event, fields]),
    }
    const folder = tempFolder()
    const { companion, client } = await openShop(folder, manualClock(), provider, log)
    await client.accounts.save(scriptedAccount)
    const callable = createRouterClient(companion.router, {
      context: companion.screen().context,
      interceptors: [guardCall],
    })
    // A stream answers at once and would stay open; what it yields has its own schema. A search that fits goes to the
    // ports of the machine, and waits there on a clock that this test does not move.
    const targets = all.filter(
      ({ name, procedure }) =>
        !name.endsWith('.watch') &&
        !['integration.watchPayment', 'printers.find'].includes(name) &&
        procedure['~orpc'].inputSchema !== undefined,
    )
    const tried = new Map<string, number>()
    const payload = fc.oneof(
      {
        weight: 3,
        arbitrary: fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, maxDepth: 3 }),
      },
      {
        weight: 2,
        arbitrary: fc.record(
          { id: fc.anything(), saleId: fc.anything(), text: fc.anything(), limit: fc.anything() },
          { requiredKeys: [] },
        ),
      },
      {
        weight: 1,
        arbitrary: fc.jsonValue().map((value) => JSON.parse(`{"__proto__": ${JSON.stringify(value)}}`)),
      },
    )
    const rubbish = fc.sample(payload, { numRuns: 100_000, seed: 42 })
    // Moves on with every commit that another connection makes.
    const witness = new Engine(join(folder, 'live', 'kaunta.db'), { readonly: true })
    const commits = () => witness.pragma('data_version', { simple: true })
    let refused = 0
    for (const [index, input] of rubbish.entries()) {
      const target = targets[index % targets.length]
      if (target === undefined) throw new Error('there are no channels')
      tried.set(target.name, (tried.get(target.name) ?? 0) + 1)
      const before = commits()
      const code = await call(callable, target.name, input)
      if (code === null) continue
      refused += 1
      expect(Object.keys(problems), target.name).toContain(code)
      expect(code, `${target.name} ${JSON.stringify(faults.at(-1))}`).not.toBe('INTERNAL')
      expect(commits(), target.name).toBe(before)
    }
    witness.close()
    await companion.close()
    expect(Math.min(...tried.values())).toBeGreaterThan(1000)
    expect(refused).toBeGreaterThan(50_000)
    expect(faults).toEqual([])
  }, 600_000)
})

/** The code of the refusal, or null when the rubbish happened to fit. */
async function call(client: object, name: string, input: unknown): Promise<string | null> {
  let target: unknown = client
  for (const part of name.split('.')) target = Reflect.get(Object(target), part)
  if (typeof target !== 'function') throw new Error(`${name} cannot be called`)
  try {
    await Reflect.apply(target, undefined, [input])
    return null
  } catch (error) {
    return String(Reflect.get(Object(error), 'code'))
  }
}
