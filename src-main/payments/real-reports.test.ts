import { describe, expect, it } from 'vitest'
import { openTill, type Till, type TillOptions } from '../../test/fixtures/till.ts'
import { hashOf, readReport as readAirtel } from '../providers/airtel-money/reports.ts'
import { readCommand } from '../providers/mixx-by-yas/command.ts'
import { acknowledge, readReport as readMixx } from '../providers/mixx-by-yas/reports.ts'

async function prompted(till: Till, network: 'airtel' | 'mixx') {
  const sale = await till.sale()
  const { id } = await till.raise(sale.id, network)
  till.world.reply('accepted')
  await till.clock.advance(0)
  const truth = till.world.truths().at(-1)
  if (truth === undefined) throw new Error('nothing arrived')
  return { id, truth, get: () => till.client.payments.get({ id }) }
}

describe('Airtel’s own report that a payment failed, which is not its last word', () => {
  const callbackKey = 'made-up-callback-key'

  it.each([
    ['without a signature, where the shop has no key for one', '', ''],
    ['with its signature', callbackKey, callbackKey],
  ])('makes Kaunta ask at once, %s', async (_how, known, signs) => {
    let asked = 0
    const till = await openTill({
      change: (money, name) => {
        const { queryPrompt } = money
        if (name !== 'airtel' || queryPrompt === undefined) return money
        return {
          ...money,
          readReport: (raw) => readAirtel(raw, known),
          queryPrompt: (references) => {
            asked += 1
            return queryPrompt(references)
          },
        }
      },
    })
    const { truth, get } = await prompted(till, 'airtel')
    till.world.answer(truth, 'wrongPin')
    const before = asked
    const transaction = `{"id":"${truth.own}","message":"Failed","status_code":"TF","airtel_money_id":""}`
    const hash = signs === '' ? '' : `,"hash":"${hashOf(transaction, signs)}"`
    // The clock stands still: nothing is asked because it is time to.
    await till.raw(truth.callbackPath, `{"transaction":${transaction}${hash}}`)
    await till.clock.advance(0)
    expect(asked - before).toBe(1)
    expect(await get()).toMatchObject({ state: 'failed', reason: 'wrongPin' })
  })

  it('makes it ask nobody when the signature is another’s', async () => {
    let asked = 0
    const till = await openTill({
      change: (money, name) =>
        name !== 'airtel'
          ? money
          : {
              ...money,
              readReport: (raw) => readAirtel(raw, callbackKey),
              queryPrompt: () => {
                asked += 1
                return Promise.reject(new Error('nobody should ask'))
              },
            },
    })
    const { truth, get } = await prompted(till, 'airtel')
    const transaction = `{"id":"${truth.own}","status_code":"TF"}`
    const hash = hashOf(transaction, 'another-key')
    await till.raw(truth.callbackPath, `{"transaction":${transaction},"hash":"${hash}"}`)
    await till.clock.advance(0)
    expect(asked).toBe(0)
    expect((await get()).state).toBe('prompted')
  })
})

const realMixx: TillOptions = {
  change: (money, name) =>
    name !== 'mixx'
      ? money
      : { ...money, readReport: readMixx, acknowledge: (raw, books) => acknowledge(raw, 'Duka', books) },
}

describe('an enquiry of Yas about a bill', () => {
  const command = (type: string, code: string) =>
    `<?xml version="1.0"?><COMMAND><TYPE>${type}</TYPE><TXNID>${code}</TXNID><MSISDN>712345678</MSISDN>
    <AMOUNT>2500</AMOUNT><CUSTOMERREFERENCEID>1042</CUSTOMERREFERENCEID><SENDERNAME>ASHA</SENDERNAME></COMMAND>`
  const bill = 'BP261118.1240.B01530'

  async function open() {
    const till = await openTill(realMixx)
    const { path } = till.account('mixx')
    const send = async (type: string, code: string) =>
      readCommand((await till.raw(path, command(type, code))).body) ?? {}
    const enquire = async (code: string) => {
      const { RESULT, ERRORCODE, FLAG } = await send('SYNC_ENQUIRY', code)
      return [RESULT, ERRORCODE, FLAG]
    }
    return { till, send, enquire }
  }
  const taken = ['TS', 'error000', 'Y']
  const unknown = ['TF', 'error100', 'N']

  it('that Kaunta took is answered as taken: as soon as it is stored, later, and after a start', async () => {
    const { till, send, enquire } = await open()
    expect(await enquire(bill)).toEqual(unknown)
    expect((await send('SYNC_BILLPAY_REQUEST', bill)).RESULT).toBe('TS')
    // Answered, and not taken in yet: the books do not have it, and the answer must not change.
    expect(await enquire(bill)).toEqual(taken)
    await till.clock.advance(0)
    expect(await enquire(bill)).toEqual(taken)
    await till.restart()
    expect(await enquire(bill)).toEqual(taken)
    expect(await enquire('BP261118.1240.B99999')).toEqual(unknown)
    await till.clock.advance(0)
    const { rows } = await till.client.notices.list({ limit: 200 })
    expect(rows.map(({ code }) => code)).toEqual([bill])
    expect((await till.client.payments.attention()).unread).toEqual([])
  })

  it('whose code a payment bears is answered as taken, and ends or books nothing', async () => {
    const { till, enquire } = await open()
    const { id, truth, get } = await prompted(till, 'mixx')
    const before = await get()
    expect(await enquire('28637269')).toEqual(unknown)
    expect(await get()).toEqual(before)
    const body = {
      Status: true,
      Description: 'Success',
      MFSTransactionID: '28637269',
      ReferenceID: truth.own,
      Amount: '123',
    }
    await till.raw(truth.callbackPath, JSON.stringify(body))
    await till.clock.advance(0)
    expect(await get()).toMatchObject({ id, state: 'completed', receiptCode: '28637269' })
    expect(await enquire('28637269')).toEqual(taken)
    await till.clock.advance(0)
    expect((await till.client.notices.list({ limit: 200 })).rows).toEqual([])
  })
})
