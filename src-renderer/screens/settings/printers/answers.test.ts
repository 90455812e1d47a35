import { expect, test } from 'vitest'
import type { PrinterProfile } from '../../../../src-preload/contract/printer-models.ts'
import { askAgain, isAnswered, noAnswers, noneReads, withLetters, withoutQr } from './answers.ts'
import { isSamePlace, withColumns, withPaper } from './draft.ts'

const profile: PrinterProfile = {
  language: 'escpos',
  paper: '80',
  columns: 48,
  dots: 576,
  codeTable: { name: 'windows1252', number: 16 },
  qr: 'native',
  barcode: true,
  cutter: 'partial',
  confirms: 'paperQuery',
}
const star: PrinterProfile = {
  ...profile,
  language: 'starprnt',
  codeTable: { name: 'windows1252', number: 32 },
}

test('another roll or width takes its dots along, in whole bytes', () => {
  expect(withPaper(profile, '58')).toMatchObject({ paper: '58', columns: 32, dots: 384 })
  expect(withColumns(profile, 42)).toMatchObject({ paper: '80', columns: 42, dots: 504 })
  for (const columns of [32, 35, 42, 44, 48] as const) expect(withColumns(profile, columns).dots % 8).toBe(0)
})

test('the line of letters that reads right is the table, by the numbers of the printer’s language', () => {
  expect(withLetters(profile, 'cp858 19').codeTable).toEqual({ name: 'cp858', number: 19 })
  expect(withLetters(star, 'cp858 4').codeTable).toEqual({ name: 'cp858', number: 4 })
  expect(withLetters(profile, noneReads).codeTable).toEqual({ name: 'ascii', number: 0 })
  expect(withLetters(star, noneReads).codeTable).toEqual({ name: 'ascii', number: 1 })
})

test('a code that does not scan is drawn by Kaunta, then written out, and never asked about for ever', () => {
  expect(withoutQr(profile)).toBe('image')
  expect(withoutQr({ ...profile, qr: 'image' })).toBe('none')
  const wrong = { ruler: 'no', letters: 'cp437 0', qr: 'no' } as const
  expect(askAgain(wrong, { ...profile, qr: 'image' })).toEqual({ ruler: null, letters: 'cp437 0', qr: null })
  expect(askAgain(wrong, { ...profile, qr: 'none' }).qr).toBe('no')
  expect(isAnswered(noAnswers)).toBe(false)
  expect(isAnswered(wrong)).toBe(true)
})

test('two connections are one place only when everything that leads there is the same', () => {
  const usb = { kind: 'usb', vendorId: 0x04b8, productId: 0x0e28, serialNumber: 'A' } as const
  expect(isSamePlace(usb, { ...usb })).toBe(true)
  expect(isSamePlace(usb, { ...usb, serialNumber: 'B' })).toBe(false)
  expect(isSamePlace({ kind: 'network', host: '127.0.0.1', port: 9100 }, usb)).toBe(false)
})
