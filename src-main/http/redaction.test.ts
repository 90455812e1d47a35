import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRedactor, redact } from './redaction.ts'

it('masks the middle of a phone number in the forms providers use', () => {
  expect(redact('no route to +255712345678')).toBe('no route to +2557xxxxx678')
  expect(redact('to=%2B255712345678&message=')).toBe('to=+2557xxxxx678&message=')
  expect(redact('chat 254712345678@c.us')).toBe('chat 2547xxxxx678@c.us')
  expect(redact('call 0712345678')).not.toContain('345678')
})

it('takes the token out of an address of GREEN-API', () => {
  const text = redact(
    'GET https://api.green-api.com/waInstance1101000001/sendMessage/d75b3a66374942c5b3c0 failed',
  )
  expect(text).toContain('/waInstance1101000001/sendMessage/[removed]')
  expect(text).not.toContain('d75b3a66374942c5b3c0')
})

it('takes out a secret however it travels, and the longer of two that begin alike', () => {
  const clean = createRedactor(['hush', 'hush hush+more/=', ''])
  const secret = 'hush hush+more/='
  const text = `${secret} ${encodeURIComponent(secret)} ${Buffer.from(secret).toString('base64')}`
  expect(clean(text)).toBe('[removed] [removed] [removed]')
})

it('leaves no secret of any shape', () => {
  const secret = fc.string({ minLength: 6, maxLength: 40 }).filter((text) => text.trim().length >= 6)
  fc.assert(
    fc.property(secret, fc.string(), fc.string(), (hidden, before, after) => {
      const padded = `${before} ${hidden} ${after}`
      fc.pre(!before.includes(hidden) && !after.includes(hidden) && !'[removed]'.includes(hidden))
      expect(createRedactor([hidden])(padded)).not.toContain(hidden)
    }),
  )
})

it('cuts what is longer than a line', () => {
  expect(redact('word '.repeat(500)).length).toBeLessThanOrEqual(301)
})
