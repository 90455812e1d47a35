import { createRouterClient } from '@orpc/server'
import { describe, expect, it } from 'vitest'
import { contract } from '../../src-preload/contract/index.ts'
import { rightsSchema } from '../../src-preload/contract/rights.ts'
import { refusalOf } from '../../test/fixtures/payment-walk.ts'
import { proceduresIn } from '../../test/fixtures/procedures.ts'
import { managerPin, openTill } from '../../test/fixtures/till.ts'
import { guardCall } from './errors.ts'

/** Whom each procedure needs, by hand, in each room: a new one, or a changed right, is written there too by whoever thought about it. */
const goldens = import.meta.glob<string>('../*/rights.txt', { query: '?raw', import: 'default', eager: true })
const rows = Object.values(goldens).flatMap((golden) => golden.trim().split('\n'))
const needing = (role: string) =>
  rows.flatMap((row) => {
    const [name = '', needs = ''] = row.split(' ')
    return needs.split(':')[0] === role ? [name] : []
  })

/** The same lines, read from the contract itself. */
const rights = proceduresIn(contract).map(({ name, procedure }) => {
  const needs = rightsSchema.parse(procedure['~orpc'].meta)
  const scope = needs.role === 'integration' ? `:${needs.scope ?? 'any'}` : ''
  return `${name} ${needs.role}${scope} ${needs.passive ? 'passive' : 'acts'}`
})

/** Calls by name and without input: whoever may not is refused before the input is read. */
async function call(client: unknown, name: string): Promise<unknown> {
  let found: unknown = client
  for (const part of name.split('.')) found = Reflect.get(Object(found), part)
  if (typeof found !== 'function') throw new Error(`no call ${name}`)
  const answer: unknown = Reflect.apply(found, undefined, [])
  return answer
}

it('each procedure says whom it needs, and it is what was thought of', () => {
  expect(rights.toSorted()).toEqual(rows.toSorted())
})

/** What each of these calls is refused with. */
async function refusals(client: unknown, names: readonly string[]): Promise<Set<string | null>> {
  const usual = ['NOT_SIGNED_IN', 'MANAGER_ONLY', 'API_KEY_WRONG', 'API_KEY_SCOPE']
  const found = new Set<string | null>()
  for (const name of names) {
    const refusal = await refusalOf(call(client, name))
    found.add(refusal !== null && usual.includes(refusal) ? refusal : `${name}: ${refusal}`)
  }
  return found
}

describe('the whole program', () => {
  it('refuses every call but the open ones while nobody is at the counter', async () => {
    const { client } = await openTill()
    await client.staff.lock()
    const names = [...needing('cashier'), ...needing('manager')]
    expect(names.length).toBeGreaterThan(50)
    expect(await refusals(client, names)).toEqual(new Set(['NOT_SIGNED_IN']))
    expect((await client.staff.desk()).staff).toBeNull()
    expect((await client.live.status()).mode).toBe('live')
  })

  it('refuses a cashier what is a manager’s', async () => {
    const till = await openTill()
    await till.cashier()
    expect(await refusals(till.client, needing('manager'))).toEqual(new Set(['MANAGER_ONLY']))
    expect((await till.client.sales.current()).state).toBe('draft')
    await till.client.staff.signIn({ pin: managerPin })
    expect((await till.client.staff.list()).map(({ name }) => name)).toContain('Juma')
  })

  it('refuses a screen what is an integrator’s, and a key what its scope or its door does not hold', async () => {
    const { client, companion } = await openTill()
    expect(await refusals(client, needing('integration'))).toEqual(new Set(['API_KEY_WRONG']))
    const key = createRouterClient(companion.router, {
      context: companion.context({ kind: 'apiKey', id: 'pos', scopes: [] }),
      interceptors: [guardCall],
    })
    expect(await refusals(key, needing('integration'))).toEqual(new Set(['API_KEY_SCOPE']))
    const screens = ['cashier', 'manager', 'open', 'practice'].flatMap(needing)
    expect(await refusals(key, screens)).toEqual(new Set(['API_KEY_WRONG']))
  })
})
