import { describe, expect, it } from 'vitest'
import type { Fiscal } from '../../../src-preload/contract/fiscal.ts'
import type { Block, ReceiptDocument } from './document.ts'
import { type ReceiptInput, receiptDocument } from './receipt-document.ts'
import { sampleReceipt, sampleShop } from './sample-sale.ts'

const issuedAt = Date.UTC(2026, 10, 21, 9, 30, 15)
const tra = {
  kind: 'traVfd',
  verificationCode: '18935E214576',
  qr: 'https://verify.tra.go.tz/18935E214576_123015',
  receiptNumber: '214576',
  zNumber: '20261121',
  uin: '09VFDWEBAPI-10120',
  serial: '10TZ100999',
  taxOffice: 'Kariakoo',
  vrn: '40-000000-X',
  buyerTin: '',
  issuedAt,
} as const satisfies Fiscal
const kraPage = 'https://etims.kra.go.ke/common/link/etims/receipt/indexEtimsReceiptData?Data='
const kra = {
  kind: 'kraEtims',
  controlUnit: 'KRACU0100000001',
  invoiceNumber: 'KRACU0100000001/152',
  internalData: 'ABCD-EFGH',
  signature: 'ABCD-EFGH-IJKL-MN12',
  buyerPin: 'A012345678Z',
  qr: `${kraPage}P051234567A00ABCDEFGHIJKLMN12`,
  issuedAt,
} as const satisfies Fiscal
const kenya = { ...sampleShop, country: 'KE', zone: 'Africa/Nairobi', taxNumber: 'P051234567A' } as const
const leftOut = 'QR ya kodi haikuchapishwa: si kamili'

function rowWords({ label, left, right, mark }: Extract<Block, { kind: 'row' }>): string {
  return `${label === undefined ? '' : `${label} `}${left} | ${right} ${mark ?? ''}`.trimEnd()
}

function words(document: ReceiptDocument): string[] {
  return document.blocks.flatMap((block) => {
    if (block.kind === 'text') return [block.text]
    if (block.kind === 'row') return [rowWords(block)]
    return block.kind === 'qr' ? [`qr ${block.text}`] : []
  })
}

function receipt(fiscal: Fiscal, more: Partial<ReceiptInput> = {}): string[] {
  const shop = fiscal.kind === 'kraEtims' ? kenya : sampleShop
  return words(receiptDocument({ ...sampleReceipt, shop, sale: { ...sampleReceipt.sale, fiscal }, ...more }))
}

function codes(paper: readonly string[]): string[] {
  return paper.filter((text) => text.startsWith('qr ') || text === leftOut)
}

