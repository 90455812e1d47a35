import { describe, expect, it } from 'vitest'
import type { MobileMoney, MoneyReading } from '../mobile-money.ts'
import type { RawCallback } from '../provider.ts'
import { type Bench, callbackUrl, must, type ReportCase } from './mobile-money-bench.ts'
import { realRandom } from './stand.ts'

/** What a network tells by itself. */
export function reportConformance(bench: Bench): void {
  describe('what is no report of this network', () => {
    it.each([
      '',
      'null',
      '{}',
      '[]',
      '{"Body":null}',
      '{"transaction":[]}',
      'ResultCode=0',
      '\u0000',
      '<COMMAND>',
      '<?xml?>',
    ])('%j is taken for none, and answered all the same', (body) => {
      const { money } = bench.connect()
      for (const contentType of ['application/json', 'application/xml']) {
        const stranger: RawCallback = {
          method: 'POST',
          path: '/',
          headers: { 'content-type': contentType },
          body,
        }
        expect(money.readReport(stranger)).toBeNull()
        expect(money.acknowledge(stranger).status).toBeGreaterThanOrEqual(200)
        expect(money.acknowledge(stranger)).toEqual(money.acknowledge(stranger))
      }
    })
  })
  if (bench.tested.reports !== null) promptReports(bench, bench.tested.reports)
  if (bench.can('customerPayments')) customerPayments(bench)
}

function promptReports(bench: Bench, wire: ReportCase): void {
  const { tested } = bench
  const references = (money: MobileMoney) => ({
    own: money.ownReference(realRandom.id()),
    provider: 'ws_CO_1',
  })
  const states = (money: MobileMoney, raised: Parameters<Bench['reports']>[1]): MoneyReading['state'][] =>
    bench.reports(money, raised).flatMap((report) => (report.about === 'money' ? [report.reading.state] : []))

  describe('a report', () => {
    it('says the same twice, whose payment it is, how far it may be trusted, and what was paid', () => {
      const { money } = bench.connect()
      const known = references(money)
      const raw = wire.paid(known, 5_000)
      const report = money.readReport(raw)
      expect(report).toEqual(money.readReport(raw))
      expect(report).toMatchObject({
        trust: wire.trust,
        about: 'money',
        reading: { state: 'completed', amountMinor: wire.carriesAmount ? 5_000 : null },
      })
      const named = report?.about === 'money' ? report.references : null
      expect([known.own, known.provider]).toEqual(expect.arrayContaining([named?.own ?? named?.provider]))
    })

    it('with a result that nobody documented is unknown', () => {
      const { money } = bench.connect()
      expect(money.readReport(wire.invented(references(money)))).toMatchObject({
        about: 'money',
        reading: { state: 'unknown' },
      })
    })

    it('is acknowledged exactly as the documents ask', () => {
      const { money } = bench.connect()
      for (const raw of [wire.paid(references(money), 5_000), wire.invented(references(money))]) {
        expect(money.acknowledge(raw)).toEqual(wire.acknowledgement(raw))
      }
    })

    it('is forged when its signature is missing or does not fit, where there is one', () => {
      const { money } = bench.connect()
      const forgeries = wire.forge(wire.paid(references(money), 5_000))
      expect(forgeries.length > 0).toBe(wire.trust === 'signed')
      for (const forgery of forgeries) expect(money.readReport(forgery)?.trust).toBe('forged')
    })

    it('comes from the network itself as trustworthy as declared, with the amount that was paid', async () => {
      const { money } = bench.connect()
      const raised = await bench.raise(money)
      await expect
        .poll(() => bench.reports(money, raised))
        .toMatchObject([
          {
            trust: wire.trust,
            about: 'money',
            reading: { state: 'completed', amountMinor: wire.carriesAmount ? 123_400 : null },
          },
        ])
    })

    it.each(['twice', 'late', 'never', 'outOfOrder'] as const)('can come %s', async (callback) => {
      const { money } = bench.connect()
      await bench.stand.host.setFaults({ callback })
      const raised = await bench.raise(money)
      if (bench.can('queryPrompt'))
        expect(await bench.settle(money, raised)).toMatchObject({ state: 'completed' })
      const told = () => states(money, raised)
      if (callback === 'twice') await expect.poll(told).toEqual(['completed', 'completed'])
      if (callback === 'late') await expect.poll(told).toEqual(['completed'])
      if (callback === 'outOfOrder') {
        await expect.poll(() => told().length).toBe(2)
        expect(told().filter((state) => state === 'completed')).toHaveLength(1)
      }
      if (callback === 'never') {
        // Healed before the customer has paid, the network would tell after all.
        const { own, provider } = raised.references
        const paid = () =>
          bench.ledger('payment').filter(({ reference }) => reference === own || reference === provider)
        await expect.poll(paid).toHaveLength(1)
        await bench.heal()
        const next = await bench.raise(money, { phone: tested.poorPhone })
        await expect.poll(() => states(money, next)).toHaveLength(1)
        expect(told()).toEqual([])
      }
    })

    it('is sent again only where the network does that, and only until it is acknowledged', async () => {
      const { money } = bench.connect()
      bench.acknowledges(false)
      const unheard = await bench.raise(money)
      await expect.poll(() => states(money, unheard).length).toBeGreaterThan(0)
      if (wire.repeatsUnacknowledged)
        await expect.poll(() => states(money, unheard).length).toBeGreaterThan(1)
      bench.acknowledges(true)
      const heard = await bench.raise(money)
      await expect.poll(() => states(money, heard).length).toBe(1)
      const later = await bench.raise(money)
      await expect.poll(() => states(money, later).length).toBe(1)
      expect(states(money, heard)).toHaveLength(1)
      if (!wire.repeatsUnacknowledged) expect(states(money, unheard)).toHaveLength(1)
    })
  })
}

