import { describe, expect, it } from 'vitest'
import type { Currency } from '../../../src-preload/contract/money.ts'
import type { PromptRequest } from '../mobile-money.ts'
import type { PromptAnswer } from '../simulation.ts'
import { type Bench, type Ending, must, openCounter, raisedOf } from './mobile-money-bench.ts'
import { openEcho } from './sockets.ts'
import { freePort, realRandom } from './stand.ts'

/** Asking a customer for money, and what becomes of it. */
export function promptConformance(bench: Bench): void {
  const { tested } = bench

  describe('a prompt', () => {
    it('is raised and followed to paid, once', async () => {
      const { money } = bench.connect()
      const before = bench.stand.host.ledger().length
      const wallet = bench.wallet(tested.phone)
      const raised = await bench.raise(money)
      expect(raised.reading === null).toBe(money.promptAnswer === 'told')
      expect(await bench.settle(money, raised)).toMatchObject({ state: 'completed' })
      const happened = bench.stand.host.ledger().slice(before)
      expect(happened).toMatchObject([
        { kind: 'prompt', phone: tested.phone, amountMinor: 123_400 },
        { kind: 'payment', phone: tested.phone, amountMinor: 123_400 },
      ])
      for (const { reference } of happened) {
        expect([raised.references.own, raised.references.provider]).toContain(reference)
      }
      expect(wallet - bench.wallet(tested.phone)).toBe(123_400)
    })

    it('brings a receipt code in the form that is declared', async () => {
      const { money } = bench.connect()
      const { code } = await bench.paid(money)
      expect(code).toMatch(money.receiptCode)
      expect(`${code} ${code}`).not.toMatch(money.receiptCode)
    })

    const endings: readonly (readonly [string, PromptAnswer, Partial<PromptRequest>, Ending])[] = [
      [
        'a wrong PIN',
        { kind: 'pin', pin: '9999' },
        {},
        tested.endings?.wrongPin ?? { state: 'failed', reason: 'wrongPin' },
      ],
      [
        'too little money',
        { kind: 'pin', pin: '1234' },
        { phone: tested.poorPhone },
        tested.endings?.poor ?? { state: 'failed', reason: 'insufficientFunds' },
      ],
      [
        'a customer who cancels',
        { kind: 'cancel' },
        {},
        tested.endings?.cancel ?? { state: 'cancelled', reason: 'customerCancelled' },
      ],
      [
        'a customer who does not answer',
        { kind: 'ignore' },
        {},
        tested.endings?.ignore ?? { state: 'expired', reason: 'noAnswer' },
      ],
    ]
    it.each(endings)('ends unpaid by %s', async (_name, answer, change, ending) => {
      const { money } = bench.connect()
      bench.customer(answer)
      const before = bench.ledger('payment').length
      expect(await bench.settle(money, await bench.raise(money, change))).toMatchObject(ending)
      expect(bench.ledger('payment')).toHaveLength(before)
    })

    it('finds a busy phone where the network looks, and never takes the money of both for one', async () => {
      const { money } = bench.connect()
      bench.customer({ kind: 'ignore' })
      const before = bench.ledger('prompt').length
      const first = bench.raise(money)
      await expect.poll(() => bench.ledger('prompt').length, { interval: 2 }).toBe(before + 1)
      const command = bench.request()
      const second = await money.raisePrompt(command)
      if (tested.refusesBusyPhone) {
        expect(second).toMatchObject({ ok: false, error: { reason: 'phoneBusy' } })
      } else {
        const reading = await bench.settle(money, raisedOf(money, command.reference, second))
        expect(reading.state).not.toBe('completed')
      }
      const reading = await bench.settle(money, await first)
      expect(reading.state).not.toBe('completed')
    })
  })

  describe('a prompt whose answer was lost', () => {
    it('is unknown after sending, and is there once', async () => {
      const { money, calls } = bench.connect({}, 400)
      bench.customer({ kind: 'cancel' })
      await bench.fault('timeoutAfterAccepting')
      const before = bench.ledger('prompt').length
      const command = bench.request()
      expect(await money.raisePrompt(command)).toMatchObject({ ok: false, error: { kind: 'unknownOutcome' } })
      expect(bench.ledger('prompt')).toHaveLength(before + 1)
      expect(calls.every((call) => call.left)).toBe(true)
    })

    it('is unknown before acceptance as well, for it looks the same', async () => {
      const { money } = bench.connect({}, 400)
      await bench.fault('timeoutBeforeAccepting')
      const before = bench.ledger('prompt').length
      expect(await money.raisePrompt(bench.request())).toMatchObject({
        ok: false,
        error: { kind: 'unknownOutcome' },
      })
      expect(bench.ledger('prompt')).toHaveLength(before)
    })

    if (bench.can('queryPrompt') && bench.can('ownReference')) {
      it('is found by asking by our own name for it, or is not known there', async () => {
        const { money } = bench.connect({}, 400)
        await bench.fault('timeoutAfterAccepting')
        const accepted = bench.request()
        await money.raisePrompt(accepted)
        await bench.fault('timeoutBeforeAccepting')
        const lost = bench.request()
        await money.raisePrompt(lost)
        await bench.heal()
        const unanswered = (id: string) => ({
          id,
          references: { own: money.ownReference(id), provider: null },
          reading: null,
        })
        expect(await bench.settle(money, unanswered(accepted.reference))).toMatchObject({
          state: 'completed',
        })
        const asked = await must(money.queryPrompt)(unanswered(lost.reference).references)
        if (money.notFoundProvesAfterMs === null) {
          expect(['notFound', 'unknown']).toContain(asked.ok && asked.value.state)
        } else {
          expect(asked).toMatchObject({ ok: true, value: { state: 'notFound' } })
        }
      })
    }

    if (tested.reports !== null) {
      it('is told of by its report all the same', async () => {
        const { money } = bench.connect({}, 400)
        await bench.fault('timeoutAfterAccepting')
        const command = bench.request()
        await money.raisePrompt(command)
        const lost = {
          id: command.reference,
          references: { own: money.ownReference(command.reference), provider: null },
        }
        await expect
          .poll(() => bench.reports(money, lost))
          .toMatchObject([{ reading: { state: 'completed' } }])
      })
    }
  })

  describe('our own name for a payment', () => {
    it('is the same for the same id for ever, and never the same for two', () => {
      const { money } = bench.connect()
      const first = '0197a9d0-0000-7000-8000-000000000001'
      const neighbours = Array.from(
        { length: 4_096 },
        (_, n) => `${first.slice(0, -3)}${n.toString(16).padStart(3, '0')}`,
      )
      const names = neighbours.map((id) => money.ownReference(id))
      expect(names).toEqual(neighbours.map((id) => bench.connect().money.ownReference(id)))
      expect(new Set(names).size).toBe(bench.can('ownReference') ? 4_096 : 1)
      expect(money.ownReference(first) === null).toBe(!bench.can('ownReference'))
    })

    if (bench.can('ownReference')) {
      it('is recognised when it comes again: never a second charge, never called refused', async () => {
        const { money } = bench.connect()
        const command = bench.request()
        const before = bench.ledger('prompt').length
        const first = await bench.raise(money, command)
        await bench.settle(money, first)
        const again = await money.raisePrompt(command)
        if (!again.ok) expect(again.error.kind).toBe('unknownOutcome')
        expect(bench.ledger('prompt')).toHaveLength(before + 1)
        expect(
          bench
            .ledger('payment')
            .filter((entry) => entry.reference === bench.ledger('prompt').at(-1)?.reference),
        ).toHaveLength(1)
      })
    }
  })

  refusals(bench)
  secrets(bench)
}

