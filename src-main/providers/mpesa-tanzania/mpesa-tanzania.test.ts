import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openServer, openShop } from '../conformance/sockets.ts'
import { createStand, realClock, realRandom, type Stand } from '../conformance/stand.ts'
import type { MobileMoney } from '../mobile-money.ts'
import { registry } from '../registry.ts'
import type { PromptAnswer } from '../simulation.ts'
import { errorRows } from './codes.ts'
import { transactionReferenceOf } from './operations.ts'
import { isPublicKey } from './wire.ts'

const provider = 'mpesa-tanzania'
const later = { apiKey: 'practice-key-of-the-app-that-answers-later' }
const id = '0197a9d0-0000-7000-8000-000000000001'

let stand: Stand
let shop: Awaited<ReturnType<typeof openShop>>
let customer: PromptAnswer
beforeAll(async () => {
  shop = await openShop((raw) => money().acknowledge(raw))
  stand = await createStand(provider, { autoAnswer: () => customer, callbackBase: shop.url })
})
afterEach(async () => {
  customer = { kind: 'pin', pin: '1234' }
  await stand.heal()
})
afterAll(async () => {
  await stand.close()
  await shop.close()
})
customer = { kind: 'pin', pin: '1234' }

function money(change: Parameters<Stand['connect']>[0] = {}): MobileMoney {
  return must(stand.connect(change).mobileMoney)
}

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('it is not there')
  return value
}