function customerPayments(bench: Bench): void {
  const { tested } = bench

  describe('money that a customer pays by himself', () => {
    it('is told of with code, amount, account and time', async () => {
      const { money } = bench.connect()
      const registered = await money.registerNotices?.(callbackUrl('notices'))
      if (registered !== undefined) expect(registered).toMatchObject({ ok: true })
      const before = bench.wallet(tested.phone)
      const paid = bench.stand.host.payByHand(tested.provider, {
        phone: tested.phone,
        amountMinor: 250_000,
        account: 'R77',
      })
      expect(paid?.code).toMatch(money.receiptCode)
      expect(before - bench.wallet(tested.phone)).toBe(250_000)
      const code = paid?.code ?? ''
      await expect.poll(() => noticesOf(bench, money, code)).toHaveLength(1)
      const [notice] = noticesOf(bench, money, code)
      expect(notice?.payment).toMatchObject({
        amountMinor: 250_000,
        currency: tested.currency,
        account: 'R77',
        phoneShown: expect.stringMatching(/\d/),
      })
      expect([null, tested.phone]).toContain(notice?.payment.phone)
      expect(Math.abs((notice?.payment.paidAt ?? 0) - Date.now())).toBeLessThan(600_000)
      expect(notice?.trust).not.toBe('forged')
      expect(bench.ledger('payment').at(-1)).toMatchObject({ amountMinor: 250_000, reference: code })
      const handset = bench.stand.host.snapshot().phones.find((known) => known.phone === tested.phone)
      expect(handset?.items.at(-1)).toMatchObject({
        app: 'wallet',
        text: expect.stringContaining(code),
      })
    })

    it('is not there when the wallet is short', () => {
      const before = bench.ledger('payment').length
      expect(
        bench.stand.host.payByHand(tested.provider, {
          phone: tested.poorPhone,
          amountMinor: 250_000,
          account: 'R78',
        }),
      ).toBeNull()
      expect(bench.ledger('payment')).toHaveLength(before)
    })

    if (bench.can('queryCode')) {
      it('can be asked about by its code', async () => {
        const { money } = bench.connect()
        const ask = async (code: string) => {
          const id = realRandom.id()
          const asked = await must(money.queryCode)({ code, reference: id, callbackUrl: callbackUrl(id) })
          if (!asked.ok) throw new Error(asked.error.detail)
          if (asked.value.kind === 'now') return asked.value.value
          const raised = { id, references: { own: null, provider: asked.value.providerReference } }
          await expect.poll(() => bench.reports(money, raised)).toMatchObject([{ about: 'code' }])
          const [report] = bench.reports(money, raised)
          return report?.about === 'code' ? report.reading : null
        }
        const paid = bench.stand.host.payByHand(tested.provider, {
          phone: tested.phone,
          amountMinor: 90_000,
          account: 'R79',
        })
        const found = await ask(paid?.code ?? '')
        expect(found).toMatchObject({ state: 'found', completed: true })
        if (found?.state === 'found') expect([null, 90_000]).toContain(found.amountMinor)
        expect(['notFound', 'unknown']).toContain((await ask('ZZZ9999ZZZ'))?.state)
      })
    }
  })
}

function noticesOf({ shop }: Bench, money: MobileMoney, code: string) {
  return shop.callbacks.flatMap((raw) => {
    const report = money.readReport(raw)
    return report?.about === 'customerPayment' && report.payment.code === code ? [report] : []
  })
}
