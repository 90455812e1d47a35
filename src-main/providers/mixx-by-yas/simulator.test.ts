import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createStand, realRandom, type Stand } from '../conformance/stand.ts'

const provider = 'mixx-by-yas'

let stand: Stand
beforeAll(async () => {
  stand = await createStand(provider, { autoAnswer: 'pay' })
})
afterAll(() => stand.close())

type Fields = Readonly<Record<string, unknown>>

async function post(path: string, headers: Record<string, string>, body: string) {
  const reply = await fetch(`${stand.account().baseUrl}${path}`, { method: 'POST', headers, body })
  return { status: reply.status, text: await reply.text() }
}

const form = { 'content-type': 'application/x-www-form-urlencoded', 'cache-control': 'no-cache' }
const rightForm = 'username=PRACTICE&password=practice-password-of-the-biller&grant_type=password'

async function token(): Promise<string> {
  const { status, text } = await post('/PRACTICE2DM-GetToken', form, rightForm)
  expect(status).toBe(200)
  return /"access_token":"([A-Z0-9]{40})","token_type":"bearer","expires_in":3600/.exec(text)?.[1] ?? ''
}

async function headers(): Promise<Record<string, string>> {
  return {
    authorization: `bearer ${await token()}`,
    username: 'PRACTICE',
    password: 'practice-password-of-the-biller',
    'content-type': 'application/json',
    'cache-control': 'no-cache',
  }
}

function push(change: Fields = {}): string {
  return JSON.stringify({
    CustomerMSISDN: '255754001001',
    BillerMSISDN: '255655000000',
    Amount: 1_500,
    Remarks: 'Risiti',
    ReferenceID: `KNT${realRandom.id().slice(-12)}`,
    ...change,
  })
}

describe('the token', () => {
  it.each([
    ['a wrong password', form, rightForm.replace('biller', 'thief'), 400, 'invalid_grant'],
    [
      'another grant',
      form,
      rightForm.replace('=password', '=client_credentials'),
      400,
      'unsupported_grant_type',
    ],
    ['JSON in place of a form', { 'content-type': 'application/json' }, '{}', 400, 'invalid_request'],
    ['no Cache-Control', { 'content-type': form['content-type'] }, rightForm, 400, 'invalid_request'],
  ])('is not given for %s', async (_name, given, body, status, words) => {
    const reply = await post('/PRACTICE2DM-GetToken', given, body)
    expect(reply).toMatchObject({ status, text: expect.stringContaining(words) })
  })
})

describe('a push', () => {
  it('is accepted with the published fields', async () => {
    const { status, text } = await post(
      '/PRACTICE2DM-PushBillpay',
      await headers(),
      push({ ReferenceID: 'KNT7' }),
    )
    expect(status).toBe(200)
    expect(JSON.parse(text)).toEqual({
      ResponseCode: 'BILLER-18-0000-S',
      ResponseStatus: true,
      ResponseDescription: 'Valid request',
      ReferenceID: 'KNT7',
    })
  })

  it.each([
    ['an amount as text', { Amount: '1500' }, 'invalid_request'],
    ['an amount with cents', { Amount: 15.5 }, 'invalid_request'],
    ['a field too many', { Currency: 'TZS' }, 'invalid_request'],
    ['an amount of 0', { Amount: 0 }, 'BILLER-18-3019-E'],
    ['no customer', { CustomerMSISDN: '' }, 'DebitMandate-10-2002-E'],
    ['a customer without his country', { CustomerMSISDN: '0754001001' }, 'DebitMandate-10-2004-V'],
    ['no biller', { BillerMSISDN: '' }, 'DebitMandate-10-2038-V'],
    ['another biller', { BillerMSISDN: '255655000009' }, 'BILLER-18-3040-E'],
    ['a reference without the biller’s code', { ReferenceID: 'ABC123' }, 'DebitMandate-10-2020-V'],
    ['a reference of 31 characters', { ReferenceID: `KNT${'1'.repeat(28)}` }, 'DebitMandate-10-2020-V'],
  ])('with %s is refused', async (_name, change, code) => {
    const prompts = () => stand.host.ledger().filter((entry) => entry.kind === 'prompt')
    const before = prompts().length
    const { text } = await post('/PRACTICE2DM-PushBillpay', await headers(), push(change))
    expect(text).toContain(code)
    expect(text).not.toContain('"ResponseStatus":true')
    expect(prompts()).toHaveLength(before)
  })

  it('wants token, user name and password together, and each reference once', async () => {
    const right = await headers()
    const { username: _user, ...noUser } = right
    const { password: _password, ...noPassword } = right
    const code = async (given: Record<string, string>, body = push()) =>
      (await post('/PRACTICE2DM-PushBillpay', given, body)).text
    expect(await code(noUser)).toContain('2001-E')
    expect(await code(noPassword)).toContain('2003-E')
    expect(await code({ ...right, password: 'wrong' })).toContain('3000-E')
    expect(
      (await post('/PRACTICE2DM-PushBillpay', { ...right, authorization: 'bearer x' }, push())).status,
    ).toBe(401)
    expect(
      (await post('/PRACTICE2DM-PushBillpay', { ...right, 'cache-control': 'max-age=0' }, push())).status,
    ).toBe(400)
    const twice = push()
    expect(await code(right, twice)).toContain('BILLER-18-0000-S')
    expect(await code(right, twice)).toContain('DebitMandate-10-2020-V')
  })
})