/** The same account with an app of the other kind. */
function laterMoney(): MobileMoney {
  return money({ settings: { ...stand.account().settings, mode: 'asynchronous' }, secrets: later })
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

const sessionReply =
  '{"output_ResponseCode":"INS-0","output_ResponseDesc":"Request processed successfully","output_SessionID":"5e3ab4c2f1d04a7b9c8d6e5f4a3b2c1d"}'

/** Opens a session and then answers every other call with this. */
async function against<T>(status: number, body: string, run: (under: MobileMoney) => Promise<T>): Promise<T> {
  const server = await openServer((request, response) => {
    const isSession = request.url?.startsWith('/getSession') === true
    request.resume().on('end', () => {
      response.writeHead(isSession ? 200 : status, { 'content-type': 'application/json' })
      response.end(isSession ? sessionReply : body)
    })
  })
  const answer = await run(money({ baseUrl: server.url }))
  await server.close()
  return answer
}

const said = (code: string, more: object = {}) =>
  JSON.stringify({ output_ResponseCode: code, output_ResponseDesc: 'x', ...more })

const paidReply =
  '{"output_ResponseCode":"INS-0","output_ResponseDesc":"Request processed successfully","output_TransactionID":"hv9ahxcg4ccv","output_ConversationID":"fd1e9143d22544459f7c66e1860ef276","output_ThirdPartyConversationID":"0197a9d0000070008000000000000001"}'

const resultBody =
  '{"input_OriginalConversationID":"fd1e9143d22544459f7c66e1860ef276","input_TransactionID":"hv9ahxcg4ccv","input_ResultCode":"INS-0","input_ResultDesc":"Request processed successfully","input_ThirdPartyConversationID":"0197a9d0000070008000000000000001"}'

const raw = (body: string) => ({ method: 'POST', path: '/', headers: {}, body })

describe('the wire, as the documents show it', () => {
  it('adapter: session, prompt, question and reversal are as published, field by field', async () => {
    const seen: { line: string; headers: Record<string, unknown>; body: string }[] = []
    const server = await openServer((request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => {
        body += chunk.toString()
      })
      request.on('end', () => {
        seen.push({ line: `${request.method} ${request.url}`, headers: request.headers, body })
        response.end(seen.length === 1 ? sessionReply : paidReply)
      })
    })
    const under = money({ baseUrl: `${server.url}/openapi/ipg/v2/vodacomTZN` })
    expect(await under.raisePrompt(command({ reference: id }))).toEqual({
      ok: true,
      value: {
        providerReference: 'fd1e9143d22544459f7c66e1860ef276',
        reading: { state: 'completed', receiptCode: 'hv9ahxcg4ccv', amountMinor: null },
      },
    })
    await under.queryPrompt?.({ own: null, provider: 'hv9ahxcg4ccv' })
    await under.reverse?.send({
      ...transfer(),
      reference: id,
      receiptCode: 'hv9ahxcg4ccv',
      payment: { own: null, provider: null },
    })
    await under.payOut?.send({ ...transfer(), reference: id })
    await server.close()

    const base = '/openapi/ipg/v2/vodacomTZN'
    expect(seen.map(({ line }) => line.replace(/(ConversationID=hv9ahxcg4ccv)\w{8}&/, '$1…&'))).toEqual([
      `GET ${base}/getSession/`,
      `POST ${base}/c2bPayment/singleStage/`,
      `GET ${base}/queryTransactionStatus/?input_QueryReference=hv9ahxcg4ccv&input_ServiceProviderCode=000000&input_ThirdPartyConversationID=hv9ahxcg4ccv…&input_Country=TZN`,
      `PUT ${base}/reversal/`,
      `POST ${base}/b2cPayment/`,
    ])
    for (const { headers } of seen) {
      expect(headers).toMatchObject({ origin: '*', 'content-type': 'application/json' })
      expect(String(headers.authorization)).toMatch(/^Bearer [A-Za-z0-9+/]{682,684}={0,2}$/)
    }
    expect(new Set(seen.map(({ headers }) => headers.authorization)).size).toBe(5)
    const bodies = seen.filter(({ body }) => body !== '').map(({ body }): unknown => JSON.parse(body))
    const payment = {
      input_Amount: '1500',
      input_Country: 'TZN',
      input_Currency: 'TZS',
      input_CustomerMSISDN: '255712345678',
      input_ServiceProviderCode: '000000',
      input_ThirdPartyConversationID: '0197a9d0000070008000000000000001',
      // Computed elsewhere.
      input_TransactionReference: 'H5M7GKOMZCC35OP6YCXT',
    }
    expect(bodies).toEqual([
      { ...payment, input_PurchasedItemsDesc: 'R 1042 7 Risiti leo' },
      {
        input_ReversalAmount: '500',
        input_Country: 'TZN',
        input_ServiceProviderCode: '000000',
        input_ThirdPartyConversationID: '0197a9d0000070008000000000000001',
        input_TransactionID: 'hv9ahxcg4ccv',
      },
      { ...payment, input_Amount: '500', input_PaymentItemsDesc: 'Asha Juma Marejesho' },
    ])
  })

  it('adapter: reads the published result of an asynchronous app, and echoes both names', () => {
    expect(money().readReport(raw(resultBody))).toEqual({
      trust: 'unsigned',
      about: 'money',
      references: { own: '0197a9d0000070008000000000000001', provider: 'fd1e9143d22544459f7c66e1860ef276' },
      reading: { state: 'completed', receiptCode: 'hv9ahxcg4ccv', amountMinor: null },
    })
    expect(money().acknowledge(raw(resultBody))).toEqual({
      status: 200,
      contentType: 'application/json',
      body: '{"output_OriginalConversationID":"fd1e9143d22544459f7c66e1860ef276","output_ResponseCode":"0","output_ResponseDesc":"Successfully Accepted Result","output_ThirdPartyConversationID":"0197a9d0000070008000000000000001"}',
    })
  })

  it('adapter: keeps what it can read of a result: numbers as names, and what stands in the place of one as none', () => {
    const odd = JSON.stringify({
      input_OriginalConversationID: 71_234,
      input_TransactionID: 0,
      input_ResultCode: 'INS-0',
      input_ThirdPartyConversationID: 'N/A',
    })
    expect(money().readReport(raw(odd))).toMatchObject({
      references: { own: null, provider: '71234' },
      reading: { state: 'completed', receiptCode: null },
    })
    expect(money().acknowledge(raw(odd)).body).toContain('"output_OriginalConversationID":"71234"')
  })

  it('adapter: takes the key as the portal shows it or as a PEM file, and nothing else', () => {
    const shown = String(stand.account().settings.publicKey)
    const lines = shown.match(/.{1,64}/g)?.join('\n') ?? ''
    expect(isPublicKey(shown)).toBe(true)
    expect(isPublicKey(`-----BEGIN PUBLIC KEY-----\n${lines}\n-----END PUBLIC KEY-----\n`)).toBe(true)
    for (const wrong of ['', 'MIICIjAN', shown.slice(4)]) expect(isPublicKey(wrong)).toBe(false)
  })
})

