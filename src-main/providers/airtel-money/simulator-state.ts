import { constants, createDecipheriv, generateKeyPairSync, type KeyObject, privateDecrypt } from 'node:crypto'
import type { SimulatorReply, SimulatorRequest, World } from '../simulation.ts'

export const provider = 'airtel-money'
export const merchant = 'DUKA LA MAZOEZI'
export const secrets = {
  clientId: 'c02e9e46-practice-client',
  clientSecret: 'ab672211-practice-secret',
  callbackKey: 'practice-callback-key',
  pin: '4321',
} as const

export const currencies = { TZ: 'TZS', KE: 'KES' } as const
export const prefixes = { TZ: '+255', KE: '+254' } as const
export type Country = keyof typeof currencies

/** Seconds a token lives; the wire carries it as text. */
export const tokenSeconds = 180
/** Milliseconds that a public key is valid. */
export const keyLifeMs = 24 * 3_600_000

export interface Ending {
  readonly status: 'TS' | 'TF' | 'TE' | 'TA' | 'TIP'
  readonly responseCode: string
  readonly message: string
}

export interface Payment {
  readonly id: string
  readonly kind: 'payment' | 'payout'
  readonly phone: string
  readonly country: Country
  /** Whole shillings. */
  readonly amount: number
  readonly at: number
  ending: Ending
  airtelMoneyId: string | null
  refunded: boolean
}

export interface State {
  readonly world: World
  /** Token to the epoch ms at which it ends. */
  readonly tokens: Map<string, number>
  readonly payments: Map<string, Payment>
  key: {
    readonly id: number
    readonly pair: { publicKey: KeyObject; privateKey: KeyObject }
    readonly until: number
  } | null
}

/** The shop's purse, whole shillings: enough for a day of practice. */
export const openingBalance = 3_760_000

export function keyNow(state: State) {
  const now = state.world.now()
  if (state.key === null || state.key.until <= now) {
    state.key = {
      id: (state.key?.id ?? 0) + 1,
      pair: generateKeyPairSync('rsa', { modulusLength: 1_024 }),
      until: now + keyLifeMs,
    }
  }
  return state.key
}

/**
 * Text of an RSA PKCS#1 v1.5 message. Decrypting a wrong one does not throw on every Node: the caller must compare the
 * text and expect rubbish.
 */
export function decrypt(state: State, base64: string): string {
  try {
    const { privateKey } = keyNow(state).pair
    const key = { key: privateKey, padding: constants.RSA_PKCS1_PADDING }
    return privateDecrypt(key, Buffer.from(base64, 'base64')).toString()
  } catch {
    return ''
  }
}

/** True when the two headers fit these very bytes. */
export function signatureFits(state: State, { headers, body }: SimulatorRequest): boolean {
  const [key = '', iv = '', rest] = decrypt(state, headers['x-key'] ?? '')
    .split(':')
    .map((part) => Buffer.from(part, 'base64'))
  if (rest !== undefined || key.length !== 32 || iv.length !== 16) return false
  try {
    const decipher = createDecipheriv('aes-256-cbc', key, iv)
    const signature = Buffer.from(headers['x-signature'] ?? '', 'base64')
    return Buffer.concat([decipher.update(signature), decipher.final()]).equals(body)
  } catch {
    return false
  }
}

export function parseJson(body: Buffer): unknown {
  try {
    const value: unknown = JSON.parse(body.toString())
    return value
  } catch {
    return undefined
  }
}

/** A success or a refusal of Airtel's own, with `data` beside it. */
export function said(
  status: number,
  success: boolean,
  codes: { readonly response?: string; readonly result?: string },
  message: string,
  data?: object,
): SimulatorReply {
  return json(status, {
    ...(data === undefined ? {} : { data }),
    status: {
      ...(codes.response === undefined ? {} : { response_code: codes.response }),
      code: String(status),
      success,
      result_code: codes.result ?? 'ESB000010',
      message,
    },
  })
}

/** What the router in front says. */
export function routed(status: number, code: string, message: string): SimulatorReply {
  return json(status, { status_message: message, status_code: code })
}

export function json(status: number, body: unknown): SimulatorReply {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}