describe('a payout', () => {
  const command = (change: Readonly<Record<string, string>> = {}) => {
    const fields = {
      TYPE: 'REQMFCI',
      REFERENCEID: `KNT${realRandom.id().slice(-12)}`,
      MSISDN: '255655000002',
      PIN: '81504711',
      MSISDN1: '255754001001',
      AMOUNT: '500',
      SENDERNAME: 'Duka',
      LANGUAGE1: 'EN',
      BRAND_ID: '2341',
      ...change,
    }
    const inner = Object.entries(fields).map(([tag, text]) => `<${tag}>${text}</${tag}>`)
    return `<COMMAND>${inner.join('')}</COMMAND>`
  }
  const pay = (body: string, type = 'application/xml') =>
    post('/PRACTICE2Tigo', { 'content-type': type }, body)

  it('is done with the published tags', async () => {
    const { text } = await pay(command({ REFERENCEID: 'KNT8' }))
    expect(text.replaceAll(/\s/g, '')).toMatch(
      /<TYPE>REQMFCI<\/TYPE><REFERENCEID>KNT8<\/REFERENCEID><TXNID>BP\d{6}\.\d{4}\.B\d{5}<\/TXNID><TXNSTATUS>200<\/TXNSTATUS><MESSAGE>Success<\/MESSAGE>/,
    )
    expect((await pay(command({ REFERENCEID: 'KNT8' }))).text).toContain('<TXNSTATUS>100</TXNSTATUS>')
  })

  it.each([
    ['small tags', command().toLowerCase(), 400],
    ['a tag left open', command().replace('</PIN>', ''), 400],
    ['a missing tag', command().replace('<LANGUAGE1>EN</LANGUAGE1>', ''), 400],
    ['cents', command({ AMOUNT: '10.5' }), 400],
    ['a receiver without his country', command({ MSISDN1: '0754001001' }), 400],
  ])('with %s is refused', async (_name, body, status) => {
    const before = stand.host.ledger().length
    expect((await pay(body)).status).toBe(status)
    expect(stand.host.ledger()).toHaveLength(before)
  })

  it('wants XML, the right PIN, and money in the wallet', async () => {
    expect((await pay(command(), 'application/json')).status).toBe(415)
    expect((await pay(command({ PIN: '0000' }))).text).toContain('<TXNSTATUS>00026</TXNSTATUS>')
    expect((await pay(command({ AMOUNT: '9000000' }))).text).toContain('<TXNSTATUS>60019</TXNSTATUS>')
  })
})

it('knows no other address and no other verb', async () => {
  expect((await post('/PRACTICE2DM-Balance', {}, '')).status).toBe(404)
  expect((await fetch(`${stand.account().baseUrl}/PRACTICE2DM-PushBillpay`)).status).toBe(405)
})
