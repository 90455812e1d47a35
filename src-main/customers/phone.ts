import { parsePhoneNumberFromString } from 'libphonenumber-js/mobile'
import type { Network, PhoneInfo } from '../../src-preload/contract/phone.ts'
import { KauntaError } from '../problem.ts'
import { networkPrefixes } from './network-prefixes.ts'

/**
 * Reads a number as people type it (0712…, 712…, 255712…, +255 712…, 00255…).
 * @param country decides numbers without a country code, which exist in both countries
 * @throws KauntaError PHONE_MISSING, PHONE_INVALID
 */
export function readPhone(typed: string, country: 'TZ' | 'KE'): PhoneInfo {
  const digits = typed.replace(/[\s().-]/g, '')
  if (digits === '') throw new KauntaError('PHONE_MISSING', { field: 'phone' })
  const international = digits.startsWith('00')
    ? `+${digits.slice(2)}`
    : /^25[45]\d{9}$/.test(digits)
      ? `+${digits}`
      : digits
  const number = parsePhoneNumberFromString(international, country)
  if (number === undefined || !number.isValid() || (number.country !== 'TZ' && number.country !== 'KE')) {
    throw new KauntaError('PHONE_INVALID', { field: 'phone', value: typed.trim() })
  }
  return {
    phone: number.number,
    national: group(number.nationalNumber),
    country: number.country,
    networkGuess: guessNetwork(number.country === 'TZ' ? '255' : '254', number.nationalNumber),
  }
}

/** "712345678" → "0712 345 678", the way both countries read a number aloud. */
function group(national: string): string {
  return `0${national.slice(0, 3)} ${national.slice(3, 6)} ${national.slice(6)}`
}

function guessNetwork(code: '255' | '254', national: string): Network | null {
  for (const network of networkNames) {
    if (networkPrefixes[code][network]?.some((prefix) => national.startsWith(prefix))) return network
  }
  return null
}

const networkNames: readonly Network[] = [
  'safaricom',
  'vodacom',
  'airtel',
  'yas',
  'halotel',
  'ttcl',
  'telkom',
]
