import { format } from 'date-fns/format'
import { parse } from 'date-fns/parse'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { MobileMoney } from '../mobile-money.ts'
import { registry } from '../registry.ts'
import { type Ability, createBench, type MobileMoneyCase } from './mobile-money-bench.ts'
import { promptConformance } from './mobile-money-prompts.ts'
import { reportConformance } from './mobile-money-reports.ts'
import { transferConformance } from './mobile-money-transfers.ts'

export type { MobileMoneyCase, ReportCase } from './mobile-money-bench.ts'

/** What every mobile-money provider must keep, whatever its wire looks like. */
export function mobileMoneyConformance(tested: MobileMoneyCase): void {
  describe(`as mobile money${tested.title === undefined ? '' : ` (${tested.title})`}`, () => {
    const bench = createBench(tested)
    beforeAll(() => bench.open())
    afterEach(() => bench.heal())
    afterAll(() => bench.close())

    it('declares to the manager what it cannot do, and nothing else is missing', () => {
      const missing = missingIn(bench.connect().money)
      expect(new Set(Object.keys(tested.lacks))).toEqual(new Set(missing))
      const limits =
        registry.find((entry) => entry.declaration.id === tested.provider)?.declaration.limits ?? []
      for (const ability of missing) {
        const words = tested.lacks[ability] ?? /^$/
        const sentence = limits.find((limit) => words.test(limit.en))
        expect([
          ability,
          sentence !== undefined && sentence.sw !== '' && sentence.sw !== sentence.en,
        ]).toEqual([ability, true])
      }
    })

    it('reads the statement of its portal by headings and dates that can be read', () => {
      const { statement } = bench.connect().money
      if (statement === undefined) return
      expect(Math.min(statement.code.length, statement.at.length, statement.paidIn.length)).toBeGreaterThan(0)
      expect(statement.completed).toEqual(statement.completed.map((word) => word.toLowerCase()))
      expect(new Intl.DateTimeFormat('en', { timeZone: statement.zone }).resolvedOptions().timeZone).toBe(
        statement.zone,
      )
      const at = new Date(2026, 2, 9, 14, 5)
      expect(statement.dates.map((form) => parse(format(at, form), form, new Date(0)))).toEqual(
        statement.dates.map(() => at),
      )
    })

    promptConformance(bench)
    reportConformance(bench)
    transferConformance(bench)
  })
}

function missingIn(money: MobileMoney): Ability[] {
  const there: Readonly<Record<Ability, boolean>> = {
    queryPrompt: money.queryPrompt !== undefined,
    ownReference: money.ownReference('0197a9d0-0000-7000-8000-000000000001') !== null,
    reverse: money.reverse !== undefined,
    // A part of nothing, and asking about nothing, need no declaration.
    partialReversal: money.reverse === undefined || money.reverse.partial,
    queryReversal: money.reverse === undefined || money.reverse.query !== undefined,
    payOut: money.payOut !== undefined,
    queryPayOut: money.payOut === undefined || money.payOut.query !== undefined,
    queryCode: money.queryCode !== undefined,
    balance: money.balance !== undefined,
    customerPayments: money.customerPayments,
  }
  const all: readonly Ability[] = [
    'queryPrompt',
    'ownReference',
    'reverse',
    'partialReversal',
    'queryReversal',
    'payOut',
    'queryPayOut',
    'queryCode',
    'balance',
    'customerPayments',
  ]
  return all.filter((ability) => !there[ability])
}
