import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Currency } from '../../../src-preload/contract/money.ts'
import type { MobileMoney, PaymentReading, PromptRequest } from '../mobile-money.ts'
import type { Outcome } from '../outcome.ts'
import type { RawCallback } from '../provider.ts'
import type { PromptAnswer } from '../simulation.ts'
import { openEcho, openShop } from './sockets.ts'
import { createStand, freePort, type Stand, type TestedAbilities } from './stand.ts'

export interface MobileMoneyCase {
  readonly provider: string
  readonly currency: Currency
  /** A number of the provider's country, and one with nearly nothing in its wallet. */
  readonly phone: string
  readonly poorPhone: string
  /** A callback that says paid, for this reference and amount, as the provider would write it. */
  paidCallback(reference: string, amountMinor: number): string
  /** A callback with a result that no document knows. */
  inventedCallback(reference: string): string
}

const publicBase = 'https://kaunta.practice.example'

/** What every mobile-money provider must keep, whatever its wire looks like. */
export function mobileMoneyConformance(tested: MobileMoneyCase): void {
  describe('as mobile money', () => {
    let stand: Stand
    let shop: Awaited<ReturnType<typeof openShop>>
    let answer: PromptAnswer
    const request = (change: Partial<PromptRequest> = {}): PromptRequest => ({
      reference: '0197a9d0-0000-7000-8000-000000000001',
      phone: tested.phone,
      amountMinor: 123_400,
      currency: tested.currency,
      account: 'R-1042',
      description: 'Risiti',
      callbackUrl: `${publicBase}/hook/0197a9d0`,
      ...change,
    })

    beforeAll(async () => {
      stand = await createStand(tested.provider, { autoAnswer: () => answer })
      shop = await openShop()
      stand.host.mapAddress(publicBase, shop.url)
    })
    afterEach(() => stand.heal())
    afterAll(async () => {
      await stand.close()
      await shop.close()
    })

    const paid = async (money: MobileMoney) => {
      answer = { kind: 'pin', pin: '1234' }
      const raised = await money.raisePrompt(request())
      return { raised, reference: referenceOf(raised) }
    }

    it('raises a prompt, follows it to paid, and calls back with the same amount', async () => {
      const { mobileMoney } = must(stand.connect())
      const before = stand.host.ledger().length
      const { reference } = await paid(mobileMoney)
      expect(await finalReading(mobileMoney, reference)).toMatchObject({ state: 'completed' })
      await expect
        .poll(() => shop.callbacks.map((raw) => mobileMoney.readCallback(raw)?.providerReference))
        .toContain(reference)
      const reading = readingFor(mobileMoney, shop, reference)
      expect(reading).toMatchObject({ state: 'completed', amountMinor: 123_400 })
      expect(stand.host.ledger().slice(before)).toMatchObject([
        { kind: 'prompt', phone: tested.phone, amountMinor: 123_400, reference },
        { kind: 'payment', phone: tested.phone, amountMinor: 123_400, reference },
      ])
    })

    const answers: readonly (readonly [
      string,
      PromptAnswer,
      Partial<PromptRequest>,
      PaymentReading['state'],
      string,
    ])[] = [
      ['a wrong PIN', { kind: 'pin', pin: '9999' }, {}, 'failed', 'wrongPin'],
      [
        'too little money',
        { kind: 'pin', pin: '1234' },
        { phone: tested.poorPhone },
        'failed',
        'insufficientFunds',
      ],
      ['a customer who cancels', { kind: 'cancel' }, {}, 'cancelled', 'customerCancelled'],
      ['a customer who does not answer', { kind: 'ignore' }, {}, 'expired', 'noAnswer'],
    ]
    it.each(answers)('tells %s apart', async (_name, given, change, state, reason) => {
      const { mobileMoney } = must(stand.connect())
      answer = given
      const reference = referenceOf(await mobileMoney.raisePrompt(request(change)))
      const reading = await finalReading(mobileMoney, reference)
      expect(reading).toMatchObject({ state, reason })
    })

    it('takes silence after sending for an unknown outcome, and the prompt is there once', async () => {
      const { mobileMoney, calls } = must(stand.connect({}, 400))
      await stand.host.setFaults({ providers: { [tested.provider]: 'timeoutAfterAccepting' } })
      answer = { kind: 'cancel' }
      const before = prompts(stand)
      expect(await mobileMoney.raisePrompt(request())).toMatchObject({
        ok: false,
        error: { kind: 'unknownOutcome' },
      })
      expect(prompts(stand)).toBe(before + 1)
      expect(calls.every((call) => call.left)).toBe(true)
    })

    it('takes silence before acceptance for an unknown outcome as well, for it looks the same', async () => {
      const { mobileMoney } = must(stand.connect({}, 400))
      await stand.host.setFaults({ providers: { [tested.provider]: 'timeoutBeforeAccepting' } })
      const before = prompts(stand)
      expect(await mobileMoney.raisePrompt(request())).toMatchObject({
        ok: false,
        error: { kind: 'unknownOutcome' },
      })
      expect(prompts(stand)).toBe(before)
    })

    it('says offline when nothing can have left', async () => {
      const { mobileMoney, calls } = must(stand.connect({ baseUrl: `http://127.0.0.1:${await freePort()}` }))
      expect(await mobileMoney.raisePrompt(request())).toMatchObject({
        ok: false,
        error: { kind: 'offline' },
      })
      expect(calls).toEqual([{ left: false }])
    })

    it('treats a server error on a prompt as an unknown outcome', async () => {
      const { mobileMoney } = must(stand.connect())
      await stand.host.setFaults({ providers: { [tested.provider]: 'serverError' } })
      expect(await mobileMoney.raisePrompt(request())).toMatchObject({
        ok: false,
        error: { kind: 'unknownOutcome' },
      })
    })

    it('holds the account for a refused key, and says slow down when told so', async () => {
      const { mobileMoney } = must(stand.connect())
      await stand.host.setFaults({ providers: { [tested.provider]: 'wrongKey' } })
      expect(await mobileMoney.raisePrompt(request())).toMatchObject({
        ok: false,
        error: { kind: 'credentials' },
      })
      await stand.host.setFaults({ providers: { [tested.provider]: 'throttled' } })
      expect(await mobileMoney.raisePrompt(request())).toMatchObject({
        ok: false,
        error: { kind: 'throttled' },
      })
    })

    it('refuses by itself what the provider cannot carry, without a call', async () => {
      const { mobileMoney, calls } = must(stand.connect())
      const other: Currency = tested.currency === 'KES' ? 'TZS' : 'KES'
      for (const change of [
        { amountMinor: 0 },
        { amountMinor: 10_050 },
        { currency: other },
        { phone: '+447700900123' },
      ]) {
        const outcome = await mobileMoney.raisePrompt(request(change))
        expect(outcome).toMatchObject({
          ok: false,
          error: { kind: expect.stringMatching(/^(rejected|recipient)$/) },
        })
      }
      expect(calls).toEqual([])
    })

    it('says that a second prompt finds the phone busy', async () => {
      const { mobileMoney } = must(stand.connect())
      answer = { kind: 'ignore' }
      const first = await mobileMoney.raisePrompt(request())
      expect(await mobileMoney.raisePrompt(request())).toMatchObject({
        ok: false,
        error: { reason: 'phoneBusy' },
      })
      await finalReading(mobileMoney, referenceOf(first))
    })

    it('reads the same callback the same way twice, and an invented result as unknown', () => {
      const { mobileMoney } = must(stand.connect())
      const body = tested.paidCallback('ws-1', 5_000)
      expect(mobileMoney.readCallback(raw(body))).toEqual(mobileMoney.readCallback(raw(body)))
      expect(mobileMoney.readCallback(raw(body))?.reading).toMatchObject({
        state: 'completed',
        amountMinor: 5_000,
      })
      expect(mobileMoney.readCallback(raw(tested.inventedCallback('ws-1')))?.reading.state).toBe('unknown')
    })

    it.each([
      '',
      'null',
      '{}',
      '[]',
      '{"Body":null}',
      'ResultCode=0',
      '\u0000',
      '{"Body":{"stkCallback":[]}}',
    ])('takes %j for no callback of this provider', (body) => {
      expect(must(stand.connect()).mobileMoney.readCallback(raw(body))).toBeNull()
    })

    it('calls back twice, late, never and in the wrong order when told to', async () => {
      const { mobileMoney } = must(stand.connect())
      const seen = (reference: string) =>
        shop.callbacks.flatMap((call) => {
          const read = mobileMoney.readCallback(call)
          return read?.providerReference === reference ? [read.reading.state] : []
        })
      await stand.host.setFaults({ callback: 'twice' })
      const twice = (await paid(mobileMoney)).reference
      await expect.poll(() => seen(twice)).toEqual(['completed', 'completed'])
      await stand.host.setFaults({ callback: 'never' })
      const never = (await paid(mobileMoney)).reference
      await finalReading(mobileMoney, never)
      await stand.host.setFaults({ callback: 'outOfOrder' })
      const contradicted = (await paid(mobileMoney)).reference
      await expect.poll(() => seen(contradicted)).toEqual(['completed', 'expired'])
      await stand.host.setFaults({ callback: 'late' })
      const late = (await paid(mobileMoney)).reference
      await finalReading(mobileMoney, late)
      await expect.poll(() => seen(late)).toEqual(['completed'])
      expect(seen(never)).toEqual([])
    })

    it('proves address and key by a harmless call', async () => {
      const before = stand.host.ledger().length
      const good = await stand.connect().test()
      expect(good).toMatchObject({ ok: true })
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
      const echo = await openEcho(400)
      const outcomes = [
        await must(stand.connect({ secrets })).mobileMoney.raisePrompt(request()),
        await must(stand.connect({ secrets, baseUrl: echo.url })).mobileMoney.raisePrompt(request()),
        await stand.connect({ secrets, baseUrl: echo.url }).test(),
      ]
      await echo.close()
      for (const outcome of outcomes) {
        expect(outcome.ok).toBe(false)
        expect(JSON.stringify(outcome)).not.toMatch(/canary|Y2FuYXJ5/)
        expect(JSON.stringify(outcome)).not.toContain(tested.phone.slice(1))
      }
    })
  })
}

