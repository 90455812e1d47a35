import { type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { Network, PhoneInfo } from '../../src-preload/contract/phone.ts'
import { betweenDigits } from '../../src-preload/contract/plain-text.ts'
import { KauntaError } from '../problem.ts'
import { networkPrefixes } from './network-prefixes.ts'

/**
 * Country codes of the shops' customers, who write them without the +: Tanzania, Kenya, Uganda, Rwanda, Burundi, the
 * Congo (DRC), South Sudan, Ethiopia, Somalia, Djibouti, Mozambique, Zambia, Malawi. Visitors from elsewhere write a +.
 */
const neighbours = /^(?:255|254|256|250|257|243|211|251|252|253|258|260|265)\d{7,9}$/

const marks = new RegExp(`[${betweenDigits}]`, 'g')

/** What may be a mobile: some plans (of North America) do not tell. */
const mobiles: ReadonlySet<string | undefined> = new Set(['MOBILE', 'FIXED_LINE_OR_MOBILE', undefined])

/**
 * Reads a number as people type it (0712…, 712…, 255712…, +255 712…, 00255…): as one of the shop's country where it can
 * be one, else with the country code it begins with.
 * @param country the shop's
 * @throws KauntaError PHONE_MISSING, PHONE_INVALID, PHONE_LANDLINE (it is a number, and can get no message and no prompt)
 */
export function readPhone(typed: string, country: 'TZ' | 'KE'): PhoneInfo {
  const digits = typed.replace(marks, '')
  if (digits === '') throw new KauntaError('PHONE_MISSING', { field: 'phone' })
  const number = parse(digits, country)
  const value = typed.trim()
  if (number === null) throw new KauntaError('PHONE_INVALID', { field: 'phone', value })
  if (!mobiles.has(number.getType())) throw new KauntaError('PHONE_LANDLINE', { field: 'phone', value })
  const nation = number.country ?? ''
  const prefixes = nation === 'TZ' || nation === 'KE' ? networkPrefixes[codes[nation]] : null
  return {
    phone: number.number,
    national: nation === country ? group(number.nationalNumber) : number.formatInternational(),
    country: nation,
    networkGuess: prefixes === null ? null : guessNetwork(prefixes, number.nationalNumber),
  }
}

const codes = { TZ: '255', KE: '254' } as const

/** Null for what is a number of no country. */
function parse(digits: string, country: 'TZ' | 'KE'): PhoneNumber | null {
  const international = digits.replace(/^0{2,3}(?=[1-9])/, '+')
  const own = parsePhoneNumberFromString(international, country)
  if (own?.isValid() === true) return fits(own) ? own : null
  if (!neighbours.test(international)) return null
  const other = parsePhoneNumberFromString(`+${international}`)
  return other?.isValid() === true && fits(other) ? other : null
}

/** An extension ("ext. 12") is of an office's exchange, and E.164 has no place for it. */
function fits({ ext, number }: PhoneNumber): boolean {
  return ext === undefined && /^\+[1-9]\d{7,14}$/.test(number)
}

/** "712345678" → "0712 345 678", the way both countries read a number aloud. */
function group(national: string): string {
  return `0${national.slice(0, 3)} ${national.slice(3, 6)} ${national.slice(6)}`
}

function guessNetwork(
  prefixes: Readonly<Partial<Record<Network, readonly string[]>>>,
  national: string,
): Network | null {
  for (const network of networkNames) {
    if (prefixes[network]?.some((prefix) => national.startsWith(prefix)) === true) return network
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