describe('the transaction reference', () => {
  it('has twenty characters, and no two ids of one moment share one', () => {
    const uuid = fc.uuid({ version: 7 })
    fc.assert(
      fc.property(uuid, uuid, (one, two) => {
        expect(transactionReferenceOf(one)).toMatch(/^[0-9A-Z]{20}$/)
        expect(transactionReferenceOf(one) === transactionReferenceOf(two)).toBe(one === two)
      }),
    )
    const neighbours = Array.from({ length: 2_000 }, () => transactionReferenceOf(realRandom.id()))
    expect(new Set(neighbours).size).toBe(2_000)
  })
})

describe('the tables', () => {
  it.each(errorRows)('$code on a prompt, over the wire of the simulator', async (row) => {
    const phone = `+25575500${row.code.slice(4).padStart(4, '0')}`
    const before = stand.host.ledger().length
    const outcome = await money().raisePrompt(command({ phone }))
    if (row.prompt === undefined) {
      expect(outcome).toMatchObject({ ok: false, error: { kind: row.kind, reason: row.reason } })
    } else {
      expect(outcome).toMatchObject({
        ok: true,
        value: { reading: { state: row.prompt, reason: row.reason } },
      })
    }
    if (row.retryAfterMs !== undefined)
      expect(outcome).toMatchObject({ error: { retryAfterMs: row.retryAfterMs } })
    expect(stand.host.ledger()).toHaveLength(before)
  })

  it.each(errorRows)('$code on a payout', async (row) => {
    const outcome = await against(422, said(row.code), async (under) => under.payOut?.send(transfer()))
    expect(outcome).toMatchObject({
      ok: false,
      error: row.transfer ?? { kind: row.kind, reason: row.reason },
    })
  })

  it.each(errorRows)('$code on a question', async (row) => {
    const outcome = await against(400, said(row.code), async (under) =>
      under.queryPrompt?.({ own: 'a', provider: null }),
    )
    if (row.asked !== undefined) expect(outcome).toMatchObject({ ok: true, value: { state: row.asked } })
    else if (row.kind === 'unknownOutcome') expect(outcome).toMatchObject({ error: { kind: 'temporary' } })
    else expect(outcome).toMatchObject({ error: { kind: row.kind } })
  })

  it.each([
    [400, said('INS-7777'), 'unknownOutcome'],
    [200, said('INS-7777'), 'unknownOutcome'],
    [400, said('INS-0', { output_TransactionID: 'A1' }), 'unknownOutcome'],
    [200, said('0', { output_TransactionID: 'A1' }), 'unknownOutcome'],
    [
      200,
      said('INS-0', { output_TransactionID: 'A1', output_ThirdPartyConversationID: 'somebody-else' }),
      'unknownOutcome',
    ],
    [408, '', 'unknownOutcome'],
    [409, '', 'unknownOutcome'],
    [408, said('INS-20'), 'unknownOutcome'],
    [409, said('INS-6'), 'unknownOutcome'],
    [302, said('INS-13'), 'unknownOutcome'],
    [502, '<html>Bad Gateway</html>', 'unknownOutcome'],
    [200, '', 'unknownOutcome'],
    [302, '', 'unknownOutcome'],
    [429, '', 'throttled'],
    [404, 'Not Found', 'rejected'],
    [401, '<html>Unauthorized</html>', 'credentials'],
    [403, '', 'credentials'],
  ])('HTTP %i %s on a prompt means %s', async (status, body, kind) => {
    expect(await against(status, body, (under) => under.raisePrompt(command()))).toMatchObject({
      ok: false,
      error: { kind },
    })
  })

  it.each([undefined, '', 'N/A', null])('INS-0 with the transaction %j is not paid yet', async (name) => {
    const body = said('INS-0', { output_TransactionID: name, output_ConversationID: 'c1' })
    expect(await against(201, body, (under) => under.raisePrompt(command()))).toEqual({
      ok: true,
      value: { providerReference: 'c1', reading: { state: 'processing' } },
    })
  })

  it.each([
    ['Completed', { state: 'completed', receiptCode: 'ABC123DEF4' }],
    ['completed', { state: 'completed' }],
    ['Cancelled', { state: 'cancelled', reason: 'customerCancelled' }],
    ['Expired', { state: 'expired', reason: 'promptExpired' }],
    ['N/A', { state: 'notFound' }],
    ['', { state: 'notFound' }],
    ['Failed', { state: 'unknown' }],
    ['Success', { state: 'unknown' }],
    ['Complete', { state: 'unknown' }],
  ])('status %j reads as %o', async (status, reading) => {
    const body = said('INS-0', {
      output_ResponseTransactionStatus: status,
      output_OriginalTransactionID: 'ABC123DEF4',
    })
    const asked = await against(200, body, async (under) => under.queryPrompt?.({ own: 'a', provider: null }))
    expect(asked).toMatchObject({ ok: true, value: reading })
  })

  it('takes no other result for paid', () => {
    const known = new Set(['INS-0', ...errorRows.map((row) => row.code)])
    const invented = fc.oneof(fc.string(), fc.integer()).filter((code) => !known.has(String(code)))
    fc.assert(
      fc.property(invented, fc.string(), (input_ResultCode, input_ResultDesc) => {
        const report = money().readReport(
          raw(JSON.stringify({ input_OriginalConversationID: 'c', input_ResultCode, input_ResultDesc })),
        )
        expect(report).toMatchObject({ reading: { state: 'unknown' } })
      }),
    )
  })
})

