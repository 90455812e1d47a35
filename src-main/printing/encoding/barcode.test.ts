import { describe, expect, it } from 'vitest'
import { barcodeFault, barcodeModules, barcodeWidths } from './barcode.ts'

/** Black and white modules, as the standards' examples are written. */
function modules(widths: readonly number[]): string {
  return widths.map((width, at) => (at % 2 === 0 ? '1' : '0').repeat(width)).join('')
}

describe('a barcode', () => {
  it.each([
    ['ean13', '4006381333931'],
    ['ean13', '9780201379624'],
    ['ean8', '73513537'],
    ['ean8', '96385074'],
    ['upca', '036000291452'],
    ['upca', '012345678905'],
    ['code128', 'A-1/b:2.C'],
    ['code128', '000123'],
  ] as const)('takes %s %s', (symbology, text) => {
    expect(barcodeFault(text, symbology)).toBeNull()
  })

  it.each([
    ['ean13', '4006381333930', 'check digit'],
    ['ean13', '400638133393', '13 digits'],
    ['ean13', '400638133393x', '13 digits'],
    ['ean13', '', '13 digits'],
    ['ean8', '73513536', 'check digit'],
    ['ean8', '7351353', '8 digits'],
    ['upca', '036000291453', 'check digit'],
    ['upca', '0036000291452', '12 digits'],
    ['upca', '٠36000291452', '12 digits'],
    ['code128', '', 'CODE128'],
    ['code128', '{A', 'CODE128'],
    ['code128', '00\u001bp', 'CODE128'],
    ['code128', 'x'.repeat(25), 'CODE128'],
  ] as const)('refuses %s %j', (symbology, text, words) => {
    expect(barcodeFault(text, symbology)).toContain(words)
  })

  it('finds every wrong digit of an EAN-13', () => {
    const right = '4006381333931'
    for (let at = 0; at < right.length; at += 1) {
      for (let digit = 0; digit < 10; digit += 1) {
        const changed = `${right.slice(0, at)}${digit}${right.slice(at + 1)}`
        expect(barcodeFault(changed, 'ean13') === null).toBe(changed === right)
      }
    }
  })

  // The first from GS1's General Specifications (5.2), the others worked out by hand from the standards' tables.
  it.each([
    [
      'ean13',
      '4006381333931',
      '10100011010100111010111101111010001001011001101010100001010000101000010111010010000101100110101',
    ],
    [
      'ean8',
      '73513537',
      '101' +
        '0111011' +
        '0111101' +
        '0110001' +
        '0011001' +
        '01010' +
        '1000010' +
        '1001110' +
        '1000010' +
        '1000100' +
        '101',
    ],
    [
      'upca',
      '036000291452',
      '10100011010111101010111100011010001101000110101010110110011101001100110101110010011101101100101',
    ],
    ['code128', 'A', '1101001000010100011000100010110001100011101011'],
  ] as const)('draws %s %s', (symbology, text, expected) => {
    expect(modules(barcodeWidths(text, symbology))).toBe(expected)
  })

  it('is as wide as it says', () => {
    for (const [symbology, text] of [
      ['code128', 'Kaunta-000123'],
      ['ean13', '4006381333931'],
      ['ean8', '73513537'],
      ['upca', '036000291452'],
    ] as const) {
      const widths = barcodeWidths(text, symbology)
      expect(widths.reduce((sum, width) => sum + width, 0)).toBe(barcodeModules(text, symbology))
    }
  })

  it('has a different sign of eleven modules for each character of CODE128', () => {
    const signs = new Set<string>()
    for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-./:') {
      const sign = barcodeWidths(character, 'code128').slice(6, 12)
      expect(sign.reduce((sum, width) => sum + width, 0)).toBe(11)
      signs.add(sign.join(''))
    }
    expect(signs.size).toBe(66)
  })
})
