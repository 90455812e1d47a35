import { ORPCError } from '@orpc/client'
import { beforeAll, expect, test } from 'vitest'
import { problems } from '../../src-preload/contract/errors.ts'
import { ConnectionLost } from '../connection.ts'
import { loadSentences } from './catalogue.ts'
import { concerns, problemOf } from './problem.ts'

beforeAll(loadSentences)

function refusal(code: string, data: unknown) {
  return new ORPCError(code, { status: 422, message: 'x', data })
}

test('a refusal of the catalogue is filled in both languages and names its field', () => {
  const shown = problemOf(refusal('PHONE_INVALID', { field: 'phone', values: { value: '071' } }))
  expect(shown.code).toBe('PHONE_INVALID')
  expect(shown.field).toBe('phone')
  expect(shown.sentence.en).toBe(problems.PHONE_INVALID.en.replaceAll('{value}', '071'))
  expect(shown.sentence.en).toContain('“071” is not a mobile number')
  expect(shown.sentence.sw).toContain('“071” si namba ya simu')
})

test('a state travels as a code and is read as words', () => {
  const { sentence } = problemOf(refusal('PROMPT_ALIVE', { values: { state: 'prompted' } }))
  expect(sentence.en).toContain('(waiting for the customer’s PIN)')
  expect(sentence.sw).toContain('(tunasubiri PIN ya mteja)')
})

test.each([
  ['cashGivenMinor', 1_000_000_000_000, '10,000,000,000'],
  ['lines.0.quantityMilli', 1_000_000_000, '1,000,000'],
  ['name', 60, '60'],
])('a limit is told in what a person types: %s', (field, limit, told) => {
  const { sentence } = problemOf(refusal('INPUT_INVALID', { values: { field, misfit: 'tooLarge', limit } }))
  expect(sentence.en).toContain(` ${told} or less`)
  expect(sentence.sw).toContain(` ${told} au pungufu`)
})

test('what is not in the catalogue never shows its own words', () => {
  const { code, sentence } = problemOf(refusal('SQLITE_BUSY', { values: { mark: 'a1b2' } }))
  expect(code).toBe('INTERNAL')
  expect(sentence.en).toBe(problems.INTERNAL.en.replace('{mark}', 'a1b2'))
})

test('input that never reached a handler is INPUT_INVALID', () => {
  expect(problemOf(refusal('BAD_REQUEST', undefined)).code).toBe('INPUT_INVALID')
})

test.each([new ConnectionLost(), new DOMException('closed', 'AbortError'), new TypeError('socket')])(
  'a call without an answer says that the connection is lost: %s',
  (error) => {
    const { code, sentence } = problemOf(error)
    expect(code).toBe('CONNECTION_LOST')
    expect(sentence.sw).toContain('yamekatika')
  },
)

test('values that are no text or number are left out, and the gap stays visible', () => {
  const { sentence } = problemOf(refusal('SALE_RECORDED', { values: { number: { evil: true } } }))
  expect(sentence.en).toContain('{number}')
})

test('a path concerns the input at its end only', () => {
  const shown = problemOf(refusal('INPUT_INVALID', { field: 'settings.shortCode', values: { detail: 'x' } }))
  expect(concerns(shown, 'shortCode')).toBe(true)
  expect(concerns(shown, 'Code')).toBe(false)
  expect(concerns(null, 'shortCode')).toBe(false)
})