describe('a held prompt', () => {
  it.each([
    ['cancels', { kind: 'cancel' }, { state: 'cancelled', reason: 'customerCancelled' }],
    ['mistypes his PIN', { kind: 'pin', pin: '9999' }, { state: 'failed', reason: 'rejected' }],
  ] as const)('says so when the customer %s', async (_name, given, reading) => {
    customer = given
    expect(await money().raisePrompt(command())).toMatchObject({ ok: true, value: { reading } })
  })

  it('tells a wallet that is short, and never pays twice for one name', async () => {
    const short = command({ phone: '+255733000001' })
    expect(await money().raisePrompt(short)).toMatchObject({
      ok: true,
      value: { reading: { state: 'failed', reason: 'insufficientFunds' } },
    })
    expect(await money().raisePrompt(short)).toMatchObject({ ok: false, error: { kind: 'unknownOutcome' } })
  })

  it('is unknown when the customer lets it stand, and expired by asking', async () => {
    customer = { kind: 'ignore' }
    const silent = command()
    expect(await money().raisePrompt(silent)).toMatchObject({ ok: false, error: { kind: 'unknownOutcome' } })
    expect(await ask(silent.reference)).toMatchObject({ state: 'expired' })
  })

  it.each(['0009', '0010', '0001'])(
    'that is paid although INS-%s was answered is found by asking',
    async (code) => {
      const lost = command({ phone: `+25575510${code}` })
      expect(await money().raisePrompt(lost)).toMatchObject({ ok: false, error: { kind: 'unknownOutcome' } })
      expect(await ask(lost.reference)).toMatchObject({ state: 'completed', receiptCode: expect.any(String) })
      const unpaid = command({ phone: `+25575500${code}` })
      await money().raisePrompt(unpaid)
      expect(await ask(unpaid.reference)).toMatchObject({ state: 'notFound' })
    },
  )

  it('is unknown when the line is cut after the customer paid', async () => {
    await stand.host.setFaults({ providers: { [provider]: 'timeoutAfterAccepting' } })
    const cut = command()
    expect(await money().raisePrompt(cut)).toMatchObject({ ok: false, error: { kind: 'unknownOutcome' } })
    await stand.heal()
    expect(await ask(cut.reference)).toMatchObject({ state: 'completed' })
  })

  it('stays open longer than the account’s own time-out, and eight stand at once', async () => {
    customer = { kind: 'ignore' }
    const patient = must(stand.connect({}, 100).mobileMoney)
    const asked = Array.from({ length: 8 }, (_, n) =>
      patient.raisePrompt(command({ phone: `+25576500000${n}` })),
    )
    const prompts = () => stand.host.ledger().filter((entry) => entry.phone.startsWith('+25576500000'))
    await expect.poll(() => prompts().length).toBe(8)
    const outcomes = await Promise.all(asked)
    expect(outcomes).toMatchObject(outcomes.map(() => ({ error: { detail: 'INS-9 Request timeout' } })))
    expect(registry.find((entry) => entry.declaration.id === provider)?.declaration.rate.concurrency).toBe(8)
  })
})

