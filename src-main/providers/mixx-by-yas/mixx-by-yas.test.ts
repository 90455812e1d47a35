import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openServer, openShop } from '../conformance/sockets.ts'
import { createStand, realClock, realRandom, type Stand } from '../conformance/stand.ts'
import type { MobileMoney } from '../mobile-money.ts'
import type { PromptAnswer } from '../simulation.ts'
import { payOutRows, pushRows, reversalRows } from './codes.ts'
import { readCommand, writeCommand } from './command.ts'

const provider = 'mixx-by-yas'
const id = '0197a9d0-0000-7000-8000-000000000001'
const own = 'KNT03E6JH5M7GKOMZCC35OP6YCXT'

let stand: Stand
let shop: Awaited<ReturnType<typeof openShop>>
let customer: PromptAnswer = { kind: 'pin', pin: '1234' }
/** How the shop answers what comes in: as it should, nonsense, or that it does not take this money. */
let mood: 'right' | 'nonsense' | 'refusing' = 'right'
beforeAll(async () => {
  shop = await openShop((raw) => {
    const right = money().acknowledge(raw)
    if (mood === 'right') return right
    if (mood === 'nonsense') return { ...right, body: '{}' }
    return { ...right, body: right.body.replace('>TS<', '>TF<').replace('error000', 'error010') }
  })
  stand = await createStand(provider, { autoAnswer: () => customer, callbackBase: shop.url })
})
afterEach(async () => {
  customer = { kind: 'pin', pin: '1234' }
  mood = 'right'
  await stand.heal()
})
afterAll(async () => {
  await stand.close()
  await shop.close()
})

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('it is not there')
  return value
}

function money(change: Parameters<Stand['connect']>[0] = {}): MobileMoney {
  return must(stand.connect(change).mobileMoney)
}

function command(change: Partial<Parameters<MobileMoney['raisePrompt']>[0]> = {}) {
  return {
    reference: realRandom.id(),
    phone: '+255712345678',
    amountMinor: 150_000,
    currency: 'TZS' as const,
    account: 'R-1042/7',
    description: 'Risiti: leo',
    callbackUrl: 'https://kaunta.practice.example/hook/1',
    ...change,
  }
}

function transfer(phone = '+255712345678', amountMinor = 50_000) {
  return { ...command({ phone, amountMinor }), name: 'Asha Juma', note: 'Marejesho' }
}

function refund(change: object = {}) {
  return {
    ...transfer(),
    receiptCode: 'BP140218.1240.B01530',
    payment: { own: 'KNT1', provider: null },
    ...change,
  }
}

const tokenReply = '{"access_token":"dG9rZW4tb2YtdGhlLWV4YW1wbGU","token_type":"bearer","expires_in":3599}'

interface Seen {
  readonly line: string
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
}

/** Gives a token and then answers every other call with this. */
async function against<T>(
  status: number,
  body: string,
  run: (under: MobileMoney, seen: readonly Seen[]) => Promise<T>,
): Promise<T> {
  const seen: Seen[] = []
  const server = await openServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    request.on('end', () => {
      seen.push({ line: `${request.method} ${request.url}`, headers: request.headers, body: text })
      const isToken = request.url?.endsWith('GetToken') === true
      response.writeHead(isToken ? 200 : status)
      response.end(isToken ? tokenReply : body)
    })
  })
  const answer = await run(money({ baseUrl: server.url }), seen)
  await server.close()
  return answer
}

const raw = (body: string) => ({ method: 'POST', path: '/', headers: {}, body })

const lookup = `<?xml version="1.0" encoding="UTF-8"?>
<COMMAND>
<TYPE>SYNC_LOOKUP_REQUEST</TYPE>
<MSISDN>714405395</MSISDN>
<COMPANYNAME>12345</COMPANYNAME>
<CUSTOMERREFERENCEID>R77</CUSTOMERREFERENCEID>
</COMMAND>`

const billPay = `<?xml version="1.0"?>
<!DOCTYPE COMMAND PUBLIC "-//Ocam//DTD XML Command 1.0//EN" "xml/command.dtd">
<COMMAND>
<TYPE>SYNC_BILLPAY_REQUEST</TYPE>
<TXNID>BP140218.1240.B01530</TXNID>
<MSISDN>0714405395</MSISDN>
<AMOUNT>2500</AMOUNT>
<COMPANYNAME>12345</COMPANYNAME>
<CUSTOMERREFERENCEID>R77</CUSTOMERREFERENCEID>
<SENDERNAME>James &amp; Kaparata</SENDERNAME>
</COMMAND>`