function refusals(bench: Bench): void {
  const { tested } = bench

  describe('a refusal', () => {
    it('is offline when nothing can have left', async () => {
      const { money, calls } = bench.connect({ baseUrl: `http://127.0.0.1:${await freePort()}` })
      expect(await money.raisePrompt(bench.request())).toMatchObject({
        ok: false,
        error: { kind: 'offline' },
      })
      expect(calls).toEqual([{ left: false }])
    })

    it.each([
      ['serverError', 'unknownOutcome'],
      ['wrongKey', 'credentials'],
      ['throttled', 'throttled'],
    ] as const)('worded as %s means %s', async (fault, kind) => {
      const { money } = bench.connect()
      await bench.fault(fault)
      const before = bench.ledger('prompt').length
      expect(await money.raisePrompt(bench.request())).toMatchObject({ ok: false, error: { kind } })
      expect(bench.ledger('prompt')).toHaveLength(before)
    })

    it('needs no call for what the network cannot carry', async () => {
      const { money, calls } = bench.connect()
      const other: Currency = tested.currency === 'KES' ? 'TZS' : 'KES'
      const changes: Partial<PromptRequest>[] = [
        { amountMinor: 0 },
        { amountMinor: money.amount.minMinor - 1 },
        { amountMinor: money.amount.maxMinor + 100 },
        ...(money.amount.wholeUnits ? [{ amountMinor: 10_050 }] : []),
        { currency: other },
        { phone: '+447700900123' },
        { phone: tested.currency === 'KES' ? '+255712345678' : '+254712345678' },
      ]
      for (const change of changes) {
        expect(await money.raisePrompt(bench.request(change))).toMatchObject({
          ok: false,
          error: { kind: expect.stringMatching(/^(rejected|recipient)$/) },
        })
      }
      expect(calls).toEqual([])
    })

    if (bench.can('queryPrompt')) {
      it('is none when the network does not know the name: it is not found, and that says so', async () => {
        const { money } = bench.connect()
        const own = money.ownReference(realRandom.id())
        const asked = await must(money.queryPrompt)({ own, provider: own === null ? 'ws_CO_NOBODY' : null })
        if (money.notFoundProvesAfterMs === null) {
          expect(['notFound', 'unknown']).toContain(asked.ok && asked.value.state)
        } else {
          expect(asked).toMatchObject({ ok: true, value: { state: 'notFound' } })
        }
      })
    }
  })
}

