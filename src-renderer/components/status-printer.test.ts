import { expect, test } from 'vitest'
import type { PrinterStatus } from '../../src-preload/contract/printing.ts'
import en from '../screens/counter/words.en.json'
import { printerCondition, printerConditions, whyNotPrinting } from './status-printer.ts'

const well: PrinterStatus = {
  printerId: 'p1',
  at: 1,
  reachable: true,
  reports: true,
  reason: null,
  paperLow: false,
  drawerPinHigh: null,
  drawerOpen: null,
}

test.each([
  [undefined, 'asked'],
  [well, 'ready'],
  [{ ...well, paperLow: true }, 'paperLow'],
  [{ ...well, reason: 'noPaper', paperLow: true }, 'noPaper'],
  [{ ...well, reason: 'coverOpen' }, 'coverOpen'],
  [{ ...well, reason: 'cutterError' }, 'knifeStuck'],
  [{ ...well, reason: 'printerHot' }, 'hot'],
  [{ ...well, reason: 'printerFault' }, 'fault'],
  [{ ...well, reason: 'printerForbidden', reachable: false }, 'forbidden'],
  [{ ...well, reports: false }, 'mute'],
  [{ ...well, reports: false, reachable: false, reason: 'printerOffline' }, 'silent'],
  [{ ...well, reports: false, reachable: false }, 'silent'],
] as const)('a printer that says %o is %s', (status, condition) => {
  expect(printerCondition(status)).toBe(condition)
})

test('a printer that cannot say how it is, or was not asked, is never called ready', () => {
  expect(printerCondition({ ...well, reports: false })).not.toBe('ready')
  expect(printerCondition(undefined)).not.toBe('ready')
  expect(whyNotPrinting({ ...well, reports: false })).toBeNull()
})

test('what cannot be reached cannot print, whether it gave a reason or not', () => {
  expect(whyNotPrinting({ ...well, reachable: false })).toBe('printerOffline')
  expect(whyNotPrinting({ ...well, reason: 'noPaper' })).toBe('noPaper')
  expect(whyNotPrinting(well)).toBeNull()
})

test('every state of a printer has its word', () => {
  expect(Object.keys(en.counter.printers).toSorted()).toEqual(Object.keys(printerConditions).toSorted())
})
