import { describe, expect, it } from 'vitest'
import { contract } from '../../src-preload/contract/index.ts'
import { refusalOf } from '../../test/fixtures/payment-walk.ts'
import { managerPin, openTill } from '../../test/fixtures/till.ts'
import { namedCalls, neededRole } from './roles.ts'

const calls = Object.entries(contract).flatMap(([room, procedures]) =>
  Object.keys(procedures).map((name) => `${room}.${name}`),
)
const needed = (name: string) => neededRole(name.split('.'))
const ownDoors = calls.filter((name) => /^(practice|integration)\./.test(name))
const openCalls = ['live.status', 'live.watch', 'settings.get', 'staff.desk', 'staff.lock', 'staff.signIn']

/** Calls by name and without input: whoever may not is refused before the input is read. */
async function call(client: unknown, name: string): Promise<unknown> {
  let found: unknown = client
  for (const part of name.split('.')) found = Reflect.get(Object(found), part)
  if (typeof found !== 'function') throw new Error(`no call ${name}`)
  const answer: unknown = Reflect.apply(found, undefined, [])
  return answer
}

describe('who may call what', () => {
  it('names only calls that there are', () => {
    expect(namedCalls().filter((name) => !calls.includes(name))).toEqual([])
  })

  it('leaves nothing open but the way in and what a locked screen shows', () => {
    expect(calls.filter((name) => needed(name) === null && !ownDoors.includes(name)).toSorted()).toEqual(
      openCalls,
    )
  })

  it('keeps settings, accounts, people and the comparison to managers', () => {
    const writing =
      /^(settings|accounts|apiKeys|templates|printers|reconciliations)\.(save|remove|create|revoke|run|settle|importStatement)$/
    const found = calls.filter((name) => writing.test(name))
    expect(found.length).toBeGreaterThan(8)
    expect(found.filter((name) => needed(name) !== 'manager')).toEqual([])
    expect([needed('staff.save'), needed('staff.list')]).toEqual(['manager', 'manager'])
  })
})

/** What each of these calls is refused with. */
async function refusals(client: unknown, names: readonly string[]): Promise<Set<string | null>> {
  const found = new Set<string | null>()
  for (const name of names) {
    const refusal = await refusalOf(call(client, name))
    found.add(refusal === 'NOT_SIGNED_IN' || refusal === 'MANAGER_ONLY' ? refusal : `${name}: ${refusal}`)
  }
  return found
}

describe('the whole program', () => {
  it('refuses every call but the open ones while nobody is at the counter', async () => {
    const { client } = await openTill()
    await client.staff.lock()
    const names = calls.filter((name) => needed(name) !== null)
    expect(names.length).toBeGreaterThan(50)
    expect(await refusals(client, names)).toEqual(new Set(['NOT_SIGNED_IN']))
    expect((await client.staff.desk()).staff).toBeNull()
    expect((await client.live.status()).mode).toBe('live')
  })

  it('refuses a cashier what is a manager’s', async () => {
    const till = await openTill()
    await till.cashier()
    const names = calls.filter((name) => needed(name) === 'manager')
    expect(await refusals(till.client, names)).toEqual(new Set(['MANAGER_ONLY']))
    expect((await till.client.sales.current()).state).toBe('draft')
    await till.client.staff.signIn({ pin: managerPin })
    expect((await till.client.staff.list()).map(({ name }) => name)).toContain('Juma')
  })
})
