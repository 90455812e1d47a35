import { type MobileMoneyCase, mobileMoneyConformance, type ReportCase } from '../conformance/mobile-money.ts'
import type { References } from '../mobile-money.ts'
import type { RawCallback } from '../provider.ts'

const tanzanian = {
  provider: 'mpesa-tanzania',
  currency: 'TZS',
  phone: '+255712345678',
  poorPhone: '+255733000001',
  // Nothing published says what a second prompt meets: the transaction fails.
  refusesBusyPhone: false,
  lacks: { balance: /balance cannot be asked/, customerPayments: /not announced/ },
} as const satisfies Partial<MobileMoneyCase>

function report({ own, provider }: References, code: string): RawCallback {
  return {
    method: 'POST',
    path: '/reports/mpesa-tanzania',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      input_OriginalConversationID: provider ?? 'fd1e9143d22544459f7c66e1860ef276',
      input_TransactionID: '49XCD123F6',
      input_ResultCode: code,
      input_ResultDesc: 'Request processed successfully',
      input_ThirdPartyConversationID: own ?? '',
    }),
  }
}

const reports: ReportCase = {
  trust: 'unsigned',
  carriesAmount: false,
  repeatsUnacknowledged: true,
  paid: (references) => report(references, 'INS-0'),
  invented: (references) => report(references, 'INS-7777'),
  forge: () => [],
  acknowledgement: ({ body }) => {
    const names = /"input_OriginalConversationID":"(\w+)".*"input_ThirdPartyConversationID":"(\w*)"/.exec(
      body,
    )
    return {
      status: 200,
      contentType: 'application/json',
      body: `{"output_OriginalConversationID":"${names?.[1]}","output_ResponseCode":"0","output_ResponseDesc":"Successfully Accepted Result","output_ThirdPartyConversationID":"${names?.[2]}"}`,
    }
  },
}

mobileMoneyConformance({
  ...tanzanian,
  title: 'an app that answers at once',
  endings: {
    wrongPin: { state: 'failed', reason: 'rejected' },
    ignore: { state: 'expired', reason: 'promptExpired' },
  },
  reports: null,
})

mobileMoneyConformance({
  ...tanzanian,
  title: 'an app that answers later',
  change: {
    settings: { mode: 'asynchronous' },
    secrets: { apiKey: 'practice-key-of-the-app-that-answers-later' },
  },
  // A question knows four words, and none for a PIN or a wallet.
  endings: {
    wrongPin: { state: 'cancelled' },
    poor: { state: 'cancelled' },
    ignore: { state: 'expired', reason: 'promptExpired' },
  },
  reports,
})
