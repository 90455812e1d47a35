import type { Fiscal } from '../../../src-preload/contract/fiscal.ts'
import type { Shop } from '../../../src-preload/contract/settings.ts'
import { fiscalTrouble } from '../../receipts/fiscal.ts'
import type { Block } from './document.ts'
import type { ReceiptWords } from './receipt-document-words.ts'
import { centred, timeText } from './receipt-text.ts'

type Tra = Extract<Fiscal, { kind: 'traVfd' }>
type Kra = Extract<Fiscal, { kind: 'kraEtims' }>

function rows(pairs: readonly (readonly [string, string])[]): Block[] {
  return pairs
    .filter(([, value]) => value !== '')
    .map(([left, right]): Block => ({ kind: 'row', left, right }))
}

/** Labels as they stand on TRA's own page, which is English (facts §10, source 38). */
function traBlocks(fiscal: Tra, shop: Shop): Block[] {
  const [date = '', time = ''] = timeText(fiscal.issuedAt, shop).split(' ')
  return [
    ...rows([
      ['RECEIPT NO', fiscal.receiptNumber],
      ['Z NUMBER', fiscal.zNumber],
      ['RECEIPT DATE', date],
      ['RECEIPT TIME', time],
      ['UIN', fiscal.uin],
      ['SERIAL NO', fiscal.serial],
      ['VRN', fiscal.vrn],
      ['TAX OFFICE', fiscal.taxOffice],
    ]),
    centred('RECEIPT VERIFICATION CODE'),
    { kind: 'text', text: fiscal.verificationCode, align: 'centre', bold: true },
  ]
}

/** Labels as KRA names the fields (facts §10, sources 42 and 43). */
function kraBlocks(fiscal: Kra, shop: Shop): Block[] {
  const [date = '', time = ''] = timeText(fiscal.issuedAt, shop).split(' ')
  return rows([
    ['DATE', date],
    ['TIME', time],
    ['CU SERIAL NO', fiscal.controlUnit],
    ['CU INVOICE NO', fiscal.invoiceNumber],
    ['INTERNAL DATA', fiscal.internalData],
    ['RECEIPT SIGNATURE', fiscal.signature],
    ['BUYER PIN', fiscal.buyerPin],
  ])
}

/**
 * What the certified device or service supplied. A QR with a segment missing, of the wrong length or at odds with the
 * words is left out, and the paper says so: a broken one still looks valid.
 */
export function fiscalBlocks(fiscal: Fiscal, shop: Shop, words: ReceiptWords): Block[] {
  const fields = fiscal.kind === 'traVfd' ? traBlocks(fiscal, shop) : kraBlocks(fiscal, shop)
  const whole = fiscalTrouble(fiscal, shop) === null
  return [...fields, whole ? { kind: 'qr', text: fiscal.qr } : centred(words.qrLeftOut)]
}