describe('the wire, as the papers show it', () => {
  it('a form for the token, then a push with three keys and numbers as numbers', async () => {
    const accepted = `{"ResponseCode":"BILLER-18-0000-S","ResponseStatus":true,"ResponseDescription":"Valid request","ReferenceID":"${own}","Message":""}`
    await against(200, accepted, async (under, seen) => {
      expect(await under.raisePrompt(command({ reference: id }))).toEqual({
        ok: true,
        value: { providerReference: null },
      })
      expect(seen.map(({ line }) => line)).toEqual([
        'POST /PRACTICE2DM-GetToken',
        'POST /PRACTICE2DM-PushBillpay',
      ])
      expect(seen[0]).toMatchObject({
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'cache-control': 'no-cache' },
        body: 'username=PRACTICE&password=practice-password-of-the-biller&grant_type=password',
      })
      expect(seen[1]?.headers).toMatchObject({
        authorization: 'bearer dG9rZW4tb2YtdGhlLWV4YW1wbGU',
        username: 'PRACTICE',
        password: 'practice-password-of-the-biller',
        'content-type': 'application/json',
        'cache-control': 'no-cache',
      })
      expect(JSON.parse(seen[1]?.body ?? '')).toEqual({
        CustomerMSISDN: '255712345678',
        BillerMSISDN: '255655000000',
        Amount: 1500,
        Remarks: 'R 1042 7 Risiti  leo',
        ReferenceID: own,
      })
    })
  })

  it('the callback of a push: Amount is text, and the answer is the network’s own code', () => {
    const body = `{"Status":true,"Description":"Success","MFSTransactionID":"TWTSVBSVBSGFSYA","ReferenceID":"${own}","Amount":"10000"}`
    expect(money().readReport(raw(body))).toEqual({
      trust: 'unsigned',
      about: 'money',
      references: { own, provider: 'TWTSVBSVBSGFSYA' },
      reading: { state: 'completed', receiptCode: 'TWTSVBSVBSGFSYA', amountMinor: 1_000_000 },
    })
    const failed = `{"Status":false,"Description":"Insufficient balance","ReferenceID":"${own}","Amount":"10000"}`
    expect(money().readReport(raw(failed))).toMatchObject({
      references: { own, provider: null },
      reading: { state: 'failed', reason: 'rejected', detail: 'Insufficient balance' },
    })
    expect(money().acknowledge(raw(body))).toEqual({
      status: 200,
      contentType: 'application/json',
      body: `{"ResponseCode":"BILLER-30-0000-S","ResponseStatus":true,"ResponseDescription":"Callback successful","ReferenceID":"${own}"}`,
    })
    expect(money().acknowledge(raw('{"Status":true}')).body).toContain(
      '"BILLER-30-3030-E","ResponseStatus":false',
    )
  })

  it('a bill that a customer pays: a question first, then money with its code, and two answers', () => {
    const under = money()
    expect(under.readReport(raw(lookup))).toEqual({ trust: 'unsigned', about: 'question' })
    expect(under.acknowledge(raw(lookup))).toMatchObject({ status: 200, contentType: 'application/xml' })
    expect(readCommand(under.acknowledge(raw(lookup)).body)).toEqual({
      TYPE: 'SYNC_LOOKUP_RESPONSE',
      RESULT: 'TS',
      ERRORCODE: 'error000',
      ERRORDESC: 'Successful',
      MSISDN: '714405395',
      FLAG: 'Y',
      CONTENT: 'Duka la mazoezi',
    })
    expect(under.readReport(raw(billPay))).toEqual({
      trust: 'unsigned',
      about: 'customerPayment',
      payment: {
        code: 'BP140218.1240.B01530',
        amountMinor: 250_000,
        currency: 'TZS',
        phone: '+255714405395',
        phoneShown: '0714405395',
        payerName: 'James & Kaparata',
        account: 'R77',
        paidAt: Date.UTC(2014, 1, 18, 9, 40),
      },
    })
    expect(under.acknowledge(raw(billPay))).toEqual(under.acknowledge(raw(billPay)))
    expect(readCommand(under.acknowledge(raw(billPay)).body)).toEqual({
      TYPE: 'SYNC_BILLPAY_RESPONSE',
      TXNID: 'BP140218.1240.B01530',
      REFID: 'BP140218.1240.B01530',
      RESULT: 'TS',
      ERRORCODE: 'error000',
      ERRORDESCRIPTION: 'Successful transaction',
      MSISDN: '0714405395',
      FLAG: 'Y',
      CONTENT: 'Duka la mazoezi',
    })
  })

  it.each([
    ['no amount', billPay.replace('2500', 'x'), 'error016'],
    ['an amount of 0', billPay.replace('2500', '0'), 'error016'],
    ['no code', billPay.replace('BP140218.1240.B01530', ''), 'error016'],
    ['another type', billPay.replace('BILLPAY_REQUEST', 'OTHER'), 'error100'],
    ['XML that cannot be read', '<COMMAND><TXNID>1</COMMAND>', 'error100'],
  ])('a bill with %s is refused, and booked by nobody', (_name, body, code) => {
    const under = money()
    expect(under.readReport(raw(body))).toBeNull()
    expect(readCommand(under.acknowledge(raw(body)).body)).toMatchObject({
      RESULT: 'TF',
      ERRORCODE: code,
      FLAG: 'N',
    })
  })

  it.each([
    ['a bare & in a name', billPay.replace(/<SENDERNAME>[^<]*/, '<SENDERNAME>Mama & Sons')],
    ['a line end and a mark before the XML', `\uFEFF\n${billPay}`],
    [
      'small letters',
      billPay.replace(/<(\/?)([A-Z]+)>/g, (_all, end, tag) => `<${end}${String(tag).toLowerCase()}>`),
    ],
    ['thousands set off', billPay.replace('2500', '2,500.00')],
  ])('a bill with %s is read all the same, and taken', (_name, body) => {
    expect(money().readReport(raw(body))).toMatchObject({
      about: 'customerPayment',
      payment: { code: 'BP140218.1240.B01530', amountMinor: 250_000 },
    })
    expect(readCommand(money().acknowledge(raw(body)).body)).toMatchObject({
      RESULT: 'TS',
      ERRORCODE: 'error000',
    })
  })

  it('an enquiry about a bill is answered by the books, and books nothing', () => {
    const enquiry =
      '<?xml version="1.0"?><COMMAND><TYPE>SYNC_ENQUIRY</TYPE><TXNID>BP140218.1240.B01530</TXNID></COMMAND>'
    const answer = (knows: boolean) =>
      readCommand(
        money().acknowledge(raw(enquiry), { knowsCode: (code) => knows && code === 'BP140218.1240.B01530' })
          .body,
      )
    expect(money().readReport(raw(enquiry))).toMatchObject({ about: 'question' })
    expect(answer(true)).toMatchObject({ RESULT: 'TS', ERRORCODE: 'error000', FLAG: 'Y' })
    expect(answer(false)).toMatchObject({ RESULT: 'TF', ERRORCODE: 'error100', FLAG: 'N' })
  })

  it.each(['0', 'N/A', '', null, '-', 'none'])(
    'an id that is none is no key and no code: %s',
    (MFSTransactionID) => {
      const body = {
        Status: false,
        Description: 'Insufficient balance',
        MFSTransactionID,
        ReferenceID: own,
        Amount: '10000',
      }
      expect(money().readReport(raw(JSON.stringify(body)))).toMatchObject({
        references: { own, provider: null },
        reading: { state: 'failed' },
      })
    },
  )

  it.each(['5,000', 'TZS 5000', '', 'abc', '0', undefined])(
    'an amount in an odd form is nobody’s: %s',
    (Amount) => {
      const body = {
        Status: true,
        Description: 'Success',
        MFSTransactionID: '28637269',
        ReferenceID: own,
        Amount,
      }
      expect(money().readReport(raw(JSON.stringify(body)))).toMatchObject({
        reading: { state: 'completed', receiptCode: '28637269', amountMinor: null, oddAmount: Amount ?? '' },
      })
    },
  )

  it.each([
    ['a code without a time', billPay.replace('BP140218.1240.B01530', 'MI1234567'), { paidAt: null }],
    ['a date that does not exist', billPay.replace('BP140218', 'BP141318'), { paidAt: null }],
    [
      'a hidden number',
      billPay.replace('0714405395', '25571****395'),
      { phone: null, phoneShown: '25571****395' },
    ],
    ['the country code', billPay.replace('0714405395', '255714405395'), { phone: '+255714405395' }],
    ['cents', billPay.replace('2500', '2500.00'), { amountMinor: 250_000 }],
  ])('a bill with %s is read all the same', (_name, body, payment) => {
    expect(money().readReport(raw(body))).toMatchObject({ about: 'customerPayment', payment })
  })

  it('a reversal in JSON, and a payout in XML whose PIN stands nowhere else', async () => {
    const done = `{"ResponseCode":"RefundTransaction-20-0000-S","ResponseStatus":true,"ResponseDescription":"x","DMReferenceID":"DM1","ReferenceID":"${own}","MFSTransactionID":"CI1"}`
    await against(200, done, async (under, seen) => {
      expect(await under.reverse?.send(refund({ reference: id }))).toEqual({
        ok: true,
        value: {
          providerReference: 'DM1',
          reading: { state: 'completed', receiptCode: 'CI1', amountMinor: null },
        },
      })
      expect(seen[1]?.line).toBe('POST /PRACTICE2DM-ReverseTransaction')
      expect(JSON.parse(seen[1]?.body ?? '')).toEqual({
        CustomerMSISDN: '255712345678',
        ChannelMSISDN: '255655000001',
        ChannelPIN: '47110815',
        Amount: 500,
        MFSTransactionID: 'BP140218.1240.B01530',
        ReferenceID: own,
        PurchaseReferenceID: 'KNT1',
      })
    })
    const paid = `<COMMAND><TYPE>REQMFCI</TYPE><REFERENCEID>${own}</REFERENCEID><TXNID>CI2</TXNID><TXNSTATUS>200</TXNSTATUS><MESSAGE>ok</MESSAGE></COMMAND>`
    await against(200, paid, async (under, seen) => {
      expect(await under.payOut?.send({ ...transfer(), reference: id })).toEqual({
        ok: true,
        value: {
          providerReference: 'CI2',
          reading: { state: 'completed', receiptCode: 'CI2', amountMinor: null },
        },
      })
      expect(seen[1]).toMatchObject({
        line: 'POST /PRACTICE2Tigo',
        headers: { 'content-type': 'application/xml' },
        body: `<?xml version="1.0" encoding="UTF-8"?><COMMAND><TYPE>REQMFCI</TYPE><REFERENCEID>${own}</REFERENCEID><MSISDN>255655000002</MSISDN><PIN>81504711</PIN><MSISDN1>255712345678</MSISDN1><AMOUNT>500</AMOUNT><SENDERNAME>Duka la mazoezi</SENDERNAME><LANGUAGE1>EN</LANGUAGE1><BRAND_ID>2341</BRAND_ID></COMMAND>`,
      })
    })
    const echo = `<COMMAND><TXNSTATUS>60030</TXNSTATUS><MESSAGE>PIN 81504711 of 255712345678</MESSAGE></COMMAND>`
    const outcome = await against(200, echo, async (under) => under.payOut?.send(transfer()))
    expect(outcome).toMatchObject({ ok: false, error: { kind: 'recipient' } })
    expect(JSON.stringify(outcome)).not.toMatch(/81504711|712345678/)
  })

  it('goes to a whole address where the paper gives one', async () => {
    const server = await openServer((request, response) => {
      request.resume().on('end', () => response.end(request.url === '/own/token' ? tokenReply : '{}'))
    })
    const settings = { ...stand.account().settings, tokenPath: `${server.url}/own/token` }
    // The token is another gateway's, which the simulated one does not know.
    expect(await money({ settings }).raisePrompt(command())).toMatchObject({ error: { kind: 'credentials' } })
    await server.close()
  })

  it('offers reversals and payouts only where the paper gives them, and asks for their PINs', async () => {
    const { reversePath: _reverse, payOutPath: _payOut, ...settings } = stand.account().settings
    expect(money({ settings }).reverse).toBeUndefined()
    expect(money({ settings }).payOut).toBeUndefined()
    const { mobileMoney, calls } = stand.connect({ secrets: { password: 'x' } })
    expect(await mobileMoney?.payOut?.send(transfer())).toMatchObject({ error: { kind: 'credentials' } })
    expect(await mobileMoney?.reverse?.send(refund())).toMatchObject({ error: { kind: 'credentials' } })
    expect(calls).toEqual([])
  })
})