describe('the fiscal block', () => {
  it('holds what TRA’s device answered, with seconds, and its QR alone', () => {
    const paper = receipt(tra)
    expect(paper).toEqual(
      expect.arrayContaining([
        'RECEIPT NO | 214576',
        'Z NUMBER | 20261121',
        'RECEIPT DATE | 21/11/2026',
        'RECEIPT TIME | 12:30:15',
        'UIN | 09VFDWEBAPI-10120',
        'SERIAL NO | 10TZ100999',
        'VRN | 40-000000-X',
        'TAX OFFICE | Kariakoo',
        'RECEIPT VERIFICATION CODE',
        '18935E214576',
      ]),
    )
    expect(codes(paper)).toEqual([`qr ${tra.qr}`])
    expect(paper).not.toContain('si risiti ya kodi')
  })

  it('holds what KRA’s control unit answered, and its QR alone', () => {
    const paper = receipt(kra)
    expect(paper).toEqual(
      expect.arrayContaining([
        'DATE | 21/11/2026',
        'TIME | 12:30:15',
        'CU SERIAL NO | KRACU0100000001',
        'CU INVOICE NO | KRACU0100000001/152',
        'INTERNAL DATA | ABCD-EFGH',
        'RECEIPT SIGNATURE | ABCD-EFGH-IJKL-MN12',
        'BUYER PIN | A012345678Z',
      ]),
    )
    expect(codes(paper)).toEqual([`qr ${kra.qr}`])
  })

  it.each([
    ['TRA', tra, 'RECEIPT NO | 214576'],
    ['KRA', kra, 'CU INVOICE NO | KRACU0100000001/152'],
  ] as const)('names one number and one date where %s knows the receipt', (_who, fiscal, number) => {
    const paper = receipt(fiscal)

    const { blocks } = receiptDocument({ ...sampleReceipt, sale: { ...sampleReceipt.sale, fiscal } })
    expect(paper[4]).toBe(number)
    expect(blocks.filter(({ kind }) => kind === 'barcode')).toEqual([])
    expect(paper.filter((text) => /Risiti Na|Tarehe/.test(text))).toEqual([])
    expect(paper.filter((text) => text.includes('21/11/2026'))).toHaveLength(1)
    // The shop finds the sale by its own number, in small at the end.
    expect(paper.at(-1)).toBe('Rejea ya duka: 000123')
  })

  it('names the buyer’s TIN where it is known and wanted', () => {
    const named = { ...tra, buyerTin: '987-654-321' }
    expect(receipt(named)).toContain('CUSTOMER TIN | 987-654-321')
    const layout = { ...sampleReceipt.layout, buyerTin: false }
    expect(receipt(named, { layout }).join()).not.toContain('987-654-321')
    expect(receipt(tra).join()).not.toContain('CUSTOMER TIN')
  })

  it.each([
    '',
    'https://verify.tra.go.tz/',
    'https://verify.tra.go.tz/18935E21457',
    'https://verify.tra.go.tz/18935E214576_',
    'https://verify.tra.go.tz/18935E214576_12301',
    'https://verify.tra.go.tz/18935E214576_123016',
    'https://verify.tra.go.tz/18935E214577_123015',
    'https://verify.tra.go.tz/8935E214576_123015',
    'https://verify.tra.go.tz/18935E214576_1230150',
    'https://verify.tra.example/18935E214576_123015',
    'http://verify.tra.go.tz/18935E214576_123015',
  ])('prints no QR where TRA’s is %j, and says so', (qr) => {
    expect(codes(receipt({ ...tra, qr }))).toEqual([leftOut])
  })

  it.each([
    '',
    kraPage,
    `${kraPage}P051234567A00ABCDEFGHIJKLMN1`,
    `${kraPage}P051234567A00ABCDEFGHIJKLMN123`,
    `${kraPage}P051234567A0ABCDEFGHIJKLMN12`,
    `${kraPage}0051234567A00ABCDEFGHIJKLMN12`,
    `${kraPage}P051234567B00ABCDEFGHIJKLMN12`,
    `${kraPage}P051234567A00ABCDEFGHIJKLMN13`,
    `${kraPage}P051234567A-00-ABCDEFGHIJKLMN12`,
    `https://etims.kra.example/receipt?Data=P051234567A00ABCDEFGHIJKLMN12`,
  ])('prints no QR where KRA’s is %j, and says so', (qr) => {
    expect(codes(receipt({ ...kra, qr }))).toEqual([leftOut])
  })

  it.each([
    { ...tra, qr: 'https://virtual.tra.go.tz/efdmsRctVerify/18935E214576_123015' },
    { ...kra, qr: kra.qr.replace('etims.', 'etims-sbx.') },
    { ...kra, signature: '' },
    { ...tra, qr: 'https://verify.tra.go.tz/18935E214576' },
  ])('knows the authorities’ test pages, and what need not be told: %o', (fiscal) => {
    expect(codes(receipt(fiscal))).toEqual([`qr ${fiscal.qr}`])
  })

  it.each(['', 'P051 234 567A', 'PIN: p051234567a', '40-123456-X'])(
    'prints KRA’s QR in a shop that typed its number as %j',
    (taxNumber) => {
      expect(codes(receipt(kra, { shop: { ...kenya, taxNumber } }))).toEqual([`qr ${kra.qr}`])
    },
  )

  it('leaves out what was not supplied, and makes none of it up', () => {
    const paper = receipt({ ...tra, vrn: '', taxOffice: '' }).join('\n')
    expect(paper).not.toMatch(/VRN|TAX OFFICE/)
    expect(receipt({ ...kra, buyerPin: '', internalData: '' }).join('\n')).not.toMatch(/BUYER|INTERNAL/)
  })

  it('names the trader and the taxes, whatever the layout says', () => {
    const layout = { ...sampleReceipt.layout, taxNumber: false, taxes: false }
    const paper = receipt(tra, { layout })
    expect(paper).toContain('TIN: 123-456-789')
    expect(paper).toContain('A: Kodi 18% ya 5,250.50 | 800.92')
    expect(paper).toContain('Jumla bila kodi | 129,449.58')
  })

  it('is the same on a copy, and never on practice paper', () => {
    expect(receipt(tra, { copyNumber: 1 }).filter((text) => text !== 'NAKALA 1')).toEqual(receipt(tra))
    const practice = receipt(tra, { practice: true })
    expect(practice).toContain('si risiti ya kodi')
    expect(practice.join('\n')).not.toMatch(/VERIFICATION|18935E214576/)
  })
})
