import type { Sale } from '../../src-preload/contract/receipts.ts'
import type { Shop } from '../../src-preload/contract/settings.ts'
import type { ReceiptInput } from './receipt-document.ts'

/** A shop and a sale for tests. */
export const sampleShop: Shop = {
  name: 'Duka la Asha',
  address: 'Mtaa wa Uhuru 12, Kariakoo',
  phone: '+255 712 345 678',
  taxNumber: '123-456-789',
  footer: '',
  country: 'TZ',
  currency: 'TZS',
  zone: 'Africa/Dar_es_Salaam',
  publicAddress: '',
  till: 'K1',
  lockAfterMinutes: 0,
  language: 'sw',
  theme: 'auto',
}

export const sampleSale: Sale = {
  id: '0192f0c1-2d3e-7a4b-8c5d-0123456789ab',
  number: 123,
  tillId: 'K1',
  state: 'recorded',
  source: 'counter',
  customer: { phone: '+255712000111', name: 'José Müller' },
  currency: 'TZS',
  lines: [
    { name: 'Sukari', quantityMilli: 1500, unitPriceMinor: 320_000 },
    {
      name: 'Mchele wa Mbeya daraja la kwanza, mfuko wa kilo 25',
      quantityMilli: 2000,
      unitPriceMinor: 6_500_000,
    },
    { name: 'Chai “Café”', quantityMilli: 1000, unitPriceMinor: 45_050 },
  ],
  totalMinor: 13_525_050,
  tenders: [
    {
      kind: 'cash',
      amountMinor: 525_050,
      receiptCode: null,
      paymentId: null,
      network: null,
      reversedMinor: 0,
    },
    {
      kind: 'mobileMoney',
      amountMinor: 13_000_000,
      receiptCode: 'SGL7XYZ123',
      paymentId: null,
      network: null,
      reversedMinor: 0,
    },
  ],
  paidMinor: 13_525_050,
  staffName: 'Neema',
  createdAt: Date.UTC(2026, 10, 21, 9, 30, 15),
  updatedAt: Date.UTC(2026, 10, 21, 9, 31, 0),
}

export const sampleReceipt: ReceiptInput = {
  shop: sampleShop,
  sale: sampleSale,
  language: 'sw',
  copyNumber: 0,
  practice: false,
  till: 'K1',
  cashier: 'Neema',
}
