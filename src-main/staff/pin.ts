import type { Randomness, Vault } from '../ports.ts'

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
  /** False too for a hash whose pepper is gone. */
  fits(pin: string, hash: string): Promise<boolean>
  /** False when the hash was made with a pepper that this machine no longer holds: nobody can pass it. */
  usable(hash: string): Promise<boolean>
}

/**
 * Four digits alone are tried through in minutes by whoever holds the file, so a key from the OS keychain is part of
 * every hash (argon2's own secret). Without a keychain there is no such key, and the hash says so.
 */
export function createPins(vault: Vault, random: Randomness): Pins {
  let pepper: Promise<Buffer | null> | null = null

  async function read(make: boolean): Promise<Buffer | null> {
    if (vault.kind !== 'system') return null
    const known = await vault.read(pepperName)
    if (known !== null) return Buffer.from(known, 'base64url')
    if (!make) return null
    const made = random.secret(32)
    await vault.write(pepperName, made)
    return Buffer.from(made, 'base64url')
  }
  const thePepper = async (make: boolean): Promise<Buffer | null> => {
    pepper ??= read(make)
    const found = await pepper.catch(() => null)
    // A keychain that was locked, or a key that was not there yet, is looked for again.
    if (found === null) pepper = null
    return found
  }

  return {
    async hash(pin) {
      const { hash } = await import('@node-rs/argon2')
      const secret = await thePepper(true)
      if (secret === null) return plain + (await hash(pin, cost))
      return peppered + (await hash(pin, { ...cost, secret }))
    },
    async fits(pin, stored) {
      const { verify } = await import('@node-rs/argon2')
      if (stored.startsWith(plain)) return verify(stored.slice(plain.length), pin)
      const secret = await thePepper(false)
      return secret !== null && verify(stored.slice(peppered.length), pin, { secret })
    },
    usable: async (stored) => stored.startsWith(plain) || (await thePepper(false)) !== null,
  }
}
