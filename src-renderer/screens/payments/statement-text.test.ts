import { expect, test } from 'vitest'
import { statementText } from './statement-text.ts'

const text = 'Receipt No.;Completion Time;Paid In\r\nS2P7TFBKDG;30-11-2026 08:19;3 200,00\r\nJosé'

function utf16(words: string, bigEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(words.length * 2)
  const view = new DataView(bytes.buffer)
  for (let at = 0; at < words.length; at += 1) view.setUint16(at * 2, words.charCodeAt(at), !bigEndian)
  return bytes
}

test.each([
  ['UTF-8', new TextEncoder().encode(text)],
  ['UTF-8 with its mark', new TextEncoder().encode(`\ufeff${text}`)],
  ['UTF-16 with its mark', utf16(`\ufeff${text}`, false)],
  ['UTF-16 the other way round', utf16(`\ufeff${text}`, true)],
  ['UTF-16 without a mark', utf16(text, false)],
  ['UTF-16 the other way round without a mark', utf16(text, true)],
  ['Windows-1252', Uint8Array.from([...text].map((letter) => letter.charCodeAt(0)))],
])('a file in %s is read as its letters', (_name, bytes) => {
  expect(statementText(bytes)).toBe(text)
})

test('an empty file has no letters', () => {
  expect(statementText(new Uint8Array())).toBe('')
})
