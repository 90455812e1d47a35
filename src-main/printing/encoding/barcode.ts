import type { BarcodeSymbology } from '../documents/document.ts'

/**
 * Bars and gaps of CODE128's 107 signs, in modules, bar first (ISO/IEC 15417, table 1). 104 starts code set B; 106 stops.
 */
const code128Signs =
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 ' +
  '123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 ' +
  '232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 ' +
  '313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 ' +
  '111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 ' +
  '111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 ' +
  '114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112'
const signs: readonly string[] = code128Signs.split(' ')
const startB = 104
const stop = 106

/** Gaps and bars of the digits in EAN's odd (left) half, in modules, gap first (ISO/IEC 15420, table 1). */
const eanDigits: readonly string[] = '3211 2221 2122 1411 1132 1231 1114 1312 1213 3112'.split(' ')
/** By the first digit of an EAN-13: which of its left six digits stand in the even set (table 3). */
const eanParities: readonly string[] =
  'OOOOOO OOEOEE OOEEOE OOEEEO OEOOEE OEEOOE OEEEOO OEOEOE OEOEEO OEEOEO'.split(' ')

const lengths = { ean13: 13, ean8: 8, upca: 12 } as const

/**
 * What this symbology cannot hold, else null. The printer's language passes `{` and control characters of CODE128 on as
 * commands, and prints a wrong check digit as a code that no till reads.
 */
export function barcodeFault(text: string, symbology: BarcodeSymbology): string | null {
  if (symbology === 'code128') {
    return /^[A-Za-z0-9\-./:]{1,24}$/.test(text) ? null : 'barcode text does not fit CODE128'
  }
  const length = lengths[symbology]
  if (!/^\d+$/.test(text) || text.length !== length) return `${symbology} takes ${length} digits`
  return checkDigit(text.slice(0, -1)) === Number(text.at(-1)) ? null : `${symbology} has a wrong check digit`
}

/** GS1 check digit of the digits before it: from the right, three times the odd places plus the even ones. */
function checkDigit(digits: string): number {
  const sum = Array.from(digits)
    .toReversed()
    .reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 3 : 1), 0)
  return (10 - (sum % 10)) % 10
}

/** Modules across, quiet zones not counted. */
export function barcodeModules(text: string, symbology: BarcodeSymbology): number {
  if (symbology === 'code128') return 35 + 11 * text.length
  return symbology === 'ean8' ? 67 : 95
}

function code128Widths(text: string): string {
  const values = Array.from(text, (character) => character.charCodeAt(0) - 32)
  const sum = values.reduce((total, value, at) => total + value * (at + 1), startB)
  return [startB, ...values, sum % 103, stop].map((value) => signs[value] ?? '').join('')
}

function reversed(widths: string): string {
  return Array.from(widths).toReversed().join('')
}

/** Left digits start with a gap; the even set is the odd one read backwards; right digits have the odd set's widths. */
function eanWidths(left: string, parities: string, right: string): string {
  const digit = (character: string): string => eanDigits[Number(character)] ?? ''
  const leftHalf = Array.from(left, (character, at) =>
    parities[at] === 'E' ? reversed(digit(character)) : digit(character),
  )
  return `111${leftHalf.join('')}11111${Array.from(right, digit).join('')}111`
}

/**
 * Bars and gaps in turn, in modules, starting with a bar.
 * @param text one that `barcodeFault` finds no fault in
 */
export function barcodeWidths(text: string, symbology: BarcodeSymbology): number[] {
  const widths = () => {
    if (symbology === 'code128') return code128Widths(text)
    if (symbology === 'ean8') return eanWidths(text.slice(0, 4), 'OOOO', text.slice(4))
    const digits = symbology === 'upca' ? `0${text}` : text
    return eanWidths(digits.slice(1, 7), eanParities[Number(digits[0])] ?? '', digits.slice(7))
  }
  return Array.from(widths(), Number)
}
