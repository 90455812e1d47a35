import { KauntaError } from '../problem.ts'

/** A call to the keychain. @throws KauntaError KEYCHAIN_UNREACHABLE for whatever it throws */
export async function guarded<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    throw new KauntaError('KEYCHAIN_UNREACHABLE', {
      detail: error instanceof Error ? error.message : String(error),
    })
  }
}
