import type { Network } from '../../src-preload/contract/phone.ts'

/**
 * First digits after the country code → the network they were given to. Numbers are ported, so this only ever
 * suggests. Source: the numbering plans of TCRA and CA Kenya as collected in the house's fact sheet on SMS, section 6.
 */
export const networkPrefixes: Readonly<
  Record<'255' | '254', Readonly<Partial<Record<Network, readonly string[]>>>>
> = {
  '255': {
    vodacom: ['72', '74', '75', '76', '79'],
    yas: ['65', '67', '70', '71', '77'],
    airtel: ['66', '68', '69', '78'],
    halotel: ['61', '62', '63'],
    ttcl: ['73'],
  },
  '254': {
    safaricom: [
      '70',
      '71',
      '72',
      '740',
      '741',
      '742',
      '743',
      '745',
      '746',
      '748',
      '749',
      '757',
      '758',
      '759',
      '768',
      '769',
      '79',
      '110',
      '111',
      '112',
      '113',
      '114',
      '115',
    ],
    airtel: [
      '73',
      '750',
      '751',
      '752',
      '753',
      '754',
      '755',
      '756',
      '761',
      '762',
      '78',
      '100',
      '101',
      '102',
      '103',
      '104',
      '105',
      '106',
    ],
    telkom: ['77', '120'],
  },
}