function secrets(bench: Bench): void {
  const { tested } = bench

  describe('keys', () => {
    it('are proved by a harmless call', async () => {
      const before = bench.stand.host.ledger().length
      expect(await bench.connect().test()).toMatchObject({ ok: true })
      const wrong = bench.connect({ secrets: bench.secrets(() => 'wrong-secret-1') })
      expect(await wrong.test()).toMatchObject({ ok: false, error: { kind: 'credentials' } })
      expect(bench.stand.host.ledger()).toHaveLength(before)
    })

    it('make one token for many calls, fetched once even when all want it at the same time', async () => {
      const counter = await openCounter(bench.account().baseUrl)
      const { money, test } = bench.connect({ baseUrl: counter.url })
      await test()
      const session = counter.paths[0]
      const fetched = () => counter.paths.filter((path) => path === session).length
      const fresh = bench.connect({ baseUrl: counter.url })
      const before = fetched()
      bench.customer({ kind: 'cancel' })
      const phones = Array.from({ length: 5 }, (_, n) => `${tested.phone.slice(0, -1)}${n}`)
      const all = await Promise.all(phones.map((phone) => fresh.money.raisePrompt(bench.request({ phone }))))
      expect(all.every((outcome) => outcome.ok)).toBe(true)
      await fresh.money.raisePrompt(bench.request({ phone: `${tested.phone.slice(0, -1)}9` }))
      expect(fetched() - before).toBe(1)
      expect(money.promptWindowMs).toBeGreaterThan(0)
      await counter.close()
    })

    it('stand in no detail, and no number does', async () => {
      const canaries = bench.secrets((name) => `canary/${name}+0123456789`)
      const outcomes: { readonly ok: boolean }[] = []
      for (const status of [400, 500]) {
        const echo = await openEcho(status)
        for (const baseUrl of [bench.account().baseUrl, echo.url]) {
          const { money, test } = bench.connect({ secrets: canaries, baseUrl })
          const known = { own: money.ownReference(realRandom.id()), provider: 'ws_CO_1' }
          const asked = { reference: realRandom.id(), callbackUrl: bench.request().callbackUrl }
          const paid = { id: '1', references: known, reading: null, code: 'SFF6XYZ123' }
          outcomes.push(
            await money.raisePrompt(bench.request()),
            await test(),
            ...(money.queryPrompt === undefined ? [] : [await money.queryPrompt(known)]),
            ...(money.reverse === undefined ? [] : [await money.reverse.send(bench.refund(paid))]),
            ...(money.payOut === undefined ? [] : [await money.payOut.send(bench.payOut())]),
            ...(money.balance === undefined ? [] : [await money.balance(asked)]),
            ...(money.queryCode === undefined
              ? []
              : [await money.queryCode({ ...asked, code: 'SFF6XYZ123' })]),
          )
        }
        await echo.close()
      }
      for (const outcome of outcomes) {
        expect(outcome.ok).toBe(false)
        expect(JSON.stringify(outcome)).not.toMatch(/canary|Y2FuYXJ5/)
        expect(JSON.stringify(outcome)).not.toContain(tested.phone.slice(1))
        expect(JSON.stringify(outcome)).not.toContain(tested.phone.slice(4))
      }
    })
  })
}
