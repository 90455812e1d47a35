import type { Shop } from '../../src-preload/contract/settings.ts'

/** A shop that nobody has set up yet. */
export const liveShop: Shop = {
  name: 'Duka',
  address: '',
  phone: '',
  taxNumber: '',
  taxRateBp: 0,
  // Thanks are said in the receipt's own language until the shop has words of its own.
  footer: '',
  country: 'TZ',
  currency: 'TZS',
  zone: 'Africa/Dar_es_Salaam',
  publicAddress: '',
  till: '1',
  lockAfterMinutes: 5,
  cashierDiscountBp: 2_000,
  language: 'sw',
  theme: 'auto',
}

/** The practice shop stands in Nairobi, where the one mobile-money network of this version is. */
export const practiceShop: Shop = {
  ...liveShop,
  name: 'Mama Neema Duka',
  address: 'Mtaa wa Biashara, Nairobi',
  phone: '0700 000 001',
  country: 'KE',
  currency: 'KES',
  taxNumber: 'P051234567A',
  taxRateBp: 1600,
  zone: 'Africa/Nairobi',
  till: '2',
  lockAfterMinutes: 0,
}

/** Who works in the practice shop; the screen tells their PINs. */
export const practicePeople = [
  { name: 'Asha', role: 'manager', pin: '2468' },
  { name: 'Juma', role: 'cashier', pin: '1357' },
] as const
