import type { Sentence } from '../../src-preload/contract/paging.ts'
import type { Vault } from '../ports.ts'

/**
 * Why the operating system's keychain cannot be used.
 * `absent`: no keychain service runs here · `locked`: it is locked, and nobody could or would unlock it (a dismissed
 * prompt and a wrong password look the same from here) · `notSetUp`: the service runs but has no keyring yet ·
 * `unanswered`: no answer within the time limit · `failed`: anything else.
 */
export type KeychainFault = 'absent' | 'locked' | 'notSetUp' | 'unanswered' | 'failed'

/** What a person is told for each fault; `Vault.detail` and `KeychainError.fault` hold the key. */
export const keychainFaults = {
  absent: {
    en: 'no keychain runs on this computer; install and start one, such as GNOME Keyring',
    sw: 'hakuna hifadhi ya siri inayofanya kazi kwenye kompyuta hii; sakinisha na uanzishe moja, kama GNOME Keyring',
  },
  locked: {
    en: 'the keychain is locked; unlock it with your login password and start Kaunta again',
    sw: 'hifadhi ya siri imefungwa; ifungue kwa nenosiri lako la kuingia, kisha uwashe Kaunta upya',
  },
  notSetUp: {
    en: 'the keychain has no keyring yet; create one in your computer’s password settings',
    sw: 'hifadhi ya siri haijaandaliwa; iandae kwenye mipangilio ya manenosiri ya kompyuta yako',
  },
  unanswered: {
    en: 'the keychain did not answer; look for its window asking for a password',
    sw: 'hifadhi ya siri haikujibu; tafuta dirisha lake linaloomba nenosiri',
  },
  failed: {
    en: 'the keychain refused; the log has the details',
    sw: 'hifadhi ya siri imekataa; kumbukumbu ina maelezo',
  },
} as const satisfies Record<KeychainFault, Sentence>

/** The keychain could not be reached or refused. Never holds a secret. */
export class KeychainError extends Error {
  override readonly name = 'KeychainError'
  readonly fault: KeychainFault

  constructor(fault: KeychainFault, cause: unknown) {
    super(`Keychain: ${keychainFaults[fault].en}`, { cause })
    this.fault = fault
  }
}

/** One stored secret, as the native module offers it. */
interface Entry {
  getPassword(): Promise<string | null>
  setPassword(secret: string): Promise<void>
  deleteCredential(): Promise<boolean>
}

type OpenEntry = (name: string) => Entry

export interface VaultOptions {
  /** The name under which the keychain lists our secrets. */
  readonly service: string
  /** Milliseconds that one request may take, a person's typing of a password included. */
  readonly timeLimitMs?: number
}

const defaultTimeLimitMs = 30_000

/**
 * Opens the operating system's keychain and proves that it keeps a secret by writing, reading and removing one.
 * Where that fails it answers a vault in memory whose `detail` is a `KeychainFault`; it never falls back to a file.
 */
export async function openVault(options: VaultOptions): Promise<Vault> {
  const timeLimitMs = options.timeLimitMs ?? defaultTimeLimitMs
  try {
    const vault = systemVault(await loadEntries(options.service), timeLimitMs)
    await prove(vault)
    return vault
  } catch (error) {
    return memoryVault('memory', asKeychainError(error).fault)
  }
}

/** Keeps secrets for this run only. `practice` for made-up ones, `memory` where no keychain could be reached. */
export function memoryVault(
  kind: 'memory' | 'practice',
  detail: string | null,
  initial: Readonly<Record<string, string>> = {},
): Vault {
  const secrets = new Map(Object.entries(initial))
  return {
    kind,
    detail,
    async read(name) {
      return secrets.get(name) ?? null
    },
    async write(name, secret) {
      secrets.set(name, secret)
    },
    async remove(name) {
      secrets.delete(name)
    },
  }
}

/**
 * Loaded on first use, because practice mode needs no native module. Pinned to the Secret Service on Linux: the
 * module's default falls back in silence to the kernel's keyring, which forgets everything when the machine restarts.
 */
async function loadEntries(service: string): Promise<OpenEntry> {
  const { AsyncEntry } = await import('@napi-rs/keyring')
  const entries = new Map<string, Entry>()
  return (name) => {
    // Kept, because making one asks the bus on the calling thread: 6 ms, and 2 s when the keychain hangs.
    const entry = entries.get(name) ?? new AsyncEntry(service, name, { linux: { store: 'secret-service' } })
    entries.set(name, entry)
    return entry
  }
}

function systemVault(entry: OpenEntry, timeLimitMs: number): Vault {
  const ask = async <T>(name: string, request: (entry: Entry) => Promise<T>): Promise<T> => {
    try {
      return await within(timeLimitMs, request(entry(name)))
    } catch (error) {
      throw asKeychainError(error)
    }
  }
  return {
    kind: 'system',
    detail: null,
    read: (name) => ask(name, (secret) => secret.getPassword()),
    write: (name, value) => ask(name, (secret) => secret.setPassword(value)),
    async remove(name) {
      await ask(name, (secret) => secret.deleteCredential())
    },
  }
}

/** An unlocked keychain and one that forgets both answer "no such entry", so only a round trip tells them apart. */
async function prove(vault: Vault): Promise<void> {
  const name = `probe-${process.pid}`
  await vault.write(name, 'kept')
  const kept = await vault.read(name)
  await vault.remove(name)
  if (kept !== 'kept') throw new KeychainError('failed', 'what was written could not be read back')
}

/** The native module cannot be interrupted while it waits for a prompt, so its answer is left behind instead. */
async function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  const limit = AbortSignal.timeout(ms)
  const { promise: expired, reject } = Promise.withResolvers<never>()
  const expire = () => reject(new KeychainError('unanswered', `no answer in ${ms} ms`))
  limit.addEventListener('abort', expire, { once: true })
  try {
    return await Promise.race([answer, expired])
  } finally {
    limit.removeEventListener('abort', expire)
  }
}

/** The module names no error codes; these are the texts of its Linux back end, seen with gnome-keyring 42. */
const faultTexts: readonly { readonly text: RegExp; readonly fault: KeychainFault }[] = [
  { text: /prompt was dismissed|is locked/i, fault: 'locked' },
  { text: /no result found/i, fault: 'notSetUp' },
  { text: /did not receive a reply/i, fault: 'unanswered' },
  { text: /dbus|d-bus|Cannot find module|Failed to load native|ServiceUnknown/i, fault: 'absent' },
]

function asKeychainError(error: unknown): KeychainError {
  if (error instanceof KeychainError) return error
  const text = error instanceof Error ? error.message : String(error)
  const known = faultTexts.find((row) => row.text.test(text))
  return new KeychainError(known?.fault ?? 'failed', error)
}
