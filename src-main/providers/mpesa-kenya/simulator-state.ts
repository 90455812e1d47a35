import { constants, createPrivateKey, createPublicKey, privateDecrypt } from 'node:crypto'
import { z } from 'zod'
import type { SimulatorReply, SimulatorRequest, World } from '../simulation.ts'

export const provider = 'mpesa-kenya'
export const shortcode = '174379'
export const payoutShortcode = '600998'
export const initiatorName = 'practiceapi'
export const merchant = 'DUKA LA MAZOEZI'
export const secrets = {
  consumerKey: 'practice-consumer-key',
  consumerSecret: 'practice-consumer-secret',
  passkey: 'practice-passkey-of-the-simulated-shop',
  initiatorPassword: 'Practice#2026',
} as const

/** Seconds a token lives; the wire carries it as text. */
export const tokenSeconds = 3_599
export const nairobiMs = 3 * 3_600_000

/**
 * The simulated Safaricom's own key pair, of which the practice shop holds the public half as its "certificate". It
 * guards nothing but this simulation; made once, for making one takes a noticeable while.
 */
const privateKey = createPrivateKey({
  key: Buffer.from(
    [
      'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC0sWpKKnS5vRYvpAbJVoZwTZ3Xoyaj0pw0YJhkrj',
      '4/7QFleZ9gQFSTLENuCSoSviq1ioEXpX/Me/whTzVUvxwN+D/qb1jvSpdW6O9YZmFtB5uFPgxzxN2boIdoLf9PRvUn',
      'tc0B3lNURwNFdxZiEEqWR6Qq5dD47XJKfydgH4yoVI5NsfelddJzA/lqmX42UiMnkB+fHea7y877wEM0fOVkXc9guI',
      '2Bs4urFYUX3qjxwkseCQCM6yWT/2yVAmm6o1Lwcb1XJLd4w7ZhTBbl5peSdS0o/lqwsd7DyfTzgm8uEtdTwcsHTDpv',
      'sZgzTK6ye0hf1/vK3aWk6QHBRos0FTa3AgMBAAECggEAAsM7psqjYjub3Tqax/VEtO7a3PMnohWUQdDAQ7nORdfvz4',
      'degnA5Ws6wcTw+om655HCrrJrhK1Ux86hsXlFVsnj7MTBmobH4QmHpVuap0qrtG8ppElQON1Tq/RLG9oVVNjg3XDH0',
      'ADPdvvAlLXamTUnnHqjI2yV2O+FZzsRsuB4cQBES6gZ75AcxW3V3dya3bgqtPmIOy+B2zYfW8fGtZdZoRpBuOZk/MZ',
      'xBZZxNkMU9YYqgNXuvFw/ayuzDnvvaCwxKvnJFsAkAKGqvV0s5+tVkxmFei7WGXziGPYq4dnPapnRB4tHMwkQ55Tyb',
      'wzwHW+gD7rnp3WsxUv4Lt+AXwQKBgQDkr73hpk6KA517Na5ifWN42ms+FSfU2rt1+Ej8BKDRf1ufS0AXc3Qv4G9Nf9',
      'xjvxFZ6hY2dxEndYFt4PdZc3NCsC64+TYyPSwLJYHKfK2Mwl2C6v3o7K+UHSK82lh4ahOuCH1AYJEKU+VpHEBmU1oJ',
      'Ni1g++ZWhQF0gqzxDZcERwKBgQDKRjznulM/niIt0REyDCzbKVku79MFoeQ63gAZQRLrprgRLU5b/QJZh1dE6dePA/',
      'yHOxmv/2VX3FWqMViXwGybhKWwYLzr3F/sRtEAyqy1dtTTsGyI/sDdn0U/vvx8V5aj2ZlG7VORLW4fYw4SP4Cl4szh',
      'pRrtL/xP4UCCql+iEQKBgHzQMkmLFEidaoFJrjDREM5wH6IVt9SjwTbE2Ui7We6dnSsWzhc+i0ZqLzVUOLw0F0tEyP',
      'TXDYTEzGxlIXsv2NOoBwgr9Fl9K6G1yd3zKGGv34vJp+VN8RJcyI3cefbWpoEQ3xOY4PCLE6XHpppymax3ZlMNiQzl',
      'sQKfI7a43RiXAoGBALrEqf4JlE6ck9CcR3VfupdOkZN+S+naduNIEu0+odrHIRRzMfRMJLxH9HOkO65JLwYqsuhIOO',
      'osf0jbsYLFYUMj8t1uJWLfJA8FwHwrp9cSdydTspO4Lps0MfvPPFEPiv+VryrHfi8BtLn0e4yr5/zD8wuyqK8zbJTR',
      'VwCPkigRAoGADv8RS+4x4vPcUbaSWDwN/P5HNg+zCqf0jyX+whgTxZORpo4otJIXs3X9XQOwm5hvlAXZuDqvXteTPD',
      '1CTHqjdmUOEU1sNoI7f3LSNW1yS0/TwZwpBHOEaEuF59Y6Tlih5SoV3iJkDJiT1eaOsMPlgws3p/Cy1qN6V039+Xxw',
      'ikg=',
    ].join(''),
    'base64',
  ),
  format: 'der',
  type: 'pkcs8',
})

