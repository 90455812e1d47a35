import { misfitWords } from '../../src-preload/contract/misfits.ts'
import type { Vault } from '../ports.ts'
import { KauntaError } from '../problem.ts'
import type { ProviderDeclaration } from '../providers/provider.ts'

export type AccountSecrets = ReturnType<typeof createAccountSecrets>

/** What an account keeps in the keychain: a name and a value for each secret that its provider declares. */
export function createAccountSecrets(vault: Vault) {
  const name = (id: string, field: string) => `account:${id}:${field}`
  const fieldsOf = (declaration: ProviderDeclaration) => Object.keys(declaration.secrets.shape)

  return {
    /** Those that are set. @throws KauntaError KEYCHAIN_UNREACHABLE */
    async read(id: string, declaration: ProviderDeclaration): Promise<Record<string, string>> {
      const secrets: Record<string, string> = {}
      for (const field of fieldsOf(declaration)) {
        const value = await guarded(() => vault.read(name(id, field)))
        if (value !== null) secrets[field] = value
      }
      return secrets
    },
    /** An empty value takes a secret away. @throws KauntaError INPUT_INVALID before any is written, KEYCHAIN_UNREACHABLE */
    async write(
      id: string,
      declaration: ProviderDeclaration,
      typed: Readonly<Record<string, string>>,
    ): Promise<void> {
      const declared = fieldsOf(declaration)
      const odd = Object.keys(typed).find((field) => !declared.includes(field))
      if (odd !== undefined) throw unknownField(odd)
      for (const [field, value] of Object.entries(typed)) {
        await guarded(() =>
          value === '' ? vault.remove(name(id, field)) : vault.write(name(id, field), value.trim()),
        )
      }
    },
    /** @throws KauntaError KEYCHAIN_UNREACHABLE */
    async remove(id: string, declaration: ProviderDeclaration): Promise<void> {
      for (const field of fieldsOf(declaration)) await guarded(() => vault.remove(name(id, field)))
    },
  }
}

function unknownField(field: string): KauntaError {
  return new KauntaError('INPUT_INVALID', {
    field,
    misfit: 'unknown',
    allowed: field,
    detail: misfitWords('unknown', { allowed: field }, 'en'),
  })
}

async function guarded<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    throw new KauntaError('KEYCHAIN_UNREACHABLE', {
      detail: error instanceof Error ? error.message : String(error),
    })
  }
}
