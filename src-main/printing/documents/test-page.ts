import type { Language } from '../../../src-preload/contract/paging.ts'
import type { PrinterProfile } from '../../../src-preload/contract/printer-models.ts'
import type { Block, ReceiptDocument } from './document.ts'

export interface TestPageInput {
  readonly shopName: string
  readonly profile: PrinterProfile
  readonly language: Language
  readonly practice: boolean
}

type CodeTable = PrinterProfile['codeTable']

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

/** Numbers that printers usually give these tables: `ESC t n` and StarPRNT's `ESC GS t n` (printing facts §3). */
const usualTables: Readonly<Record<PrinterProfile['language'], readonly CodeTable[]>> = {
  escpos: [
    { name: 'windows1252', number: 16 },
    { name: 'cp437', number: 0 },
    { name: 'cp850', number: 2 },
    { name: 'cp858', number: 19 },
  ],
  starprnt: [
    { name: 'windows1252', number: 32 },
    { name: 'cp437', number: 1 },
    { name: 'cp858', number: 4 },
  ],
}

/** The printer's own table first, each table once. */
function candidates({ language, codeTable }: PrinterProfile): CodeTable[] {
  const others = usualTables[language].filter(
    ({ name, number }) => name !== codeTable.name || number !== codeTable.number,
  )
  return [codeTable, ...others]
}

function tableLine(codeTable: CodeTable): Block {
  return { kind: 'text', text: `${codeTable.name} ${codeTable.number}: é à ô ñ ü £ €`, codeTable }
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
      ...candidates(profile).map(tableLine),
      { kind: 'text', text: text.scan, bold: true },
      { kind: 'qr', text: 'KAUNTA:TEST' },
      { kind: 'barcode', text: '123456' },
      ...cut,
      { kind: 'cut' },
    ],
  }
}
