import type { ReceiptLayout } from '../../../src-preload/contract/receipt-layout.ts'

/** Receipts of a shop whose manager has laid nothing out. */
export const defaultLayout: ReceiptLayout = {
  logo: true,
  shopName: 'large',
  address: true,
  phone: true,
  taxNumber: true,
  header: { sw: '', en: '' },
  till: true,
  cashier: true,
  customer: true,
  itemCount: true,
  taxes: true,
  net: true,
  paid: true,
  buyerTin: true,
  qr: true,
  barcode: true,
  footer: { sw: '', en: '' },
}
