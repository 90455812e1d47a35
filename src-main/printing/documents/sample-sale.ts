import type { Sale, SaleLine } from '../../../src-preload/contract/receipts.ts'
import type { Shop } from '../../../src-preload/contract/settings.ts'
import { defaultLayout } from './default-layout.ts'
import type { ReceiptInput } from './receipt-document.ts'

/**
 * A made-up sale of a shop, for the preview and for tests: a discount, two tax rates, cash with change and a network's
 * code. It was never recorded anywhere.
 */
export function sampleSale(shop: Shop): Sale {
  const taxRateBp = shop.taxRateBp === 0 ? 1800 : shop.taxRateBp
  const lines: SaleLine[] = [
    { name: 'Sukari', quantityMilli: 1500, unitPriceMinor: 320_000, discountMinor: 0, taxRateBp },
    {
      name: 'Mchele wa Mbeya daraja la kwanza, mfuko wa kilo 25',
      quantityMilli: 2000,
      unitPriceMinor: 6_500_000,
      discountMinor: 500_000,
      taxRateBp: 0,
    },
    { name: 'Chai “Café”', quantityMilli: 1000, unitPriceMinor: 45_050, discountMinor: 0, taxRateBp },
  ]
  return {
    id: '0192f0c1-2d3e-7a4b-8c5d-0123456789ab',
    number: 123,
    tillId: shop.till,
    state: 'finished',
    source: 'counter',
    customer: { phone: '+255712000111', name: 'José Müller' },
    currency: shop.currency,
    lines,
    totalMinor: 13_025_050,
    tenders: [
      {
        kind: 'cash',
        amountMinor: 525_050,
        receiptCode: null,
        paymentId: null,
        network: null,
        reversedMinor: 0,
        givenMinor: 1_000_000,
      },
      {
        kind: 'mobileMoney',
        amountMinor: 12_500_000,
        receiptCode: 'SGL7XYZ123',
        paymentId: null,
        network: 'M-Pesa',
        reversedMinor: 0,
        givenMinor: null,
      },
    ],
    paidMinor: 13_025_050,
    owed: null,
    fiscal: null,
    staffName: 'Neema',
    posNumber: null,
    soldAt: null,
    recordedAt: Date.UTC(2026, 10, 21, 9, 30, 15),
    createdAt: Date.UTC(2026, 10, 20, 15, 59, 59),
    updatedAt: Date.UTC(2026, 10, 21, 9, 31, 0),
  }
}

/** A shop and the receipt of that sale, for tests and measurements. */
export const sampleShop: Shop = {
  name: 'Duka la Asha',
  address: 'Mtaa wa Uhuru 12, Kariakoo',
  phone: '+255 712 345 678',
  taxNumber: '123-456-789',
  taxRateBp: 1800,
  footer: '',
  country: 'TZ',
  currency: 'TZS',
  zone: 'Africa/Dar_es_Salaam',
  publicAddress: '',
  till: 'K1',
  lockAfterMinutes: 0,
  cashierDiscountBp: 2_000,
  language: 'sw',
  theme: 'auto',
}

export const sampleReceipt: ReceiptInput = {
  shop: sampleShop,
  sale: sampleSale(sampleShop),
  language: 'sw',
  copyNumber: 0,
  practice: false,
  layout: defaultLayout,
  logo: null,
  paper: '80',
}