describe('XML', () => {
  it('comes back as it was written, whatever stands in it', () => {
    const words = fc.string({ unit: 'grapheme-ascii' }).map((text) => text.trim())
    fc.assert(
      fc.property(words, words, (SENDERNAME, CONTENT) => {
        expect(readCommand(writeCommand({ SENDERNAME, CONTENT }))).toEqual({ SENDERNAME, CONTENT })
      }),
    )
  })

  it.each([
    '<COMMAND><AMOUNT>1</AMOUNT><AMOUNT>2</AMOUNT></COMMAND>',
    '<COMMAND><A><B>1</B></A></COMMAND>',
    '<COMMAND><A>1</B></COMMAND>',
    '<!DOCTYPE COMMAND [<!ENTITY x "y">]><COMMAND><A>&x;</A></COMMAND>',
    '<COMMAND/>',
    'COMMAND',
  ])('%s is no command', (document) => {
    expect(readCommand(document)).toBeNull()
  })
})

const said = (code: string, status = false) =>
  JSON.stringify({ ResponseCode: code, ResponseStatus: status, ResponseDescription: 'x' })

describe('the tables', () => {
  it.each(pushRows)('$code on a push, over the wire of the simulator', async ({ code, kind, reason }) => {
    const digits = /-(\d{4})-[EV]$/.exec(code)?.[1] ?? ''
    const before = stand.host.ledger().length
    const outcome = await money().raisePrompt(command({ phone: `+25565500${digits}` }))
    expect(outcome).toMatchObject({
      ok: false,
      error: { kind, reason, detail: expect.stringContaining(code) },
    })
    expect(stand.host.ledger()).toHaveLength(before)
  })

  it.each(payOutRows)('$code on a payout, over the wire of the simulator', async ({ code, kind, reason }) => {
    const before = stand.host.ledger().length
    const outcome = await money().payOut?.send(transfer(`+2556552${code.padStart(5, '0')}`))
    expect(outcome).toMatchObject({ ok: false, error: { kind, reason } })
    expect(stand.host.ledger()).toHaveLength(before)
  })

  it.each(reversalRows)('$code on a reversal', async ({ code, kind }) => {
    expect(await against(200, said(code), async (under) => under.reverse?.send(refund()))).toMatchObject({
      error: { kind },
    })
    // Of a payment that the network does not know.
    expect(await money().reverse?.send(refund())).toMatchObject({ error: { kind } })
  })

  it.each([
    [200, said('BILLER-18-9999-E'), 'unknownOutcome'],
    [200, said('BILLER-18-0000-S', false), 'unknownOutcome'],
    [500, said('BILLER-18-0000-S', true), 'unknownOutcome'],
    [200, said('BILLER-30-0000-S', true), 'unknownOutcome'],
    [200, '{"ResponseCode":"BILLER-18-0000-S","ResponseStatus":true,"ReferenceID":"KNTX"}', 'unknownOutcome'],
    [200, '', 'unknownOutcome'],
    [408, '', 'unknownOutcome'],
    [503, '<html></html>', 'unknownOutcome'],
    [404, '', 'rejected'],
    [401, '', 'credentials'],
    [429, '', 'throttled'],
  ])('HTTP %i %s on a push means %s', async (status, body, kind) => {
    expect(await against(status, body, (under) => under.raisePrompt(command()))).toMatchObject({
      ok: false,
      error: { kind },
    })
  })

  it.each([
    [200, '<COMMAND><TXNSTATUS>00000</TXNSTATUS></COMMAND>', 'unknownOutcome'],
    [200, '<COMMAND><TXNSTATUS>201</TXNSTATUS></COMMAND>', 'unknownOutcome'],
    [500, '<COMMAND><TXNSTATUS>200</TXNSTATUS></COMMAND>', 'unknownOutcome'],
    [200, '<COMMAND><TXNSTATUS>200</TXNSTATUS><REFERENCEID>X</REFERENCEID></COMMAND>', 'unknownOutcome'],
    [200, '<COMMAND><TXNID>1</TXNID></COMMAND>', 'unknownOutcome'],
    [200, 'TXNSTATUS=200', 'unknownOutcome'],
  ])('HTTP %i %s on a payout means %s', async (status, body, kind) => {
    expect(await against(status, body, async (under) => under.payOut?.send(transfer()))).toMatchObject({
      ok: false,
      error: { kind },
    })
  })

  it('takes no other word than true for paid', () => {
    fc.assert(
      fc.property(
        fc.jsonValue().filter((status) => status !== true && status !== false),
        (Status) => {
          const report = money().readReport(raw(JSON.stringify({ Status, ReferenceID: own, Amount: '1' })))
          expect(report).toMatchObject({ reading: { state: 'unknown' } })
        },
      ),
    )
  })
})

