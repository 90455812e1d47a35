import { mobileMoneyConformance } from '../conformance/mobile-money.ts'
import type { References } from '../mobile-money.ts'
import type { RawCallback } from '../provider.ts'

function callback({ own }: References, result: object): RawCallback {
  return {
    method: 'POST',
    path: '/reports/mixx-by-yas',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      Description: 'Success',
      MFSTransactionID: 'TWTSVBSVBSGFSYA',
      ReferenceID: own ?? 'KNT1',
      ...result,
    }),
  }
}

// Only words tell why a customer did not pay, and nobody documented them.
const unpaid = { state: 'failed', reason: 'rejected' } as const

mobileMoneyConformance({
  provider: 'mixx-by-yas',
  currency: 'TZS',
  phone: '+255712345678',
  poorPhone: '+255733000001',
  endings: { wrongPin: unpaid, poor: unpaid, cancel: unpaid, ignore: unpaid },
  refusesBusyPhone: false,
  lacks: {
    queryPrompt: /payment request cannot be asked about/,
    partialReversal: /Only the whole payment/,
    queryReversal: /became of a reversal/,
    queryPayOut: /a payout whose answer was lost cannot be asked/,
    queryCode: /receipt code cannot be checked/,
    balance: /balance of the shop’s wallet cannot be asked/,
  },
  reports: {
    trust: 'unsigned',
    carriesAmount: true,
    ofTransfers: false,
    repeatsUnacknowledged: true,
    paid: (references, amountMinor) =>
      callback(references, { Status: true, Amount: String(amountMinor / 100) }),
    invented: (references) => callback(references, { Status: 'PENDING', Amount: '50' }),
    forge: () => [],
    acknowledgement: ({ body }) => ({
      status: 200,
      contentType: 'application/json',
      body: `{"ResponseCode":"BILLER-30-0000-S","ResponseStatus":true,"ResponseDescription":"Callback successful","ReferenceID":"${/"ReferenceID":"(\w+)"/.exec(body)?.[1]}"}`,
    }),
  },
})
