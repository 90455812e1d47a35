import { expect, test } from 'vitest'
import { formatDays, formatElapsed, formatTime, isSameDay } from './clock.ts'

const zone = 'Africa/Dar_es_Salaam'
const noonUtc = Date.UTC(2026, 10, 21, 12, 0)

test('today shows the clock of the shop, not of the computer', () => {
  expect(formatTime(noonUtc, noonUtc, zone, 'sw')).toBe('15:00')
  expect(formatTime(noonUtc, noonUtc, zone, 'en')).toBe('15:00')
})

test('another day shows its date too', () => {
  const dayBefore = noonUtc - 86_400_000
  expect(formatTime(dayBefore, noonUtc, zone, 'en')).toMatch(/20 Nov.*15:00/)
  expect(formatTime(dayBefore, noonUtc, zone, 'sw')).toMatch(/20 Nov.*15:00/)
})

test('the shop’s day begins at its own midnight', () => {
  const lateUtc = Date.UTC(2026, 10, 20, 22, 0)
  expect(isSameDay(lateUtc, noonUtc, zone)).toBe(true)
  expect(isSameDay(lateUtc - 2 * 3_600_000, noonUtc, zone)).toBe(false)
})

test.each([
  [0, '0:00'],
  [12_900, '0:12'],
  [75_000, '1:15'],
  [-500, '0:00'],
])('%i ms passed read as %s', (ms, shown) => {
  expect(formatElapsed(ms)).toBe(shown)
})

test('a stretch of days names its first and last, one day itself', () => {
  const midnight = Date.UTC(2026, 10, 20, 21, 0)
  expect(formatDays({ from: midnight, to: midnight + 86_400_000 }, noonUtc, zone, 'en')).toBe('21 Nov')
  expect(formatDays({ from: midnight - 86_400_000, to: midnight + 86_400_000 }, noonUtc, zone, 'en')).toBe(
    '20 Nov – 21 Nov',
  )
})

test('what is of another year tells its year', () => {
  const longAgo = Date.UTC(2016, 0, 1, 0, 5)
  expect(formatTime(longAgo, noonUtc, zone, 'en')).toMatch(/1 Jan 2016.*03:05/)
  expect(formatTime(longAgo, noonUtc, zone, 'sw')).toMatch(/1 Jan 2016.*03:05/)
  const newYear = Date.UTC(2025, 11, 31, 21, 0)
  const days = { from: newYear - 86_400_000, to: newYear + 86_400_000 }
  expect(formatDays(days, noonUtc, zone, 'en')).toBe('31 Dec 2025 – 1 Jan 2026')
  expect(formatDays({ from: newYear, to: newYear + 1 }, noonUtc, zone, 'en')).toBe('1 Jan')
})