/** As a PEM without line ends, which is what a form field leaves of one. */
export const certificate = createPublicKey(privateKey)
  .export({ format: 'pem', type: 'spki' })
  .toString()
  .replaceAll('\n', '')

export interface Result {
  readonly code: number | string
  readonly description: string
  readonly receipt: string | null
}

export interface Prompt {
  readonly checkoutId: string
  readonly merchantRequestId: string
  readonly phone: string
  readonly amount: number
  readonly account: string
  readonly callbackUrl: string
  result: Result | null
}

/** Money that came in, by its receipt code. */
export interface Paid {
  readonly code: string
  readonly phone: string
  /** Whole shillings. */
  readonly amount: number
  readonly account: string
  readonly at: number
  reversed: boolean
}

export interface State {
  readonly world: World
  /** Token to the epoch ms at which it ends. */
  readonly tokens: Map<string, number>
  readonly prompts: Map<string, Prompt>
  readonly payments: Map<string, Paid>
  /** OriginatorConversationIDs that B2C has seen. */
  readonly payouts: Set<string>
  /** Where C2B is reported; null until the shop registered. */
  c2b: { readonly confirmation: string; readonly validation: string } | null
  /** Whole shillings of the utility account. */
  utility: number
  /** Epoch ms of the queries of the last second. */
  queries: number[]
}

export const digits = z.union([z.string().regex(/^\d+$/), z.number().int().min(0)]).transform(String)
export const phoneSchema = digits.pipe(z.string().regex(/^254(7|1)\d{8}$/))
export const amountSchema = digits.pipe(z.string().regex(/^[1-9]\d{0,8}$/))
export const urlSchema = z.string().refine(isPublicAddress)

/** Public https; words and tunnel services that the portal forbids. */
function isPublicAddress(text: string): boolean {
  if (!/^https:\/\/[^/\s]+\.[^/\s]+/.test(text)) return false
  if (/^https:\/\/(localhost|127\.|10\.|192\.168\.)/.test(text)) return false
  return !/mpesa|m-pesa|safaricom|exe|cmd|sql|query|ngrok|mockbin|requestbin/i.test(text)
}

/** True when the credential hides the initiator's password; a wrong one decrypts to rubbish and need not throw. */
export function opens(credential: string): boolean {
  try {
    const text = privateDecrypt(
      { key: privateKey, padding: constants.RSA_PKCS1_PADDING },
      Buffer.from(credential, 'base64'),
    )
    return text.toString() === secrets.initiatorPassword
  } catch {
    return false
  }
}

/** YYYYMMDDHHmmss in Africa/Nairobi. */
export function stampOf(at: number): string {
  return new Date(at + nairobiMs).toISOString().replace(/\D/g, '').slice(0, 14)
}

export function receiptOf(world: World): string {
  return `S${world.token(9)}`
}

export function parseJson(body: Buffer): unknown {
  try {
    const value: unknown = JSON.parse(body.toString())
    return value
  } catch {
    return undefined
  }
}

/** Parses; answers a refusal that names the field, or the fields. */
export function parse<T>(
  request: SimulatorRequest,
  schema: { readonly safeParse: (value: unknown) => z.ZodSafeParseResult<T> },
): { readonly refused: SimulatorReply } | { readonly fields: T } {
  const parsed = schema.safeParse(parseJson(request.body))
  if (parsed.success) return { fields: parsed.data }
  const field = parsed.error.issues[0]?.path[0]
  return {
    refused:
      field === undefined
        ? refusal(400, '400.002.05', 'Invalid Request Payload')
        : refusal(400, '400.002.02', `Bad Request - Invalid ${String(field)}`),
  }
}

export function post(world: World, url: string, body: object): void {
  world.callBack({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

export function refusal(status: number, errorCode: string, errorMessage: string): SimulatorReply {
  return json(status, { requestId: '11728-2929992-1', errorCode, errorMessage })
}

export function json(status: number, body: unknown): SimulatorReply {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}
