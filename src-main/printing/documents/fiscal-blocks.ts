import { TZDate } from '@date-fns/tz'
import { format } from 'date-fns'
import type { Fiscal } from '../../../src-preload/contract/fiscal.ts'
import type { Shop } from '../../../src-preload/contract/settings.ts'
import type { Block } from './document.ts'
import type { ReceiptWords } from './receipt-document-words.ts'
import { centred, timeText } from './receipt-text.ts'

type Tra = Extract<Fiscal, { kind: 'traVfd' }>
type Kra = Extract<Fiscal, { kind: 'kraEtims' }>

/** TRA's verification pages, live and test; then the code, `_` and HHMMSS (printing facts §10, sources 36 and 37). */
const traPages = ['https://verify.tra.go.tz/', 'https://virtual.tra.go.tz/efdmsRctVerify/']

/** KRA's receipt pages, live and sandbox; then PIN, branch and signature, without separators (facts §10, source 45). */
const kraPages = ['https://etims.kra.go.ke', 'https://etims-sbx.kra.go.ke'].map(
  (host) => `${host}/common/link/etims/receipt/indexEtimsReceiptData?Data=`,
)
/** PIN (11), branch (2), receipt signature (16). */
const kraData = /^([A-Z]\d{9}[A-Z])(\d{2})([A-Z0-9]{16})$/

/** What follows the page's address; null where the QR names no page of the authority. */
function behind(pages: readonly string[], address: string): string | null {
  const page = pages.find((one) => address.startsWith(one))
  return page === undefined ? null : address.slice(page.length)
}

/** Zone of both authorities; neither country changes its clocks. */
function clock(at: number, { zone }: Shop): string {
  return format(new TZDate(at, zone), 'HHmmss')
}

function traQrHolds({ qr, verificationCode, issuedAt }: Tra, shop: Shop): boolean {
  if (!/^[A-Za-z0-9]+$/.test(verificationCode)) return false
  return behind(traPages, qr) === `${verificationCode}_${clock(issuedAt, shop)}`
}

function kraQrHolds({ qr, signature }: Kra, { taxNumber }: Shop): boolean {
  const [, pin, , signed] = kraData.exec(behind(kraPages, qr) ?? '') ?? []
  if (pin === undefined) return false
  const printed = signature.replaceAll('-', '').toUpperCase()
  return pin === taxNumber.toUpperCase() && (printed === '' || printed === signed)
}

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
  const [fields, holds] =
    fiscal.kind === 'traVfd'
      ? [traBlocks(fiscal, shop), traQrHolds(fiscal, shop)]
      : [kraBlocks(fiscal, shop), kraQrHolds(fiscal, shop)]
  return [...fields, holds ? { kind: 'qr', text: fiscal.qr } : centred(words.qrLeftOut)]
}