describe('a push without a query', () => {
  const states = (reference: string) =>
    shop.callbacks.flatMap((callback) => {
      const report = money().readReport(callback)
      const ours = report?.about === 'money' && report.references.own === money().ownReference(reference)
      return ours ? [report.reading.state] : []
    })

  it('that the network refuses afterwards is told as failed', async () => {
    const asked = command({ phone: '+255655010001' })
    expect(await money().raisePrompt(asked)).toMatchObject({ ok: true })
    await expect.poll(() => states(asked.reference)).toEqual(['failed'])
  })

  it('that is paid and never told leaves nothing but the ledger and the customer’s SMS', async () => {
    const asked = command({ phone: '+255655010002' })
    expect(await money().raisePrompt(asked)).toMatchObject({ ok: true })
    await expect.poll(() => paidFor(asked.reference)).toBe(1)
    const later = command({ phone: '+255655010001' })
    await money().raisePrompt(later)
    await expect.poll(() => states(later.reference)).toHaveLength(1)
    expect(states(asked.reference)).toEqual([])
  })

  it('that is told ten minutes late is told', async () => {
    const asked = command({ phone: '+255655010003' })
    await money().raisePrompt(asked)
    await expect.poll(() => states(asked.reference)).toEqual(['completed'])
  })

  it('that was answered by an error and paid all the same is unknown, then completed', async () => {
    const asked = command({ phone: '+255655010004' })
    expect(await money().raisePrompt(asked)).toMatchObject({ ok: false, error: { kind: 'unknownOutcome' } })
    await expect.poll(() => states(asked.reference)).toEqual(['completed'])
  })

  it('is told again until the acknowledgement is exact', async () => {
    mood = 'nonsense'
    const asked = command()
    await money().raisePrompt(asked)
    await expect.poll(() => states(asked.reference)).toHaveLength(4)
  })

  const paidFor = (reference: string) =>
    stand.host.ledger().filter((entry) => {
      return entry.kind === 'payment' && entry.reference === money().ownReference(reference)
    }).length
})

