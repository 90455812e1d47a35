import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Payment } from '../../src-preload/contract/payments.ts'
import { type ManualClock, manualClock } from '../../test/fixtures/manual-clock.ts'
import { createNetwork, type Network, readings, type Truth } from '../../test/fixtures/network.ts'
import { type OpenShop, openShop, scriptedAccount, scriptedProvider } from '../../test/fixtures/shop.ts'
import { tempFolder } from '../../test/fixtures/temp-folder.ts'
import { isOpen } from './transitions.ts'

type Command =
  | { readonly do: 'raise' }
  | { readonly do: 'reply'; readonly how: 'accepted' | 'lostAfter' | 'lostBefore' | 'rejected' | 'offline' }
  | { readonly do: 'customer'; readonly answer: Exclude<Truth['answer'], 'none'> }
  | { readonly do: 'callback'; readonly how: 'true' | 'forgedPaid' | 'wrongAmount' | 'unknownReference' }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'line'; readonly up: boolean }
  | { readonly do: 'check' }
  | { readonly do: 'decide'; readonly outcome: 'paid' | 'notPaid' }
  | { readonly do: 'clock'; readonly ms: number }
  | { readonly do: 'restart' }

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ do: 'raise' } as const) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('reply' as const),
      how: fc.constantFrom('accepted', 'accepted', 'lostAfter', 'lostBefore', 'rejected', 'offline'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('customer' as const),
      answer: fc.constantFrom('paid', 'paid', 'cancelled', 'wrongPin', 'noAnswer'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('callback' as const),
      how: fc.constantFrom('true', 'true', 'true', 'forgedPaid', 'wrongAmount', 'unknownReference'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(100, 4_000, 30_000, 130_000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('line' as const), up: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant({ do: 'check' } as const) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('decide' as const), outcome: fc.constantFrom('paid', 'notPaid') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('clock' as const), ms: fc.constantFrom(-3_600_000, 3_600_000) }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'restart' } as const) },
)

type Act = (command: Command) => unknown

/** One sale under test: what may be done to it, and what must hold after each step. */
class SaleWalk {
  readonly #shop: () => OpenShop
  readonly #network: Network
  readonly #saleId: string
  readonly #completed = new Set<string>()
  readonly #decided = new Map<string, 'paid' | 'notPaid'>()

  constructor(shop: () => OpenShop, network: Network, saleId: string) {
    this.#shop = shop
    this.#network = network
    this.#saleId = saleId
  }

  async payments(): Promise<Payment[]> {
    return (await this.#shop().client.payments.list({ saleId: this.#saleId, limit: 200 })).rows
  }

  /** The open one; a clock that was set back lists it below older ones. */
  async #current(): Promise<Payment | undefined> {
    const payments = await this.payments()
    return payments.find((payment) => isOpen(payment.state)) ?? payments[0]
  }

