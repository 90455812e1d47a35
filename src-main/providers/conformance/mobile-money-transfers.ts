import { describe, expect, it } from 'vitest'
import type { Balance } from '../mobile-money.ts'
import { type Bench, callbackUrl, must, raisedOf } from './mobile-money-bench.ts'
import { realRandom } from './stand.ts'

/** Money that goes the other way, and what the shop's own purse holds. */
export function transferConformance(bench: Bench): void {
  if (bench.can('reverse')) reversals(bench)
  if (bench.can('payOut')) payOuts(bench)
  if (bench.can('balance')) balances(bench)
}

function reversals(bench: Bench): void {
  const { tested } = bench

  describe('a reversal', () => {
    it('gives the whole payment back, once', async () => {
      const { money } = bench.connect()
      const reverse = must(money.reverse)
      const paid = await bench.paid(money)
      const before = { wallet: bench.wallet(tested.phone), count: bench.ledger('reversal').length }
      const command = bench.refund(paid)
      const raised = raisedOf(money, command.reference, await reverse.send(command))
      expect(await bench.settleTransfer(money, raised, reverse.query)).toMatchObject({ state: 'completed' })
      expect(bench.wallet(tested.phone) - before.wallet).toBe(123_400)
      expect(bench.ledger('reversal').slice(before.count)).toMatchObject([
        { phone: tested.phone, amountMinor: 123_400 },
      ])
      const again = bench.refund(paid)
      const second = await reverse.send(again)
      if (second.ok) {
        const reading = await bench.settleTransfer(
          money,
          raisedOf(money, again.reference, second),
          reverse.query,
        )
        expect(reading.state).toBe('failed')
      }
      expect(bench.ledger('reversal')).toHaveLength(before.count + 1)
    })

    it('gives a part back only where the network does', async () => {
      const { money } = bench.connect()
      const reverse = must(money.reverse)
      expect(reverse.partial).toBe(bench.can('partialReversal'))
      if (!reverse.partial) return
      const paid = await bench.paid(money)
      const command = bench.refund(paid, { amountMinor: 23_400 })
      const raised = raisedOf(money, command.reference, await reverse.send(command))
      expect(await bench.settleTransfer(money, raised, reverse.query)).toMatchObject({ state: 'completed' })
      expect(bench.ledger('reversal').at(-1)).toMatchObject({ amountMinor: 23_400 })
    })

    it('needs the receipt code only where that is declared', async () => {
      const { money, calls } = bench.connect()
      const reverse = must(money.reverse)
      if (!reverse.needsCode) return
      const outcome = await reverse.send(
        bench.refund(
          { id: '1', references: { own: null, provider: null }, reading: null, code: '' },
          { receiptCode: null },
        ),
      )
      expect(outcome).toMatchObject({ ok: false, error: { kind: 'rejected' } })
      expect(calls).toEqual([])
    })

    it('is unknown when its answer is lost', async () => {
      const paid = await bench.paid(bench.connect().money)
      const { money } = bench.connect({}, 400)
      await bench.fault('timeoutAfterAccepting')
      const command = bench.refund(paid)
      expect(await must(money.reverse).send(command)).toMatchObject({
        ok: false,
        error: { kind: 'unknownOutcome' },
      })
      await expect.poll(() => bench.ledger('reversal').at(-1)).toMatchObject({ amountMinor: 123_400 })
    })
  })
}

