import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { manualClock } from '../../test/fixtures/manual-clock.ts'
import { refusalOf } from '../../test/fixtures/payment-walk.ts'
import { openShop, scriptedAccount, scriptedProvider } from '../../test/fixtures/shop.ts'
import { tempFolder } from '../../test/fixtures/temp-folder.ts'
import { nearAddress } from '../http/near.ts'
import { must } from '../providers/conformance/mobile-money-bench.ts'
import { refused as refusedBy } from '../providers/outcome.ts'
import { registry } from '../providers/registry.ts'
import { checkAddress, type World } from './address.ts'

const refused = (
  environment: 'live' | 'sandbox' | 'practice',
  baseUrl: string | null,
  world: World = environment === 'practice' ? 'practice' : 'live',
) => {
  try {
    checkAddress({ environment, baseUrl }, world)
    return false
  } catch {
    return true
  }
}

describe('where an account’s secrets may be sent', () => {
  it.each([
    'http://api.example.com',
    'https://user:pass@api.example.com',
    'https://user@api.example.com',
    'https://127.0.0.1:8443',
    'https://127.1',
    'https://2130706433',
    'https://localhost',
    'https://api.localhost',
    'https://169.254.169.254/latest',
    'https://[::1]',
    'https://[fe80::1]',
    'https://[::ffff:127.0.0.1]',
    'https://0.0.0.0',
    'https://10.1.2.3',
    'https://172.20.0.9',
    'https://192.168.1.1/api',
    'https://100.100.100.200',
    'https://0xc0a80101',
    'https://[fd00:ec2::254]',
    'https://[::ffff:192.168.1.1]',
    'https://[64:ff9b::10.0.0.1]',
    'https://router.lan',
    'https://metadata.google.internal',
    'https://till.local.',
  ])('live: not to %s', (address) => {
    expect(refused('live', address)).toBe(true)
    expect(refused('sandbox', address)).toBe(true)
  })

  it('live by https to another machine; practice to this one only', () => {
    expect(refused('live', 'https://api.example.com/v1')).toBe(false)
    expect(refused('live', null)).toBe(false)
    expect(refused('practice', 'http://127.0.0.1:4711/africas-talking')).toBe(false)
    expect(refused('practice', 'https://api.example.com')).toBe(true)
    // The provider's own address, which practice must never reach.
    expect(refused('practice', null)).toBe(true)
    expect(refused('live', 'https://api.example.com', 'practice')).toBe(true)
    expect(refused('sandbox', null, 'practice')).toBe(true)
    expect(refused('live', 'https://172.32.0.1')).toBe(false)
    expect(refused('live', 'https://[2001:db8::1]')).toBe(false)
    expect(refused('live', 'http://127.0.0.1:1', 'standIn')).toBe(false)
    expect(refused('live', 'http://api.example.com', 'standIn')).toBe(true)
  })
})

it('is judged again at each connection: a row may be older than the rule', async () => {
  const folder = tempFolder()
  const provider = scriptedProvider({})
  const first = await openShop(folder, manualClock(), provider)
  const { id } = await first.client.accounts.save({ ...scriptedAccount, provider: provider.id })
  expect((await first.client.accounts.test({ id })).ok).toBe(true)
  await first.companion.close()
  const file = new Database(join(folder, 'live', 'kaunta.db'))
  file.prepare(`UPDATE account SET environment = 'practice'`).run()
  file.close()
  const { client, companion } = await openShop(folder, manualClock(), provider)
  expect(await refusalOf(client.accounts.test({ id }))).toBe('ACCOUNT_ADDRESS_REFUSED')
  await companion.close()
})

describe('a changed address', () => {
  it('wants the secrets typed again: those that are stored are never sent there', async () => {
    const provider = { ...scriptedProvider({}), secrets: z.object({ key: z.string() }) }
    const { client, companion } = await openShop(tempFolder(), manualClock(), provider)
    const first = { ...scriptedAccount, provider: provider.id, secrets: { key: 'one' } }
    const { id } = await client.accounts.save(first)
    const moved = { ...first, id, baseUrl: 'https://elsewhere.example', secrets: {} }
    expect(await refusalOf(client.accounts.save(moved))).toBe('ACCOUNT_SECRETS_AGAIN')
    expect(await refusalOf(client.accounts.save({ ...first, id, environment: 'sandbox', secrets: {} }))).toBe(
      'ACCOUNT_SECRETS_AGAIN',
    )
    expect((await client.accounts.list())[0]?.baseUrl).toBeNull()
    expect((await client.accounts.save({ ...moved, secrets: { key: 'two' } })).baseUrl).toBe(moved.baseUrl)
    expect((await client.accounts.save({ ...moved, label: 'Other' })).label).toBe('Other')
    await companion.close()
  })
})

