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
