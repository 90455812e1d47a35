import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { manualClock } from '../../test/fixtures/manual-clock.ts'
import { refusalOf } from '../../test/fixtures/payment-walk.ts'
import { openShop, scriptedAccount, scriptedProvider } from '../../test/fixtures/shop.ts'
import { tempFolder } from '../../test/fixtures/temp-folder.ts'
import { checkAddress } from './address.ts'

const refused = (environment: 'live' | 'sandbox' | 'practice', baseUrl: string | null, loopback = false) => {
  try {
    checkAddress({ environment, baseUrl }, loopback)
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
  ])('live: not to %s', (address) => {
    expect(refused('live', address)).toBe(true)
    expect(refused('sandbox', address)).toBe(true)
  })

  it('live by https to another machine; practice to this one only', () => {
    expect(refused('live', 'https://api.example.com/v1')).toBe(false)
    expect(refused('live', null)).toBe(false)
    expect(refused('practice', 'http://127.0.0.1:4711/africas-talking')).toBe(false)
    expect(refused('practice', 'https://api.example.com')).toBe(true)
    expect(refused('live', 'http://127.0.0.1:1', true)).toBe(false)
    expect(refused('live', 'http://api.example.com', true)).toBe(true)
  })
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