const fits = (schema: z.core.$ZodType, value: string) => z.safeParse(schema, value).success

describe('a setting that is an address', () => {
  const green = must(registry.find(({ declaration }) => declaration.id === 'green-api')).declaration
  const first = {
    ...scriptedAccount,
    provider: green.id,
    settings: { idInstance: '1101000001' },
    secrets: { apiTokenInstance: 'a-token-of-length' },
  }

  it('is guarded as the account’s own: https to the internet, and no stored secret is sent to a new one', async () => {
    const { client, companion } = await openShop(tempFolder(), manualClock(), green)
    const with_ = (mediaUrl: string) => ({ ...first, settings: { ...first.settings, mediaUrl } })
    for (const address of ['http://media.example', 'https://192.168.1.9', 'https://me:it@media.example'])
      expect(await refusalOf(client.accounts.save(with_(address)))).toBe('ACCOUNT_ADDRESS_REFUSED')
    const { id } = await client.accounts.save(first)
    const moved = { ...with_('https://files.elsewhere.example'), id }
    expect(await refusalOf(client.accounts.save({ ...moved, secrets: {} }))).toBe('ACCOUNT_SECRETS_AGAIN')
    await client.accounts.save(moved)
    expect(await refusalOf(client.accounts.save({ ...first, id, secrets: {} }))).toBe('ACCOUNT_SECRETS_AGAIN')
    expect((await client.accounts.save({ ...moved, label: 'Other', secrets: {} })).label).toBe('Other')
    await companion.close()
  })

  it('also where a whole address may stand in place of a path: the PIN of Mixx goes there', async () => {
    const { declaration: mixx } = must(registry.find(({ declaration }) => declaration.id === 'mixx-by-yas'))
    const { client, companion } = await openShop(tempFolder(), manualClock(), mixx)
    const paths = { username: 'duka', billerMsisdn: '255655000000', billerCode: 'TCR', tokenPath: '/token' }
    const to = (pushPath: string) => ({
      ...scriptedAccount,
      provider: mixx.id,
      settings: { ...paths, pushPath },
      secrets: { password: 'secret' },
    })
    const { id } = await client.accounts.save(to('/push'))
    const again = (pushPath: string) => client.accounts.save({ ...to(pushPath), id, secrets: {} })
    expect((await again('/other')).id).toBe(id)
    expect(await refusalOf(again('http://gateway.example/push'))).toBe('ACCOUNT_ADDRESS_REFUSED')
    expect(await refusalOf(again('https://gateway.example/push'))).toBe('ACCOUNT_SECRETS_AGAIN')
    await companion.close()
  })

  it('is declared so by every provider, save where only the customer’s network is told of it', () => {
    const addresses = registry.flatMap(({ declaration: { id, settings, fields } }) =>
      Object.entries(settings.shape)
        .filter(([, schema]) => fits(schema, 'https://elsewhere.example') && !fits(schema, 'some words'))
        .map(([name]) => [id, name, fields[name]?.takesSecrets === true]),
    )
    expect(addresses).toEqual([
      ['airtel-money', 'host', true],
      ['green-api', 'mediaUrl', true],
      ['mixx-by-yas', 'tokenPath', true],
      ['mixx-by-yas', 'pushPath', true],
      ['mixx-by-yas', 'reversePath', true],
      ['mixx-by-yas', 'payOutPath', true],
      ['mpesa-kenya', 'callbackAddress', false],
      ['mpesa-tanzania', 'origin', false],
    ])
  })
})

it('a name that stands for the shop’s own network is refused in words when the account is tried', async () => {
  const provider = scriptedProvider(
    {},
    { connect: () => ({ test: () => Promise.resolve(refusedBy('offline', 'offline', nearAddress)) }) },
  )
  const { client, companion } = await openShop(tempFolder(), manualClock(), provider)
  const { id } = await client.accounts.save({ ...scriptedAccount, baseUrl: 'https://api.example.com' })
  expect((await client.accounts.test({ id })).sentence.en).toMatch(/^Secrets are not sent to this address/)
  await companion.close()
})
