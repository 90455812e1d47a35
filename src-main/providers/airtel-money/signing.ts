import { constants, createCipheriv, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { accepted, type Outcome } from '../outcome.ts'
import type { Connection, HttpOperation } from '../provider.ts'
import { jsonOf, readReply, unclear } from '../reply.ts'
import { get, readError, saidIn } from './wire.ts'

interface EncryptionKey {
  /** Base64 of a SubjectPublicKeyInfo. */
  readonly spki: string
  /** Epoch ms; 0 when the reply does not say. */
  readonly until: number
}

const keySchema = z.object({
  data: z.object({ key: z.string().min(100), valid_upto: z.string().optional().catch(undefined) }),
})

/** GET /v1/rsa/encryption-keys [A2, A9]. */
const fetchKey: HttpOperation<null, EncryptionKey> = {
  name: 'encryption-keys',
  request: (_input, context) => get(context, '/v1/rsa/encryption-keys'),
  outcome: (http) =>
    readReply(http, 'read', (reply) => {
      const parsed = keySchema.safeParse(jsonOf(reply.text))
      if (reply.status !== 200 || !parsed.success) return readError(reply, saidIn(reply), 'read')
      const { key, valid_upto: validUpTo } = parsed.data.data
      if (!isRsaKey(key)) return unclear('read', 'no RSA key')
      return accepted({ spki: key, until: validUpTo === undefined ? 0 : untilOf(validUpTo) })
    }),
}

/** The zone of `valid_upto` is not documented: East Africa's reading is the earliest one that can be meant. */
const eastAfricaMs = 3 * 3_600_000

/** Epoch ms of "12-08-2024 21:29:26" (day first); 0 for anything else. */
export function untilOf(validUpTo: string): number {
  const iso = validUpTo.replace(/^(\d\d)-(\d\d)-(\d{4}) (\d\d:\d\d:\d\d)$/, '$3-$2-$1T$4.000Z')
  const at = Date.parse(iso)
  return Number.isNaN(at) || iso === validUpTo ? 0 : at - eastAfricaMs
}

function keyOf(spki: string) {
  return createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' })
}

function isRsaKey(spki: string): boolean {
  try {
    return keyOf(spki).asymmetricKeyType === 'rsa'
  } catch {
    return false
  }
}

/** Base64 of RSA PKCS#1 v1.5, as `x-key` and PIN travel. @throws for a key that is none */
export function encrypt(plain: string, spki: string): string {
  return publicEncrypt(
    { key: keyOf(spki), padding: constants.RSA_PKCS1_PADDING },
    Buffer.from(plain),
  ).toString('base64')
}

/** Base64 of AES-256-CBC over the exact bytes of the body. `key` has 32 bytes, `iv` 16. */
export function cipherBody(body: string, key: Buffer, iv: Buffer): string {
  const cipher = createCipheriv('aes-256-cbc', key, iv)
  return Buffer.concat([cipher.update(body, 'utf8'), cipher.final()]).toString('base64')
}

/** The two headers of message signing (v2): the body's cipher, and its key for Airtel's eyes only [A2, A9]. */
export function signatureOf(body: string, spki: string): Readonly<Record<string, string>> {
  // A key of the cipher, for one message: no order of events hangs on it, so it needs no port.
  const key = randomBytes(32)
  const iv = randomBytes(16)
  return {
    'x-signature': cipherBody(body, key, iv),
    'x-key': encrypt(`${key.toString('base64')}:${iv.toString('base64')}`, spki),
  }
}

export interface Keys {
  /** Airtel's public key, fetched when the one at hand has run out. */
  current(signal?: AbortSignal): Promise<Outcome<string>>
  /** Airtel could not read what was made with the key at hand. */
  forget(): void
}

/** Keeps Airtel's public key until `valid_upto`; one fetch at a time. */
export function createKeyCache({ call, now }: Connection): Keys {
  let kept: EncryptionKey | null = null
  let fetching: Promise<Outcome<EncryptionKey>> | null = null
  return {
    async current(signal) {
      if (kept !== null && now !== undefined && now() < kept.until) return accepted(kept.spki)
      fetching ??= call(fetchKey, null, signal).finally(() => {
        fetching = null
      })
      const fetched = await fetching
      if (!fetched.ok) return fetched
      kept = fetched.value
      return accepted(fetched.value.spki)
    },
    forget() {
      kept = null
    },
  }
}
