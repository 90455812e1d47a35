import { describe, expect, it } from 'vitest'
import type { ReceiptDocument } from './document.ts'
import { receiptDocument } from './receipt-document.ts'
import { sampleReceipt, sampleSale, sampleShop } from './sample-sale.ts'

function words(document: ReceiptDocument): string[] {
  return document.blocks.flatMap((block) => {
    if (block.kind === 'text') return [block.text]
    if (block.kind === 'row') return [`${block.left} | ${block.right}`]
    return block.kind === 'qr' || block.kind === 'barcode' ? [`${block.kind} ${block.text}`] : [block.kind]
  })
}

describe('receiptDocument', () => {
  it('holds the whole sale in Swahili, in the order of the paper', () => {
    expect(words(receiptDocument(sampleReceipt))).toEqual([
      'Duka la Asha',
      'Mtaa wa Uhuru 12, Kariakoo',
      '+255 712 345 678',
      'TIN: 123-456-789',
      'rule',
      'Risiti Na. | 000123',
      'Tarehe | 21/11/2026 12:30:15',
      'Kaunta | K1',
      'Mhudumu | Neema',
      'Mteja | José Müller',
      'rule',
      'Sukari',
      '1.5 x 3,200 | 4,800',
      'Mchele wa Mbeya daraja la kwanza, mfuko wa kilo 25',
      '2 x 65,000 | 130,000',
      'Chai “Café”',
      '1 x 450.50 | 450.50',
      'rule',
      'JUMLA TZS | 135,250.50',
      'Taslimu | 5,250.50',
      'Pesa kwa simu | 130,000',
      'Kumbukumbu | SGL7XYZ123',
      'rule',
      'si risiti ya kodi',
      'qr KAUNTA:000123:13525050:TZS',
      'barcode 000123',
      'Asante, karibu tena',
      'cut',
    ])
  })

  it('speaks English, in the zone of the shop', () => {
    const shop = { ...sampleShop, zone: 'Africa/Nairobi' as const, footer: 'Goods sold are not returned' }
    const paper = words(
      receiptDocument({ ...sampleReceipt, shop, language: 'en', at: Date.UTC(2026, 0, 1, 22) }),
    )
    expect(paper).toEqual(
      expect.arrayContaining(['not a fiscal receipt', 'TOTAL TZS | 135,250.50', 'Cash | 5,250.50']),
    )
    expect(paper).toContain('Date | 02/01/2026 01:00:00')
    expect(paper.at(-2)).toBe('Goods sold are not returned')
  })

  it.each([
    ['sw', 'NAKALA 2', 'MAZOEZI - SI MAUZO HALISI'],
    ['en', 'COPY 2', 'PRACTICE - NOT A REAL SALE'],
  ] as const)('says at both ends, in %s, that it is a copy and practice', (language, copy, practice) => {
    const marked = words(receiptDocument({ ...sampleReceipt, language, copyNumber: 2, practice: true }))
    expect(marked.filter((text) => text === copy)).toHaveLength(2)
    expect(marked.filter((text) => text === practice)).toHaveLength(2)
    const original = words(receiptDocument({ ...sampleReceipt, language }))
    expect(original.filter((text) => text === copy || text === practice)).toEqual([])
  })

  it('says what is still to pay', () => {
    const sale = { ...sampleSale, tenders: [], paidMinor: 0 }
    expect(words(receiptDocument({ ...sampleReceipt, sale }))).toContain('Bado kulipwa | 135,250.50')
  })

  it('keeps number, time and amounts on a copy', () => {
    const plain = words(receiptDocument(sampleReceipt))
    const copy = words(receiptDocument({ ...sampleReceipt, copyNumber: 1 }))
    expect(copy.filter((text) => text !== 'NAKALA 1')).toEqual(plain)
  })
})