describe('a customer’s own bill', () => {
  const pay = () => {
    const made = stand.host.payByHand(provider, {
      phone: '+255754001001',
      amountMinor: 90_000,
      account: 'R1',
    })
    return made?.code ?? 'unpaid'
  }
  const givenBack = (code: string) =>
    stand.host.ledger().filter((entry) => entry.kind === 'reversal' && entry.reference === code)

  it('is offered again while the shop answers nonsense', async () => {
    mood = 'nonsense'
    const code = pay()
    const bills = () => shop.callbacks.filter(({ body }) => body.includes(code)).length
    await expect.poll(bills).toBe(4)
    expect(givenBack(code)).toEqual([])
  })

  it('goes back to him when the shop does not take it', async () => {
    mood = 'refusing'
    const code = pay()
    await expect.poll(() => givenBack(code)).toMatchObject([{ amountMinor: 90_000 }])
  })
})

describe('tokens', () => {
  it('end, and are fetched anew', async () => {
    let ahead = 0
    const elsewhere = await createStand(provider, {
      autoAnswer: 'pay',
      clock: { ...realClock, now: () => Date.now() + ahead },
    })
    const { mobileMoney, calls } = elsewhere.connect()
    expect(await mobileMoney?.raisePrompt(command())).toMatchObject({ ok: true })
    ahead = 2 * 3_600_000
    expect(await mobileMoney?.raisePrompt(command({ phone: '+255754001001' }))).toMatchObject({ ok: true })
    expect(calls).toHaveLength(5)
    await elsewhere.close()
  })
})

// oxlint-disable-next-line vitest/no-disabled-tests -- counted until somebody sees it on a live account
it.skip('unconfirmed: addresses, the answer to an old token, 2020-V for a name used twice, the length of names', () =>
  undefined)
// oxlint-disable-next-line vitest/no-disabled-tests -- counted until somebody sees it on a live account
it.skip('unconfirmed: codes of a reversal, ERRORDESC or ERRORDESCRIPTION, the portal’s columns', () =>
  undefined)
