import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { DeliveryReceipt, Sms, SmsMessage } from '../sms.ts'
import { openEcho, openFixed, openShop } from './sockets.ts'
import { createStand, freePort, type Stand, type TestedAbilities } from './stand.ts'

export interface SmsCase {
  readonly provider: string
  readonly phone: string
  /** A number that the simulator refuses under a success status, one by one. */
  readonly refusedPhone: string
  /** Replies that look like success and are none: status and body. */
  readonly falseSuccesses: readonly (readonly [number, string])[]
  /** A delivery report with a status that no document knows; absent where there are no reports. */
  readonly inventedReport?: string
}

/** What every SMS provider must keep, whatever its wire looks like. */
export function smsConformance(tested: SmsCase): void {
  describe('as SMS', () => {
    let stand: Stand
    let shop: Awaited<ReturnType<typeof openShop>>
    const message = (change: Partial<SmsMessage> = {}): SmsMessage => ({
      to: tested.phone,
      body: 'Asante. Risiti R-1042 KES 1,234',
      reference: '0197a9d0-0000-7000-8000-000000000001',
      ...change,
    })

    beforeAll(async () => {
      shop = await openShop()
      stand = await createStand(tested.provider, { callbackBase: `${shop.url}/reports` })
    })
    afterEach(() => stand.heal())
    afterAll(async () => {
      await stand.close()
      await shop.close()
    })

    it.each([
      ['Swahili', 'Asante sana, karibu tena! Jumla: TZS 12,500/= — duka la “Mama Asha”'],
      ['emoji', 'Malipo yamepokelewa 🙏🏾😀 5×2 = 10'],
      ['what forms escape', 'a+b=c & d%20e\nmstari wa pili; "x" \\ /?#'],
      ['500 characters', 'Risiti '.repeat(71)],
    ])('brings a text of %s to the handset unchanged', async (_name, body) => {
      const { sms } = must(stand.connect())
      const outcome = await sms.send(message({ body }))
      expect(outcome).toMatchObject({ ok: true })
      await expect.poll(() => itemsOf(stand, tested.phone).map((item) => item.text)).toContain(body)
      expect(stand.host.ledger().at(-1)).toMatchObject({
        kind: 'sms',
        phone: tested.phone,
        text: body,
        reference: outcome.ok ? outcome.value.providerReference : '',
      })
    })

    it('takes no refused recipient for a success', async () => {
      const { sms } = must(stand.connect())
      const before = stand.host.ledger().length
      const outcome = await sms.send(message({ to: tested.refusedPhone }))
      expect(outcome).toMatchObject({
        ok: false,
        error: { kind: expect.stringMatching(/^(recipient|rejected)$/) },
      })
      expect(stand.host.ledger()).toHaveLength(before)
    })

    it.each(tested.falseSuccesses)('takes HTTP %i %s for no success', async (status, body) => {
      const fixed = await openFixed(status, body)
      const outcome = await must(stand.connect({ baseUrl: fixed.url })).sms.send(message())
      await fixed.close()
      expect(outcome.ok).toBe(false)
    })

    it.each(['', '<html>', '{', 'null', '[]', '{"a":1}'])(
      'takes a success status with %j for unknown',
      async (body) => {
        const fixed = await openFixed(200, body)
        const outcome = await must(stand.connect({ baseUrl: fixed.url })).sms.send(message())
        await fixed.close()
        expect(outcome).toMatchObject({ ok: false, error: { kind: 'unknownOutcome' } })
      },
    )

    it.each([
      ['timeoutAfterAccepting', 1],
      ['timeoutBeforeAccepting', 0],
    ] as const)('takes %s for an unknown outcome', async (fault, taken) => {
      const { sms } = must(stand.connect({}, 400))
      await stand.host.setFaults({ providers: { [tested.provider]: fault } })
      const before = stand.host.ledger().length
      expect(await sms.send(message())).toMatchObject({ ok: false, error: { kind: 'unknownOutcome' } })
      expect(stand.host.ledger()).toHaveLength(before + taken)
    })

    it('says offline when nothing can have left, and goes on when the line is back on the same port', async () => {
      const { sms, calls } = must(stand.connect())
      const nowhere = must(stand.connect({ baseUrl: `http://127.0.0.1:${await freePort()}` }))
      expect(await nowhere.sms.send(message())).toMatchObject({ ok: false, error: { kind: 'offline' } })
      await stand.host.setFaults({ line: 'off' })
      expect(await sms.send(message())).toMatchObject({
        ok: false,
        error: { kind: 'offline', reason: 'offline' },
      })
      await stand.host.setFaults({ line: 'on' })
      expect(await sms.send(message())).toMatchObject({ ok: true })
      expect(calls).toEqual([{ left: false }, { left: true }])
    })

    it.each([
      ['serverError', 'unknownOutcome'],
      ['throttled', 'throttled'],
      ['noBalance', 'balance'],
      ['wrongKey', 'credentials'],
    ] as const)('words %s as %s', async (fault, kind) => {
      const { sms } = must(stand.connect())
      await stand.host.setFaults({ providers: { [tested.provider]: fault } })
      const before = stand.host.ledger().length
      expect(await sms.send(message())).toMatchObject({ ok: false, error: { kind } })
      expect(stand.host.ledger()).toHaveLength(before)
    })

    it('waits for a slow provider and a slow line', async () => {
      const { sms } = must(stand.connect())
      await stand.host.setFaults({ line: 'slow', providers: { [tested.provider]: 'slow' } })
      expect(await sms.send(message())).toMatchObject({ ok: true })
    })

    it('proves address and key by a harmless call', async () => {
      const before = stand.host.ledger().length
      expect(await stand.connect().test()).toMatchObject({ ok: true })
      const secrets = Object.fromEntries(
        Object.keys(stand.account().secrets).map((name) => [name, 'wrong-secret-1']),
      )
      expect(await stand.connect({ secrets }).test()).toMatchObject({
        ok: false,
        error: { kind: 'credentials' },
      })
      expect(stand.host.ledger()).toHaveLength(before)
    })

    it('lets no secret and no number into any detail', async () => {
      const secrets = Object.fromEntries(
        Object.keys(stand.account().secrets).map((name) => [name, `canary/${name}+0123456789`]),
      )
      for (const status of [200, 400, 401, 429, 500]) {
        const echo = await openEcho(status)
        const { sms, test } = must(stand.connect({ secrets, baseUrl: echo.url }))
        const outcomes = [await sms.send(message()), await test()]
        await echo.close()
        expect(outcomes.map((outcome) => outcome.ok)).toEqual([false, false])
        expect(JSON.stringify(outcomes)).not.toMatch(/canary|Y2FuYXJ5/)
        expect(JSON.stringify(outcomes)).not.toContain(tested.phone.slice(1))
      }
    })

    describe.skipIf(tested.inventedReport === undefined)('with delivery reports', () => {
      const receiptsOf = (sms: Sms, reference: string): DeliveryReceipt[] =>
        shop.callbacks.flatMap((call) => {
          const receipt = sms.readDeliveryReceipt?.(call)
          return receipt?.providerReference === reference ? [receipt] : []
        })
      const send = async (sms: Sms) => {
        const outcome = await sms.send(message())
        return outcome.ok ? outcome.value.providerReference : 'refused'
      }

      it.each([
        ['now', ['sent', 'delivered']],
        ['twice', ['delivered', 'delivered', 'sent', 'sent']],
        ['outOfOrder', ['delivered', 'sent']],
        ['late', ['delivered', 'sent']],
      ] as const)('reads those that come %s', async (fault, states) => {
        const { sms } = must(stand.connect())
        await stand.host.setFaults({ callback: fault })
        const reference = await send(sms)
        const seen = () => receiptsOf(sms, reference).map((receipt) => receipt.state)
        await expect.poll(() => seen().length, { timeout: 5_000 }).toBe(states.length)
        const inOrder = fault === 'now' || fault === 'outOfOrder'
        expect(inOrder ? seen() : seen().toSorted()).toEqual(states)
        expect(receiptsOf(sms, reference)[0]).toMatchObject({ to: tested.phone, reason: null })
      })

      it('hears nothing when they never come', async () => {
        const { sms } = must(stand.connect())
        await stand.host.setFaults({ callback: 'never' })
        const lost = await send(sms)
        // Both reports would be here after 10 ms.
        await new Promise((done) => setTimeout(done, 200))
        expect(receiptsOf(sms, lost)).toEqual([])
      })

      it('reads a status nobody documented, and anything else, as no receipt', () => {
        const { sms } = must(stand.connect())
        const bodies = [tested.inventedReport ?? '', '', 'id=&status=', '{"id":"1"}', '%%%', '\u0000']
        for (const body of bodies) {
          expect(sms.readDeliveryReceipt?.({ method: 'POST', path: '/', headers: {}, body })).toBeNull()
        }
      })
    })
  })
}

function must(abilities: TestedAbilities) {
  if (abilities.sms === undefined) throw new Error('no SMS')
  return { sms: abilities.sms, calls: abilities.calls, test: abilities.test }
}

function itemsOf(stand: Stand, phone: string) {
  return stand.host.snapshot().phones.find((handset) => handset.phone === phone)?.items ?? []
}
