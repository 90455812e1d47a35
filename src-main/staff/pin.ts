import type { Randomness, Vault } from '../ports.ts'
import { KauntaError } from '../problem.ts'

/** argon2id with t=2, m=19 MiB, p=1 (OWASP ASVS 5.0, appendix C); the library's algorithm is argon2id. */
const cost = { timeCost: 2, memoryCost: 19_456, parallelism: 1 } as const

const pepperName = 'staff:pepper'
/** A hash says whether the pepper was part of it: without a keychain there is none to keep. */
const peppered = 'pepper:'
const plain = 'plain:'

/** Down or across the keys of a telephone. */
const onTheKeys = ['1470', '147', '2580', '258', '3690', '369', '159', '357', '123', '456', '789']

/** PINs that anybody tries first: years, the same again, steps, mirrors, and lines on the keys. */
export function isWeak(pin: string): boolean {
  const digits = [...pin].map(Number)
  const steps = digits.slice(1).map((digit, at) => (digit - (digits[at] ?? 0) + 10) % 10)
  const [step = 0] = steps
  const even = [0, 1, 2, 8, 9].includes(step) && new Set(steps).size === 1
  const year = pin.length === 4 && /^(19|20)/.test(pin)
  const twoOnly = new Set(digits).size <= 2
  const mirrored = [...pin].toReversed().join('') === pin
  const repeated = pin.length % 2 === 0 && pin.slice(0, pin.length / 2) === pin.slice(pin.length / 2)
  const lines = onTheKeys.flatMap((line) => [line, [...line].toReversed().join('')])
  const drawn = pin.length === 4 ? lines.includes(pin) : lines.some((line) => pin === line + line)
  return even || year || twoOnly || mirrored || repeated || drawn
}

export interface Pins {
  hash(pin: string): Promise<string>
  /** False too for a hash whose key is gone. @throws KauntaError KEYCHAIN_UNREACHABLE */
  fits(pin: string, hash: string): Promise<boolean>
  /**
   * False when the hash was made with a key that the keychain no longer holds: nobody can pass it. A keychain that is
   * locked, or not there this time, makes no hash unusable: else whoever stops it would be let in.
   */
  usable(hash: string): Promise<boolean>
}

/**
 * Four digits alone are tried through in minutes by whoever holds the file, so a key from the OS keychain is part of
 * every hash (argon2's own secret). Without a keychain there is no such key, and the hash says so.
 */
export function createPins(vault: Vault, random: Randomness): Pins {
  let pepper: Buffer | null = null

  /** Null when the keychain answers that it holds none. @throws KauntaError KEYCHAIN_UNREACHABLE */
  async function readPepper(): Promise<Buffer | null> {
    if (pepper !== null) return pepper
    const known = await reached(() => vault.read(pepperName))
    pepper = known === null ? null : Buffer.from(known, 'base64url')
    return pepper
  }
  async function makePepper(): Promise<Buffer> {
    const made = random.secret(32)
    await reached(() => vault.write(pepperName, made))
    pepper = Buffer.from(made, 'base64url')
    return pepper
  }
  async function reached<T>(call: () => Promise<T>): Promise<T> {
    if (vault.kind !== 'system') throw new KauntaError('KEYCHAIN_UNREACHABLE', { detail: vault.detail ?? '' })
    try {
      return await call()
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error)
      throw new KauntaError('KEYCHAIN_UNREACHABLE', { detail })
    }
  }

  return {
    async hash(pin) {
      const { hash } = await import('@node-rs/argon2')
      if (vault.kind !== 'system') return plain + (await hash(pin, cost))
      const secret = (await readPepper()) ?? (await makePepper())
      return peppered + (await hash(pin, { ...cost, secret }))
    },
    async fits(pin, stored) {
      const { verify } = await import('@node-rs/argon2')
      if (stored.startsWith(plain)) return verify(stored.slice(plain.length), pin)
      const secret = await readPepper()
      return secret !== null && verify(stored.slice(peppered.length), pin, { secret })
    },
    async usable(stored) {
      if (stored.startsWith(plain)) return true
      try {
        return (await readPepper()) !== null
      } catch (error) {
        if (error instanceof KauntaError) return true
        throw error
      }
    },
  }
}
