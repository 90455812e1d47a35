import { describe, expect, it } from 'vitest'
import { smsText } from '../../src-preload/contract/sms-letters.ts'
import { countSegments } from './segments.ts'

const rows: readonly (readonly [
  name: string,
  text: string,
  encoding: string,
  units: number,
  segments: number,
])[] = [
  ['160 a', 'a'.repeat(160), 'GSM-7', 160, 1],
  ['161 a', 'a'.repeat(161), 'GSM-7', 161, 2],
  ['306 a', 'a'.repeat(306), 'GSM-7', 306, 2],
  ['307 a', 'a'.repeat(307), 'GSM-7', 307, 3],
  ['459 a', 'a'.repeat(459), 'GSM-7', 459, 3],
  ['460 a', 'a'.repeat(460), 'GSM-7', 460, 4],
  ['80 €', '€'.repeat(80), 'GSM-7', 160, 1],
  ['81 €', '€'.repeat(81), 'GSM-7', 162, 2],
  ['158 a + €', `${'a'.repeat(158)}€`, 'GSM-7', 160, 1],
  ['159 a + €', `${'a'.repeat(159)}€`, 'GSM-7', 161, 2],
  ['153 a + € + 151 a', `${'a'.repeat(153)}€${'a'.repeat(151)}`, 'GSM-7', 306, 2],
  ['a pair may not straddle', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 'GSM-7', 306, 3],
  ['70 ș', 'ș'.repeat(70), 'UCS-2', 70, 1],
  ['71 ș', 'ș'.repeat(71), 'UCS-2', 71, 2],
  ['134 ș', 'ș'.repeat(134), 'UCS-2', 134, 2],
  ['135 ș', 'ș'.repeat(135), 'UCS-2', 135, 3],
  ['35 emoji', '😀'.repeat(35), 'UCS-2', 70, 1],
  ['36 emoji', '😀'.repeat(36), 'UCS-2', 72, 2],
  ['an emoji is never split', '😀'.repeat(67), 'UCS-2', 134, 3],
  ['nothing', '', 'GSM-7', 0, 0],
]

describe('segments', () => {
  it.each(rows)('%s', (_name, text, encoding, units, segments) => {
    expect(countSegments(text)).toMatchObject({ encoding, units, segments })
  })

  it('folds what would make a Swahili receipt cost three times as much', () => {
    const folded = smsText('“Asante” – karibu\u00a0tena…').text
    expect(folded).toBe('"Asante" - karibu tena...')
    expect(countSegments(folded).encoding).toBe('GSM-7')
  })

  it.each([
    ['Duka´la ʼAsha`', "Duka'la 'Asha'"],
    ['«Neema» ‹duka›', '"Neema" <duka>'],
    ['Ma\u00adma\u200b Ne\u2060ema\ufeff', 'Mama Neema'],
    ['a\u2003b\u3000c\u202fd', 'a b c d'],
    ['François Đorđe Łódź Nguyễn', 'Francois Dorde Lodz Nguyen'],
    ['Müller Ñandú Øre ß é à', 'Müller Ñandu Øre ß é à'],
    ['1 × 2 · № 3 ½', '1 x 2 . No 3 1/2'],
    ['a\r\nb\u2028c', 'a\nb\nc'],
  ])('%j goes out as %j, in one part as before', (text, shown) => {
    expect(smsText(text)).toEqual({ text: shown, beyond: [] })
    expect(countSegments(smsText(text).text).encoding).toBe('GSM-7')
  })

  it('leaves accents where the message is dear anyway, and names what makes it so', () => {
    expect(smsText('Café François “ሰላም” 👩‍👧 ')).toEqual({
      text: 'Café François "ሰላም" 👩‍👧 ',
      beyond: ['ሰ', 'ላ', 'ም', '👩‍👧'],
    })
  })
})
