import { expect, it } from 'vitest'
import { inPracticeOrder } from './start.ts'

it('a vendor that is added later does not become the one that practice sends by, whatever its name', () => {
  const seeds = ['aaa-sms', 'africas-talking', 'airtel-money', 'green-api', 'mpesa-kenya', 'zzz-sms']
  expect(inPracticeOrder(seeds.map((provider) => ({ provider }))).map(({ provider }) => provider)).toEqual([
    'africas-talking',
    'green-api',
    'mpesa-kenya',
    'aaa-sms',
    'airtel-money',
    'zzz-sms',
  ])
})
