import type { Language } from '../../src-preload/contract/paging.ts'
import type { Paper } from '../../src-preload/contract/printing.ts'
import type { Block, ReceiptDocument } from './document.ts'
import { paperWidths } from './encode.ts'

export interface TestPageInput {
  readonly shopName: string
  readonly paper: Paper
  readonly language: Language
  readonly practice: boolean
}

const words = {
  sw: {
    title: 'UKURASA WA MAJARIBIO',
    ruler: 'Mstari huu uishie ukingoni:',
    accents: 'Herufi hizi zisomeke:',
    scan: 'Changanua msimbo huu:',
    practice: 'MAZOEZI',
  },
  en: {
    title: 'TEST PAGE',
    ruler: 'This line must end at the edge:',
    accents: 'These letters must be readable:',
    scan: 'Scan this code:',
    practice: 'PRACTICE',
  },
} as const

/** A page by which a person sees whether paper width, letters, QR and cutter are set right. */
export function testPage(input: TestPageInput): ReceiptDocument {
  const text = words[input.language]
  const { columns } = paperWidths[input.paper]
  const mark: Block[] = input.practice
    ? [{ kind: 'text', text: text.practice, align: 'centre', bold: true }]
    : []
  return {
    blocks: [
      { kind: 'text', text: text.title, align: 'centre', bold: true, size: 'large' },
      { kind: 'text', text: input.shopName, align: 'centre' },
      ...mark,
      { kind: 'rule' },
      { kind: 'text', text: text.ruler },
      { kind: 'text', text: '1234567890'.repeat(5).slice(0, columns) },
      { kind: 'row', left: '<', right: '>' },
      { kind: 'text', text: text.accents },
      { kind: 'text', text: 'é è ê ë à ç ñ ö ü ß € £' },
      { kind: 'text', text: text.scan },
      { kind: 'qr', text: 'KAUNTA:TEST' },
      { kind: 'barcode', text: '123456' },
      { kind: 'cut' },
    ],
  }
}
