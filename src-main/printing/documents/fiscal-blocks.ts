import type { Fiscal } from '../../../src-preload/contract/fiscal.ts'
import type { Shop } from '../../../src-preload/contract/settings.ts'
import { fiscalTrouble } from '../../receipts/fiscal.ts'
import type { Block } from './document.ts'
import type { ReceiptWords } from './receipt-document-words.ts'
import { centred, timeText } from './receipt-text.ts'

type Tra = Extract<Fiscal, { kind: 'traVfd' }>
type Kra = Extract<Fiscal, { kind: 'kraEtims' }>

type Pair = readonly [label: string, value: string]

/** What the device answered, in the order of the authority's own page. */
interface FiscalParts {
  /** The one number that the authority knows this receipt by. */
  readonly number: Pair
  /** When it was issued, and to whom. */
  readonly head: readonly Pair[]
  readonly device: readonly Pair[]
}

function rows(pairs: readonly Pair[]): Block[] {
  return pairs
    .filter(([, value]) => value !== '')
    .map(([left, right]): Block => ({ kind: 'row', left, right }))
}

/** Labels as they stand on TRA's own page, which is English (facts §10, source 38). */
function traParts(fiscal: Tra, shop: Shop, withBuyer: boolean): FiscalParts {
  const [date = '', time = ''] = timeText(fiscal.issuedAt, shop).split(' ')
  return {
    number: ['RECEIPT NO', fiscal.receiptNumber],
    head: [
      ['Z NUMBER', fiscal.zNumber],
      ['RECEIPT DATE', date],
      ['RECEIPT TIME', time],
      ['CUSTOMER TIN', withBuyer ? fiscal.buyerTin : ''],
    ],
    device: [
      ['VRN', fiscal.vrn],
      ['SERIAL NO', fiscal.serial],
      ['UIN', fiscal.uin],
      ['TAX OFFICE', fiscal.taxOffice],
    ],
  }
}

/** Labels as KRA names the fields (facts §10, sources 42 and 43). */
function kraParts(fiscal: Kra, shop: Shop): FiscalParts {
  const [date = '', time = ''] = timeText(fiscal.issuedAt, shop).split(' ')
  return {
    number: ['CU INVOICE NO', fiscal.invoiceNumber],
    head: [
      ['DATE', date],
      ['TIME', time],
      ['BUYER PIN', fiscal.buyerPin],
    ],
    device: [
      ['CU SERIAL NO', fiscal.controlUnit],
      ['INTERNAL DATA', fiscal.internalData],
      ['RECEIPT SIGNATURE', fiscal.signature],
    ],
  }
}

function partsOf(fiscal: Fiscal, shop: Shop, withBuyer: boolean): FiscalParts {
  return fiscal.kind === 'traVfd' ? traParts(fiscal, shop, withBuyer) : kraParts(fiscal, shop)
}

/** Number, date and time of a fiscal receipt, which stand where a receipt of the shop has its own. */
export function fiscalHead(fiscal: Fiscal, shop: Shop, withBuyer: boolean): Block[] {
  const { number, head } = partsOf(fiscal, shop, withBuyer)
  const [left, right] = number
  return [{ kind: 'row', left, right, bold: true }, ...rows(head)]
}

/**
 * What the certified device or service supplied to prove the receipt. A QR with a segment missing, of the wrong length
 * or at odds with the words is left out, and the paper says so: a broken one still looks valid.
 */
export function fiscalProof(fiscal: Fiscal, shop: Shop, words: ReceiptWords): Block[] {
  const code: Block[] =
    fiscal.kind === 'traVfd'
      ? [
          centred('RECEIPT VERIFICATION CODE'),
          { kind: 'text', text: fiscal.verificationCode, align: 'centre', bold: true },
        ]
      : []
  const whole = fiscalTrouble(fiscal, shop) === null
  const qr: Block = whole ? { kind: 'qr', text: fiscal.qr } : centred(words.qrLeftOut)
  return [...rows(partsOf(fiscal, shop, false).device), ...code, qr]
}
