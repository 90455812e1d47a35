import type { Shop } from '../../src-preload/contract/settings.ts'

/** A shop that nobody has set up yet. */
export const liveShop: Shop = {
  name: 'Duka',
  address: '',
  phone: '',
  taxNumber: '',
  footer: 'Asante, karibu tena!',
  country: 'TZ',
  currency: 'TZS',
  zone: 'Africa/Dar_es_Salaam',
  publicAddress: '',
  till: '1',
  cashier: '',
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
  zone: 'Africa/Nairobi',
  till: '2',
  cashier: 'Asha',
}