function payOuts(bench: Bench): void {
  const { tested } = bench

  describe('a payout', () => {
    it('reaches the phone', async () => {
      const { money } = bench.connect()
      const payOut = must(money.payOut)
      const before = { wallet: bench.wallet(tested.phone), count: bench.ledger('payout').length }
      const command = bench.payOut()
      const raised = raisedOf(money, command.reference, await payOut.send(command))
      expect(await bench.settleTransfer(money, raised, payOut.query)).toMatchObject({ state: 'completed' })
      expect(bench.wallet(tested.phone) - before.wallet).toBe(50_000)
      expect(bench.ledger('payout').slice(before.count)).toMatchObject([
        { phone: tested.phone, amountMinor: 50_000 },
      ])
    })

    it('whose answer was lost is unknown, and is found by asking or by its report, once', async () => {
      const { money } = bench.connect({}, 400)
      const payOut = must(money.payOut)
      await bench.fault('timeoutAfterAccepting')
      const before = bench.ledger('payout').length
      const command = bench.payOut()
      expect(await payOut.send(command)).toMatchObject({ ok: false, error: { kind: 'unknownOutcome' } })
      await bench.heal()
      const lost = {
        id: command.reference,
        references: { own: money.ownReference(command.reference), provider: null },
        reading: null,
      }
      if (payOut.query !== undefined || (tested.reports !== null && tested.reports.ofTransfers !== false)) {
        expect(await bench.settleTransfer(money, lost, payOut.query)).toMatchObject({ state: 'completed' })
      }
      expect(bench.ledger('payout')).toHaveLength(before + 1)
    })

    it('that comes again under the same name is never paid twice, and never called refused', async () => {
      const { money } = bench.connect()
      const payOut = must(money.payOut)
      const before = bench.ledger('payout').length
      const command = bench.payOut()
      const raised = raisedOf(money, command.reference, await payOut.send(command))
      await bench.settleTransfer(money, raised, payOut.query)
      const again = await payOut.send(command)
      if (!again.ok) expect(again.error.kind).toBe('unknownOutcome')
      expect(bench.ledger('payout')).toHaveLength(before + 1)
    })

    it('says that the shop’s own purse is short', async () => {
      const { money } = bench.connect()
      const payOut = must(money.payOut)
      await bench.fault('noBalance')
      const before = bench.ledger('payout').length
      const command = bench.payOut()
      const outcome = await payOut.send(command)
      if (outcome.ok) {
        const raised = raisedOf(money, command.reference, outcome)
        expect(await bench.settleTransfer(money, raised, payOut.query)).toMatchObject({
          state: 'failed',
          reason: 'balance',
        })
      } else {
        expect(outcome).toMatchObject({ error: { kind: 'balance', reason: 'balance' } })
      }
      expect(bench.ledger('payout')).toHaveLength(before)
    })

    it('needs no call for what the network cannot carry', async () => {
      const { money, calls } = bench.connect()
      const payOut = must(money.payOut)
      for (const change of [
        { amountMinor: payOut.amount.minMinor - 1 },
        { amountMinor: payOut.amount.maxMinor + 100 },
        { phone: '+447700900123' },
      ]) {
        expect(await payOut.send(bench.payOut(change))).toMatchObject({
          ok: false,
          error: { kind: expect.stringMatching(/^(rejected|recipient)$/) },
        })
      }
      expect(calls).toEqual([])
    })
  })
}

function balances(bench: Bench): void {
  it('tells what the shop’s purses hold', async () => {
    const { money } = bench.connect()
    const id = realRandom.id()
    const asked = await must(money.balance)({ reference: id, callbackUrl: callbackUrl(id) })
    if (!asked.ok) throw new Error(asked.error.detail)
    const told: { purses: readonly Balance[] } = {
      purses: asked.value.kind === 'now' ? asked.value.value : [],
    }
    if (asked.value.kind === 'reported') {
      const raised = { id, references: { own: null, provider: asked.value.providerReference } }
      await expect.poll(() => bench.reports(money, raised)).toMatchObject([{ about: 'balance' }])
      const [report] = bench.reports(money, raised)
      if (report?.about === 'balance') told.purses = report.balances
    }
    expect(told.purses.length).toBeGreaterThan(0)
    for (const purse of told.purses) {
      expect(purse).toMatchObject({ name: expect.stringMatching(/\w/), currency: bench.tested.currency })
      expect(Number.isSafeInteger(purse.availableMinor)).toBe(true)
    }
  })
}
