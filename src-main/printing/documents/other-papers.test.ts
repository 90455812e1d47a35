import { describe, expect, it } from 'vitest'
import { printerModels } from '../encoding/models.ts'
import type { ReceiptDocument } from './document.ts'
import { sampleReceipt } from './sample-sale.ts'
import { testPage } from './test-page.ts'
import { ticketDocument } from './ticket-document.ts'

function words(document: ReceiptDocument): string[] {
  return document.blocks.flatMap((block) => {
    if (block.kind === 'text') return [block.text]
    return block.kind === 'row' ? [`${block.left} | ${block.right}`] : [block.kind]
  })
}

describe('ticketDocument', () => {
  const input = { ...sampleReceipt, lines: sampleReceipt.sale.lines.slice(0, 2), printerName: 'Jikoni' }

  it('holds what is to be handed out, large, and no price', () => {
    const ticket = ticketDocument(input)
    expect(words(ticket)).toEqual([
      'Jikoni',
      'ODA 000123',
      'Tarehe | 21/11/2026 12:30:15',
      'rule',
      '1.5 x Sukari',
      '2 x Mchele wa Mbeya daraja la kwanza, mfuko wa kilo 25',
      'rule',
      'cut',
    ])
    expect(ticket.blocks[4]).toMatchObject({ size: 'large', bold: true })
    expect(words(ticket).join('\n')).not.toMatch(/3,200|65,000|130/)
  })

  it('speaks English, and says when it is practice', () => {
    const paper = words(ticketDocument({ ...input, language: 'en', practice: true }))
    expect(paper).toContain('ORDER 000123')
    expect(paper.filter((text) => text === 'PRACTICE - NOT A REAL SALE')).toHaveLength(2)
  })
})

describe('testPage', () => {
  const page = (id: string, language: 'sw' | 'en' = 'en'): ReceiptDocument => {
    const model = printerModels.find((one) => one.id === id)
    if (model === undefined) throw new Error(`no model ${id}`)
    return testPage({ shopName: 'Duka la Asha', profile: model.profile, language, practice: false })
  }
  const tables = (document: ReceiptDocument) =>
    document.blocks.flatMap((block) => (block.kind === 'text' && block.codeTable ? [block.codeTable] : []))

  it('asks numbered questions, the last one only of a printer that cuts', () => {
    const numbers = (document: ReceiptDocument) =>
      words(document).flatMap((text) => /^(\d)\./.exec(text)?.[1] ?? [])
    expect(numbers(page('generic-80'))).toEqual(['1', '2', '3', '4'])
    expect(numbers(page('generic-58', 'sw'))).toEqual(['1', '2', '3'])
  })

  it('tries each candidate table once, the printer’s own first', () => {
    expect(tables(page('mpt-ii'))).toEqual([
      { name: 'cp850', number: 2 },
      { name: 'windows1252', number: 16 },
      { name: 'cp437', number: 0 },
      { name: 'cp858', number: 19 },
    ])
    expect(tables(page('star-mpop')).map(({ number }) => number)).toEqual([32, 1, 4])
  })

  it('has a QR, a barcode and a cut, and leaves the drawer alone', () => {
    expect(page('generic-80').blocks.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['qr', 'barcode', 'cut']),
    )
    expect(page('generic-80').blocks.filter(({ kind }) => kind === 'drawer')).toEqual([])
  })
})
