import type { Randomness, Vault } from '../ports.ts'
import { KauntaError } from '../problem.ts'

/** argon2id with t=2, m=19 MiB, p=1 (OWASP ASVS 5.0, appendix C); the library's algorithm is argon2id. */
const cost = { timeCost: 2, memoryCost: 19_456, parallelism: 1 } as const

const pepperName = 'staff:pepper'
/** A hash says whether the pepper was part of it: without a keychain there is none to keep. */
const peppered = 'pepper:'
const plain = 'plain:'

/** PINs that anybody tries first. */
const weak = /^(\d)\1{3}$|^(0123|1234|2345|3456|4567|5678|6789|9876|8765|7654|6543|5432|4321|3210)$/

export function isWeak(pin: string): boolean {
  return weak.test(pin)
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