  latest(): Truth | undefined {
    return [...this.#network.truths.values()].at(-1)
  }

  #truthOf(payment: Payment): Truth | undefined {
    return [...this.#network.truths.values()].find((truth) => truth.paymentId === payment.id)
  }

  async raise(): Promise<void> {
    const before = await this.payments()
    const free = before.every((payment) => !isOpen(payment.state) && payment.state !== 'completed')
    const raised = await this.#shop()
      .client.payments.raise({ saleId: this.#saleId, phone: '0712345678' })
      .then(
        () => true,
        (error: { readonly code?: string }) => {
          expect(['PROMPT_ALIVE', 'SALE_PAID']).toContain(error.code)
          return false
        },
      )
    expect(raised).toBe(free)
  }

  callback(how: 'true' | 'forgedPaid' | 'wrongAmount' | 'unknownReference'): void {
    const truth = this.latest()
    if (truth === undefined || (how === 'true' && truth.answer === 'none')) return
    const paid = {
      state: 'completed',
      receiptCode: `R${truth.paymentId.slice(-9)}`,
      amountMinor: truth.amountMinor,
    } as const
    const said = how === 'true' && truth.answer !== 'paid' ? readings[truth.answer] : paid
    const reading = how === 'wrongAmount' ? { ...paid, amountMinor: truth.amountMinor - 100 } : said
    const stranger = how === 'unknownReference'
    const path = stranger
      ? truth.callbackPath.replace(/[^/]+$/, '00000000-0000-7000-8000-000000000000')
      : truth.callbackPath
    const body = JSON.stringify({
      about: 'money',
      references: { own: null, provider: stranger ? 'ref-nobody' : truth.reference },
      reading,
    })
    this.#shop().companion.callbacks.receive({ method: 'POST', path, headers: {}, body })
  }

  async check(): Promise<void> {
    const payment = await this.#current()
    if (payment !== undefined) await this.#shop().client.payments.checkNow({ id: payment.id })
  }

  async decide(outcome: 'paid' | 'notPaid'): Promise<void> {
    const payment = await this.#current()
    if (payment?.state !== 'unknown') return
    this.#decided.set(payment.id, outcome)
    await this.#shop().client.payments.decide({ id: payment.id, outcome, note: 'asked the customer' })
  }

  /** What must be true at every moment. */
  async hold(): Promise<void> {
    const payments = await this.payments()
    expect(payments.filter((payment) => isOpen(payment.state)).length).toBeLessThanOrEqual(1)
    const { tenders } = await this.#shop().client.sales.get({ id: this.#saleId })
    const completed = payments.filter((payment) => payment.state === 'completed').map((payment) => payment.id)
    expect(new Set(tenders.map((tender) => tender.paymentId))).toEqual(new Set(completed))
    expect(tenders).toHaveLength(completed.length)
    for (const payment of payments) {
      const answer = this.#truthOf(payment)?.answer
      const word = this.#decided.get(payment.id)
      if (this.#completed.has(payment.id)) expect(payment.state).toBe('completed')
      if (payment.state === 'completed') {
        this.#completed.add(payment.id)
        expect(answer === 'paid' || word === 'paid').toBe(true)
      }
      if (payment.state === 'failed' || payment.state === 'cancelled' || payment.state === 'expired') {
        expect(answer !== 'paid' || word === 'notPaid').toBe(true)
      }
    }
  }

  /** What must be true once the line is up and everything was asked: what the network knows has arrived. */
  async arrived(): Promise<boolean> {
    const payments = await this.payments()
    for (const payment of payments) {
      const known = this.#truthOf(payment)
      const { events } = await this.#shop().client.payments.get({ id: payment.id })
      const hasReference = events.some((event) => event.source === 'reply' && event.to === 'prompted')
      if (known === undefined || this.#decided.has(payment.id) || !hasReference) continue
      expect([payment.id, payment.state]).toEqual([payment.id, readings[known.answer].state])
    }
    return payments.some((payment) => payment.state === 'completed')
  }

  async end(): Promise<void> {
    await this.decide('notPaid')
    await this.#shop().client.sales.finish({ id: this.#saleId })
  }
}

/** Plays random orders of events; counts the runs in which money moved. */
async function walk(
  network: Network,
  numRuns: number,
): Promise<{ failed: boolean; words: string; runs: number; paid: number }> {
  const folder = tempFolder()
  const clock = manualClock()
  const provider = scriptedProvider({ mobileMoney: network.money })
  let shop = await openShop(folder, clock, provider)
  const settings = await shop.client.settings.get()
  await shop.client.settings.save({ ...settings, country: 'KE', currency: 'KES', zone: 'Africa/Nairobi' })
  await shop.client.accounts.save(scriptedAccount)
  let paid = 0
  let runs = 0

  async function play(commands: readonly Command[]): Promise<void> {
    network.setLine(true)
    network.truths.clear()
    network.forget()
    const { id } = await shop.client.sales.current()
    await shop.client.sales.saveDraft({
      id,
      lines: [{ name: 'Sukari', quantityMilli: 1000, unitPriceMinor: 12_300 }],
    })
    const sale = new SaleWalk(() => shop, network, id)
    const acts: Readonly<Record<Command['do'], Act>> = {
      raise: () => sale.raise(),
      reply: (step) => step.do === 'reply' && network.reply(step.how),
      customer: (step) => {
        const truth = sale.latest()
        if (step.do === 'customer' && truth?.answer === 'none') truth.answer = step.answer
      },
      callback: (step) => step.do === 'callback' && sale.callback(step.how),
      wait: (step) => step.do === 'wait' && clock.advance(step.ms),
      line: (step) => step.do === 'line' && network.setLine(step.up),
      check: () => sale.check(),
      decide: (step) => step.do === 'decide' && sale.decide(step.outcome),
      clock: (step) => step.do === 'clock' && clock.jumpWall(step.ms),
      restart: async () => {
        await shop.companion.close()
        network.forget()
        shop = await openShop(folder, clock, provider)
      },
    }
    for (const step of commands) {
      await acts[step.do](step)
      await clock.advance(0)
      await sale.hold()
    }
    await calmDown(clock, sale)
    if (await sale.arrived()) paid += 1
    runs += 1
    await sale.end()
  }

  async function calmDown(time: ManualClock, sale: SaleWalk): Promise<void> {
    network.setLine(true)
    network.reply('accepted')
    await time.advance(0)
    const truth = sale.latest()
    if (truth?.answer === 'none') truth.answer = 'paid'
    await time.advance(11 * 60_000)
    await sale.hold()
  }

  const result = await fc.check(fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 18 }), play), {
    numRuns,
    endOnFailure: true,
  })
  await shop.companion.close()
  return {
    failed: result.failed,
    words: `${fc.defaultReportMessage(result) ?? ''} ${String(result.errorInstance)}`,
    runs,
    paid,
  }
}

describe('payments under every order of replies, callbacks, questions, kills and clock jumps', () => {
  const numRuns = Number(process.env.KAUNTA_PROPERTY_RUNS ?? 2_000)

  it('never show a state that the network’s own ledger does not support', async () => {
    const { failed, words, runs, paid } = await walk(createNetwork(), numRuns)
    expect(failed, words).toBe(false)
    expect(runs).toBe(numRuns)
    // The walk is worth something only when money moves in a good part of it.
    expect(paid).toBeGreaterThan(numRuns / 10)
  }, 600_000)

  it('has teeth: a network whose unsigned callbacks are believed is caught', async () => {
    const { failed, words } = await walk(createNetwork('signed'), 300)
    expect(failed, words).toBe(true)
  }, 600_000)
})
