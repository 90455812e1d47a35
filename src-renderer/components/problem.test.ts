import { ORPCError } from '@orpc/client'
import { expect, test } from 'vitest'
import { ConnectionLost } from '../connection.ts'
import { concerns, isProblem, problemOf } from './problem.ts'

const sentence = { en: 'The number is not right.', sw: 'Namba si sahihi.' }

function refusal(code: string, data: unknown) {
  return new ORPCError(code, { status: 422, message: 'x', data })
}

test('a refusal is told as main says it, in both languages, and names its field', () => {
  const shown = problemOf(refusal('PHONE_INVALID', { field: 'phone', values: {}, sentence }))
  expect(shown).toEqual({ code: 'PHONE_INVALID', field: 'phone', sentence })
  const error = refusal('PIN_WRONG', { sentence })
  expect([isProblem(error, 'CODE_OLD', 'PIN_WRONG'), isProblem(error, 'CODE_OLD')]).toEqual([true, false])
})

test.each([
  undefined,
  null,
  {},
  { sentence: 'en' },
  { sentence: { en: 'x' } },
  { sentence: { en: 1, sw: 'x' } },
])('what main did not word never shows its own words: %j', (data) => {
  const shown = problemOf(refusal('SQLITE_BUSY', data))
  expect(shown.code).toBe('INTERNAL')
  expect(shown.sentence.en).toContain('inside Kaunta')
  expect(shown.sentence.sw).toContain('ndani ya Kaunta')
})

test.each([new ConnectionLost(), new DOMException('closed', 'AbortError'), new TypeError('socket')])(
  'a call without an answer says that the connection is lost: %s',
  (error) => {
    const lost = problemOf(error)
    expect(lost.code).toBe('CONNECTION_LOST')
    expect(lost.sentence.sw).toContain('yamekatika')
  },
)

test('a path concerns the input at its end only', () => {
  const shown = problemOf(refusal('INPUT_INVALID', { field: 'settings.shortCode', sentence }))
  expect(concerns(shown, 'shortCode')).toBe(true)
  expect(concerns(shown, 'Code')).toBe(false)
  expect(concerns(null, 'shortCode')).toBe(false)
})
