import { expect, it } from 'vitest'
import { saleLineInputSchema } from './receipts.ts'
import { shopSchema } from './settings.ts'

it('a name loses what nobody can see, and a name of nothing else is refused', () => {
  const line = { quantityMilli: 1000, unitPriceMinor: 100 }
  const name = (text: string) => saleLineInputSchema.safeParse({ ...line, name: text })
  expect(name('Su\u0000ka\u0007ri\r\n\u202eB\u200b ').data?.name).toBe('Su ka ri B')
  expect(name('\u0001\u200b\u202e\n').success).toBe(false)
  expect(shopSchema.shape.name.parse('Mama\u001b[2J Neema')).toBe('Mama [2J Neema')
})

it('a line in which nothing can be seen is empty, of whatever it is made', () => {
  const line = { quantityMilli: 1000, unitPriceMinor: 100 }
  for (const nothing of [
    '\u3164',
    '\u2800\u2800',
    '\u115f\u1160',
    '\u034f',
    '\u061c',
    '\ufe0f',
    '\u{e0041}\u{e007f}',
    '\ud800',
    '\u0301',
    '\u180e \u00a0',
    '\ue000',
  ]) {
    const read = saleLineInputSchema.safeParse({ ...line, name: nothing })
    expect([nothing, read.error?.issues.map(({ path }) => path.join('.'))]).toEqual([nothing, ['name']])
  }
  expect(saleLineInputSchema.parse({ ...line, name: '\u3164Chai\u2800moto ❤\ufe0f' }).name).toBe(
    'Chai moto ❤\ufe0f',
  )
})