describe('an app that answers later', () => {
  it('accepts, reports once, and is confirmed by asking', async () => {
    const under = laterMoney()
    expect(under.promptAnswer).toBe('told')
    const raised = await under.raisePrompt(command())
    expect(raised).toMatchObject({ ok: true, value: { providerReference: expect.any(String) } })
    if (!raised.ok) return
    expect(raised.value.reading).toBeUndefined()
    const provided = raised.value.providerReference
    await expect.poll(() => told(provided)).toMatchObject([{ reading: { state: 'completed' } }])
    expect(await under.queryPrompt?.({ own: null, provider: provided })).toMatchObject({
      value: { state: 'completed' },
    })
  })

  it('never takes its acceptance for paid, even with a transaction in it', async () => {
    const server = await openServer((request, response) => {
      request.resume().on('end', () => response.end(request.method === 'GET' ? sessionReply : paidReply))
    })
    const under = money({
      baseUrl: server.url,
      settings: { ...stand.account().settings, mode: 'asynchronous' },
    })
    expect(await under.raisePrompt(command({ reference: id }))).toEqual({
      ok: true,
      value: { providerReference: 'fd1e9143d22544459f7c66e1860ef276' },
    })
    await server.close()
  })
})

describe('transfers', () => {
  it('a payment goes back once, in part or whole, and its code is no longer good', async () => {
    const under = money()
    const code = await paidCode(under)
    const back = (amountMinor: number) => ({
      ...transfer('+255712345678', amountMinor),
      receiptCode: code,
      payment: { own: null, provider: null },
    })
    expect(await under.reverse?.send(back(160_000))).toMatchObject({ error: { reason: 'amountRefused' } })
    const wanted = back(50_000)
    expect(await under.reverse?.send(wanted)).toMatchObject({
      ok: true,
      value: { reading: { state: 'completed', receiptCode: expect.any(String) } },
    })
    expect(await under.reverse?.send(wanted)).toMatchObject({ error: { kind: 'unknownOutcome' } })
    expect(await under.reverse?.send(back(50_000))).toMatchObject({ error: { kind: 'rejected' } })
    expect(
      await under.reverse?.query?.({ own: under.ownReference(wanted.reference), provider: null }),
    ).toMatchObject({
      value: { state: 'completed' },
    })
    expect(await codeOf(under, code)).toMatchObject({ state: 'unknown' })
  })

  it('a payout needs money in the shop’s account', async () => {
    expect(await money().payOut?.send(transfer('+255712345678', 900_000_000))).toMatchObject({
      ok: false,
      error: { kind: 'balance', reason: 'balance' },
    })
  })
})