function raw(body: string): RawCallback {
  return { method: 'POST', path: '/', headers: { 'content-type': 'application/json' }, body }
}

function must(abilities: TestedAbilities) {
  if (abilities.mobileMoney === undefined) throw new Error('no mobile money')
  return { mobileMoney: abilities.mobileMoney, calls: abilities.calls }
}

function referenceOf(outcome: Outcome<{ readonly providerReference: string }>): string {
  if (!outcome.ok) throw new Error(`refused: ${outcome.error.kind} ${outcome.error.detail}`)
  return outcome.value.providerReference
}

function prompts(stand: Stand): number {
  return stand.host.ledger().filter((entry) => entry.kind === 'prompt').length
}

function readingFor(
  money: MobileMoney,
  shop: { readonly callbacks: readonly RawCallback[] },
  reference: string,
): PaymentReading | undefined {
  return shop.callbacks
    .map((call) => money.readCallback(call))
    .find((read) => read?.providerReference === reference)?.reading
}

/** Asks until the provider has made up its mind. */
async function finalReading(money: MobileMoney, reference: string): Promise<PaymentReading> {
  const last: { reading: PaymentReading } = { reading: { state: 'processing' } }
  await expect
    .poll(
      async () => {
        const outcome = await money.queryPrompt?.(reference)
        if (outcome?.ok === true) last.reading = outcome.value
        return last.reading.state
      },
      { timeout: 10_000 },
    )
    .not.toBe('processing')
  return last.reading
}
