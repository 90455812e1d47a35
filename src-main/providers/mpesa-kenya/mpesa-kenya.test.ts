import { mobileMoneyConformance } from '../conformance/mobile-money.ts'

mobileMoneyConformance({
  provider: 'mpesa-kenya',
  currency: 'KES',
  phone: '+254712345678',
  poorPhone: '+254733000001',
  paidCallback: (reference, amountMinor) =>
    JSON.stringify({
      Body: {
        stkCallback: {
          MerchantRequestID: '29115-34620561-1',
          CheckoutRequestID: reference,
          ResultCode: 0,
          ResultDesc: 'The service request is processed successfully.',
          CallbackMetadata: {
            Item: [
              { Name: 'Balance' },
              { Name: 'MpesaReceiptNumber', Value: 'LHG31AA5TX' },
              { Name: 'Amount', Value: amountMinor / 100 },
            ],
          },
        },
      },
    }),
  inventedCallback: (reference) =>
    JSON.stringify({
      Body: {
        stkCallback: {
          CheckoutRequestID: reference,
          ResultCode: 'Z99',
          ResultDesc: 'Completed successfully',
        },
      },
    }),
})