describe('a code that a customer shows', () => {
  it('is found when it is paid, without amount or phone, and not found when it was never given', async () => {
    const under = money()
    const paid = stand.host.payByHand(provider, {
      phone: '+255754001001',
      amountMinor: 90_000,
      account: 'R79',
    })
    expect(await codeOf(under, paid?.code ?? '')).toEqual({
      state: 'found',
      completed: true,
      amountMinor: null,
      phone: null,
      paidAt: null,
    })
    expect(await codeOf(under, 'ZZZ9999ZZZ')).toMatchObject({ state: 'notFound' })
  })
})

describe('sessions', () => {
  it.each([
    ['*', 3],
    ['soon.practice.example', 4],
    ['slow.practice.example', 4],
  ])('behind the origin %s are used as soon as they are known', async (origin, least) => {
    const { mobileMoney, calls } = stand.connect({ settings: { ...stand.account().settings, origin } })
    expect(await mobileMoney?.raisePrompt(command())).toMatchObject({ ok: true })
    await mobileMoney?.raisePrompt(command())
    expect(calls.length).toBeGreaterThanOrEqual(least)
  })

  it.each([['never.practice.example'], ['elsewhere.example']])(
    'behind the origin %s are refused in the end',
    async (origin) => {
      const under = money({ settings: { ...stand.account().settings, origin } })
      const before = stand.host.ledger().length
      expect(await under.raisePrompt(command())).toMatchObject({ ok: false, error: { kind: 'credentials' } })
      expect(stand.host.ledger()).toHaveLength(before)
    },
  )

  it.each(['INS-5', 'INS-6'])('are not blamed for %s, which comes with HTTP 401 as well', async (code) => {
    let calls = 0
    const server = await openServer((request, response) => {
      request.resume().on('end', () => {
        const isSession = request.method === 'GET'
        if (!isSession) calls += 1
        response.writeHead(isSession ? 200 : 401)
        response.end(isSession ? sessionReply : said(code))
      })
    })
    expect(await money({ baseUrl: server.url }).raisePrompt(command())).toMatchObject({ ok: true })
    await server.close()
    expect(calls).toBe(1)
  })

  it('end, and are opened anew', async () => {
    let ahead = 0
    const elsewhere = await createStand(provider, {
      autoAnswer: 'pay',
      clock: { ...realClock, now: () => Date.now() + ahead },
    })
    const { mobileMoney, calls } = elsewhere.connect()
    expect(await mobileMoney?.raisePrompt(command())).toMatchObject({ ok: true })
    const before = calls.length
    ahead = 2 * 3_600_000
    expect(await mobileMoney?.raisePrompt(command())).toMatchObject({ ok: true })
    expect(calls.length).toBeGreaterThan(before + 2)
    await elsewhere.close()
  })
})

// oxlint-disable-next-line vitest/no-disabled-tests -- counted until somebody sees it on a live account
it.skip('unconfirmed: HTTP statuses, the life of a session, which names a question takes, what N/A means', () =>
  undefined)
// oxlint-disable-next-line vitest/no-disabled-tests -- counted until somebody sees it on a live account
it.skip('unconfirmed: that output_TransactionID is the code on the customer’s SMS, and the portal’s columns', () =>
  undefined)

async function ask(reference: string) {
  const asked = await money().queryPrompt?.({ own: money().ownReference(reference), provider: null })
  return asked?.ok === true ? asked.value : asked
}

async function codeOf(under: MobileMoney, code: string) {
  const asked = await under.queryCode?.({ code, reference: realRandom.id(), callbackUrl: '' })
  return asked?.ok === true && asked.value.kind === 'now' ? asked.value.value : asked
}

async function paidCode(under: MobileMoney): Promise<string> {
  const raised = await under.raisePrompt(command())
  if (!raised.ok || raised.value.reading?.state !== 'completed') throw new Error('not paid')
  return raised.value.reading.receiptCode ?? ''
}

function told(provided: string | null) {
  return shop.callbacks
    .map((callback) => money().readReport(callback))
    .filter((report) => report?.about === 'money' && report.references.provider === provided)
}
