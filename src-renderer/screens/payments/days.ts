import { TZDate } from '@date-fns/tz'
import { addDays } from 'date-fns/addDays'
import { format } from 'date-fns/format'
import { startOfDay } from 'date-fns/startOfDay'
import type { Zone } from '../../../src-preload/contract/time.ts'

/** Whole days of the shop: epoch ms, `to` exclusive. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

export const spans = ['today', 'yesterday', 'week', 'month', 'own', 'all'] as const
export type Span = (typeof spans)[number]

const daysInWeek = 7
const daysInMonth = 30

/** A day as a date field writes it (2026-11-21), in the shop's zone. */
export function dayField(at: number, zone: Zone): string {
  return format(new TZDate(at, zone), 'yyyy-MM-dd')
}

/** The first moment of a day as a date field wrote it; null when it is none. */
function startOf(field: string, zone: Zone): TZDate | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(field)
  if (parts === null) return null
  const [, year, month, day] = parts
  const start = new TZDate(Number(year), Number(month) - 1, Number(day), zone)
  return Number.isNaN(start.getTime()) ? null : start
}

/** From the first of one day to the last of another, both as date fields write them; null when they make no stretch. */
export function stretchOfFields(first: string, last: string, zone: Zone): Stretch | null {
  const from = startOf(first, zone)
  const to = startOf(last, zone)
  if (from === null || to === null || from.getTime() > to.getTime()) return null
  return { from: from.getTime(), to: addDays(to, 1).getTime() }
}

/**
 * The days that a choice stands for; null for all days, and for own days, which their fields tell.
 * @param now epoch ms
 */
export function stretchOf(span: Span, now: number, zone: Zone): Stretch | null {
  const today = startOfDay(new TZDate(now, zone))
  const tomorrow = addDays(today, 1).getTime()
  switch (span) {
    case 'today':
      return { from: today.getTime(), to: tomorrow }
    case 'yesterday':
      return { from: addDays(today, -1).getTime(), to: today.getTime() }
    case 'week':
      return { from: addDays(today, 1 - daysInWeek).getTime(), to: tomorrow }
    case 'month':
      return { from: addDays(today, 1 - daysInMonth).getTime(), to: tomorrow }
    default:
      return null
  }
}
