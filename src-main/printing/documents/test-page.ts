import type { Language } from '../../../src-preload/contract/paging.ts'
import { type CodeTable, codeTableLabel, tablesOnPage } from '../../../src-preload/contract/printer-facts.ts'
import type { PrinterProfile } from '../../../src-preload/contract/printer-models.ts'
import type { Block, ReceiptDocument } from './document.ts'

export interface TestPageInput {
  readonly shopName: string
  readonly profile: PrinterProfile
  readonly language: Language
  readonly practice: boolean
}

const words = {
  sw: {
    title: 'UKURASA WA MAJARIBIO',
    ruler: '1. Je, mstari huu unaishia ukingoni, bila kukatika?',
    letters: '2. Mstari upi una herufi hizi: e a o n zenye alama, na sarafu?',
    scan: '3. Je, simu inasoma msimbo huu?',
    cut: '4. Je, karatasi ilikatwa chini ya maneno haya?',
    practice: 'MAZOEZI',
  },
  en: {
    title: 'TEST PAGE',
    ruler: '1. Does this line end at the edge, in one piece?',
    letters: '2. Which line shows letters e a o n with accents, and a currency?',
    scan: '3. Can a phone read this code?',
    cut: '4. Was the paper cut below these words?',
    practice: 'PRACTICE',
  },
} as const

function tableLine(codeTable: CodeTable): Block {
  return { kind: 'text', text: `${codeTableLabel(codeTable)}: é à ô ñ ü £ €`, codeTable }
}

/** A page by which a person sees whether paper width, code table, QR, barcode and cutter are set right. */
export function testPage({ shopName, profile, language, practice }: TestPageInput): ReceiptDocument {
  const text = words[language]
  const mark: Block[] = practice ? [{ kind: 'text', text: text.practice, align: 'centre', bold: true }] : []
  const cut: Block[] = profile.cutter === 'none' ? [] : [{ kind: 'text', text: text.cut }]
  return {
    blocks: [
      { kind: 'text', text: text.title, align: 'centre', bold: true, size: 'tall' },
      { kind: 'text', text: shopName, align: 'centre' },
      ...mark,
      { kind: 'rule' },
      { kind: 'text', text: text.ruler, bold: true },
      { kind: 'text', text: '1234567890'.repeat(5).slice(0, profile.columns) },
      { kind: 'row', left: '<', right: '>' },
      { kind: 'text', text: text.letters, bold: true },
      ...tablesOnPage(profile).map(tableLine),
      { kind: 'text', text: text.scan, bold: true },
      { kind: 'qr', text: 'KAUNTA:TEST' },
      { kind: 'barcode', text: '123456' },
      ...cut,
      { kind: 'cut' },
    ],
  }
}
