import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escPosTables } from '../../simulator/paper/code-tables.ts'
import { type CodeTableName, inCodeTable } from './code-tables.ts'
import { printable } from './sanitise.ts'

const windows1252 = new TextDecoder('windows-1252', { fatal: true })
const encodable = new Set<string>()
for (let byte = 0x20; byte <= 0xff; byte += 1) {
  if (byte < 0x7f || byte > 0x9f) encodable.add(String.fromCharCode(byte))
}
for (const byte of [
  0x80, 0x82, 0x83, 0x84, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8c, 0x8e, 0x98, 0x99, 0x9a, 0x9c, 0x9e, 0x9f,
]) {
  encodable.add(windows1252.decode(Uint8Array.of(byte)))
}

describe('printable', () => {
  it.each([
    ['Café é', 'Café é'],
    ['cafe\u0301', 'café'],
    ['1\u00a0500 TZS\u202f9', '1 500 TZS 9'],
    ['‘a’ “b” – — …', '\'a\' "b" - - ...'],
    ['a\r\nb\tc', 'a b c'],
    ['👩‍👩‍👧 x', 'x'],
    ['🇹🇿', '?'],
    ['日本', '??'],
    ['سلام', '????'],
    ['नि', '?'],
    ['Nguyễn', 'Nguyen'],
    ['Łódź Đorđe', 'Lódz Dorde'],
    ['ıŋƙɗ ŦĦ', 'ingkd TH'],
    ['æ ø ß', 'æ ø ß'],
    ['½ ´ ʼ «a»', '½ \' \' "a"'],
    ['\u3164\u2800\u061c\ufff9', ''],
    ['1️⃣', '1'],
    ['a\u200bb\ufeffc\u00add', 'abcd'],
    ['\ud800x', 'x'],
    ['€5 £3', '€5 £3'],
    ['  two   words ', 'two words'],
    ['', ''],
  ])('%j is printed as %j', (text, expected) => {
    expect(printable(text)).toBe(expected)
  })

  it('lets no control character through, whatever stands around it', () => {
    const controls = [
      ...Array.from({ length: 0x20 }, (_, code) => code),
      0x7f,
      ...Array.from({ length: 0x20 }, (_, code) => 0x80 + code),
    ]
    for (const code of controls) {
      const seen = printable(`a${String.fromCharCode(code)}b`)
      expect(['ab', 'a b']).toContain(seen)
    }
  })

  it('leaves only what Windows-1252 prints in one column, and is stable', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const seen = printable(text)
        expect(Array.from(seen).filter((character) => !encodable.has(character))).toEqual([])
        expect(printable(seen)).toBe(seen)
      }),
      { numRuns: 2_000 },
    )
  })

  it('lets nothing else of the basic plane through', () => {
    const leaks: string[] = []
    for (let code = 0; code <= 0xffff; code += 1) {
      const bad = Array.from(printable(String.fromCharCode(code))).filter(
        (character) => !encodable.has(character),
      )
      if (bad.length > 0) leaks.push(`U+${code.toString(16)}: ${bad.join('')}`)
    }
    expect(leaks).toEqual([])
  })

  it.each([
    ['cp437', 'Café € £ Ñ Á ½', 'Café ? £ Ñ A ½'],
    ['ascii', 'Łódź Đ æ Ø ß ı Þ × ½ №', 'Lodz D ae O ss i Th x 1/2 No'],
    ['cp437', 'Øæß', 'Oæß'],
    ['cp850', 'Café € £ Ñ Á ½', 'Café ? £ Ñ Á ½'],
    ['cp858', 'Café € £ Ñ Á ½', 'Café € £ Ñ Á ½'],
    ['windows1252', 'Café € £ Ñ Á ½ ░', 'Café € £ Ñ Á ½ ?'],
  ] as const)('in %s prints %j as %j', (table, text, expected) => {
    expect(printable(text, table)).toBe(expected)
  })

  it.each([
    ['cp437', 0],
    ['cp850', 2],
    ['cp858', 19],
    ['windows1252', 16],
  ] as const)(
    'knows of %s what the printer makers list, but for spaces and marks that fold',
    (name, number) => {
      const listed = new Set(Array.from(escPosTables.get(number) ?? ''))
      const known = (table: CodeTableName) => (code: number) => inCodeTable(String.fromCodePoint(code), table)
      const ours = Array.from({ length: 0xff00 }, (_, at) => at + 0x80).filter(known(name))
      // Of the two tables of Western Europe, the library would send § and ¶ as control characters.
      const sent = name === 'windows1252' ? /[\p{C}\p{Z}]/u : /[\p{C}\p{Z}§¶]/u
      const unprinted = Array.from(listed).filter((character) => sent.test(character))
      expect(ours.filter((code) => !listed.has(String.fromCodePoint(code)))).toEqual([])
      expect(ours.length).toBe(listed.size - unprinted.length)
    },
  )
})
