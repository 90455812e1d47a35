import { expect, test } from 'vitest'
import { problems } from '../../src-preload/contract/problems.ts'
import { refusalSentence } from './refusal-sentence.ts'

test('is filled in both languages', () => {
  const told = refusalSentence('PHONE_INVALID', { field: 'phone', value: '071' })
  expect(told.en).toBe(problems.PHONE_INVALID.en.replaceAll('{value}', '071'))
  expect(told.en).toContain('“071” is not a mobile number')
  expect(told.sw).toContain('“071” si namba ya simu')
})

test('reads a state, which travels as a code, as words', () => {
  const told = refusalSentence('PROMPT_ALIVE', { state: 'prompted' })
  expect(told.en).toContain('(waiting for the customer’s PIN)')
  expect(told.sw).toContain('(tunasubiri PIN ya mteja)')
})

test.each([
  ['cashGivenMinor', 1_000_000_000_000, '10,000,000,000'],
  ['lines.0.quantityMilli', 1_000_000_000, '1,000,000'],
  ['name', 60, '60'],
])('tells a limit in what a person types: %s', (field, limit, told) => {
  const { en, sw } = refusalSentence('INPUT_INVALID', { field, misfit: 'tooLarge', limit })
  expect(en).toContain(` ${told} or less`)
  expect(sw).toContain(` ${told} au pungufu`)
})

test('leaves a gap visible', () => {
  expect(refusalSentence('SALE_RECORDED', {}).en).toContain('{number}')
})
