import { expect, test } from 'vitest'
import { dayField, spans, stretchOf, stretchOfFields } from './days.ts'

const zone = 'Africa/Dar_es_Salaam'
/** 01:30 on 21 November in Dar es Salaam, still the 20th in UTC. */
const now = Date.UTC(2026, 10, 20, 22, 30)
const midnight = Date.UTC(2026, 10, 20, 21, 0)
const day = 86_400_000

test('today begins at the shop’s own midnight', () => {
  expect(stretchOf('today', now, zone)).toEqual({ from: midnight, to: midnight + day })
  expect(stretchOf('yesterday', now, zone)).toEqual({ from: midnight - day, to: midnight })
})

test('seven and thirty days include today', () => {
  expect(stretchOf('week', now, zone)).toEqual({ from: midnight - 6 * day, to: midnight + day })
  expect(stretchOf('month', now, zone)).toEqual({ from: midnight - 29 * day, to: midnight + day })
})

test('all days and own days have no stretch of their own', () => {
  expect(spans.filter((span) => stretchOf(span, now, zone) === null)).toEqual(['own', 'all'])
})

test('date fields are days of the shop, the last one whole', () => {
  expect(dayField(now, zone)).toBe('2026-11-21')
  expect(stretchOfFields('2026-11-21', '2026-11-21', zone)).toEqual({ from: midnight, to: midnight + day })
  expect(stretchOfFields('2026-11-20', '2026-11-21', zone)?.from).toBe(midnight - day)
})

test.each([
  ['2026-11-22', '2026-11-21'],
  ['', '2026-11-21'],
  ['2026-11-21', 'x'],
])('%j to %j is no stretch', (first, last) => {
  expect(stretchOfFields(first, last, zone)).toBeNull()
})
