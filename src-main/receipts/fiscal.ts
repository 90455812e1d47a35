import { TZDate } from '@date-fns/tz'
import { format } from 'date-fns/format'
import type { Fiscal } from '../../src-preload/contract/fiscal.ts'
import type { Shop } from '../../src-preload/contract/settings.ts'
import { KauntaError } from '../problem.ts'

type Tra = Extract<Fiscal, { kind: 'traVfd' }>
type Kra = Extract<Fiscal, { kind: 'kraEtims' }>

/** TRA's verification pages, live and test (printing facts §10, sources 36 and 37). */
const traPages = ['https://verify.tra.go.tz/', 'https://virtual.tra.go.tz/efdmsRctVerify/']

/** KRA's receipt pages, live and sandbox; then PIN, branch and signature, without separators (facts §10, source 45). */
const kraPages = ['https://etims.kra.go.ke', 'https://etims-sbx.kra.go.ke'].map(
  (host) => `${host}/common/link/etims/receipt/indexEtimsReceiptData?Data=`,
)
/** PIN (11), branch (2), receipt signature (16). */
const kraData = /^([A-Z]\d{9}[A-Z])(\d{2})([A-Z0-9]{16})$/
/** A PIN within what a manager typed once everything but letters and digits is gone. */
const kraPin = /[A-Z]\d{9}[A-Z]/

/** What of a QR is missing or at odds with the words beside it, named as the API names it. */
export type FiscalTrouble =
  | { readonly part: 'qr' | 'verificationCode' | 'issuedAt' | 'signature' }
  | { readonly part: 'pin'; readonly pin: string; readonly own: string }

/** What follows the page's address; null where the QR names no page of the authority. */
function behind(pages: readonly string[], address: string): string | null {
  const page = pages.find((one) => address.startsWith(one))
  return page === undefined ? null : address.slice(page.length)
}

/** The code, then `_` and HHMMSS; TRA's own test page goes without the time, and which is right is not published. */
function traTrouble({ qr, verificationCode, issuedAt }: Tra, { zone }: Shop): FiscalTrouble | null {
  if (!/^[A-Za-z0-9]+$/.test(verificationCode)) return { part: 'verificationCode' }
  const [, code, time] = /^([A-Za-z0-9]+)(?:_(\d{6}))?$/.exec(behind(traPages, qr) ?? '') ?? []
  if (code === undefined) return { part: 'qr' }
  if (code !== verificationCode) return { part: 'verificationCode' }
  return time === undefined || time === format(new TZDate(issuedAt, zone), 'HHmmss')
    ? null
    : { part: 'issuedAt' }
}

function kraTrouble({ qr, signature }: Kra, { taxNumber }: Shop): FiscalTrouble | null {
  const [, pin, , signed] = kraData.exec(behind(kraPages, qr) ?? '') ?? []
  if (pin === undefined) return { part: 'qr' }
  const own = kraPin.exec(taxNumber.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''))?.[0]
  // A shop that has not typed its PIN has nothing that the QR could be at odds with.
  if (own !== undefined && own !== pin) return { part: 'pin', pin, own }
  const printed = signature.replaceAll('-', '').toUpperCase()
  return printed === '' || printed === signed ? null : { part: 'signature' }
}

/** Why a fiscal QR must not be printed: with a part missing or wrong it still looks valid. Null where it may. */
export function fiscalTrouble(fiscal: Fiscal, shop: Shop): FiscalTrouble | null {
  return fiscal.kind === 'traVfd' ? traTrouble(fiscal, shop) : kraTrouble(fiscal, shop)
}

/**
 * Refuses a QR that would be left off the paper, while whoever hands it over can still correct it. An empty one is
 * taken: the paper then says that there is none.
 * @throws KauntaError FISCAL_QR, FISCAL_PIN
 */
export function checkFiscal(fiscal: Fiscal, shop: Shop): void {
  const trouble = fiscal.qr === '' ? null : fiscalTrouble(fiscal, shop)
  if (trouble === null) return
  const { part } = trouble
  if (part === 'pin') throw new KauntaError('FISCAL_PIN', { field: 'qr', pin: trouble.pin, own: trouble.own })
  throw new KauntaError('FISCAL_QR', { field: part, part })
}
