import { describe, expect, it } from 'vitest'
import { phoneSchema } from '../../src-preload/contract/phone.ts'
import { readPhone } from './phone.ts'

function read(typed: string, country: 'TZ' | 'KE' = 'TZ'): string {
  try {
    const { phone, country: nation } = readPhone(typed, country)
    expect(phoneSchema.safeParse(phone).success).toBe(true)
    return `${nation} ${phone}`
  } catch (error) {
    return String(Reflect.get(Object(error), 'code'))
  }
}

describe('a phone number as it is typed', () => {
  it.each([
    ['0712 345 678', 'TZ +255712345678'],
    ['712345678', 'TZ +255712345678'],
    ['255712345678', 'TZ +255712345678'],
    ['00255 712-345-678', 'TZ +255712345678'],
    ['000255712345678', 'TZ +255712345678'],
    ['+255 (0) 712 345 678', 'TZ +255712345678'],
    ['(0712).345.678', 'TZ +255712345678'],
    ['254712345678', 'KE +254712345678'],
    ['256772123456', 'UG +256772123456'],
    ['+256 772 123 456', 'UG +256772123456'],
    ['250788123456', 'RW +250788123456'],
    ['25779123456', 'BI +25779123456'],
    ['243812345678', 'CD +243812345678'],
    ['260977123456', 'ZM +260977123456'],
    ['258841234567', 'MZ +258841234567'],
    ['211921234567', 'SS +211921234567'],
    ['251911234567', 'ET +251911234567'],
    ['252612345678', 'SO +252612345678'],
    ['265991234567', 'MW +265991234567'],
    ['+44 7400 123456', 'GB +447400123456'],
    ['+1 415 555 2671', 'US +14155552671'],
    ['+971501234567', 'AE +971501234567'],
  ])('%s is %s', (typed, read_) => {
    expect(read(typed)).toBe(read_)
  })

  it('is of the shop’s country first: the same digits are two numbers', () => {
    expect([read('0712345678', 'TZ'), read('0712345678', 'KE')]).toEqual([
      'TZ +255712345678',
      'KE +254712345678',
    ])
    expect(readPhone('0712345678', 'KE').national).toBe('0712 345 678')
    expect(readPhone('+256772123456', 'KE').national).toBe('+256 772 123456')
  })

  it.each([
    ['022 211 3000', 'PHONE_LANDLINE'],
    ['+254 20 2222222', 'PHONE_LANDLINE'],
    ['0800 110 011', 'PHONE_LANDLINE'],
    ['', 'PHONE_MISSING'],
    [' - ', 'PHONE_MISSING'],
    ['12', 'PHONE_INVALID'],
    ['0612', 'PHONE_INVALID'],
    ['abc', 'PHONE_INVALID'],
    ['0712345678 0754123456', 'PHONE_INVALID'],
    ['+255712345678 ext. 5', 'PHONE_INVALID'],
    ['256772', 'PHONE_INVALID'],
  ])('%s is refused as %s', (typed, code) => {
    expect(read(typed)).toBe(code)
  })
})
