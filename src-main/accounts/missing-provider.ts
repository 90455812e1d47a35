import { z } from 'zod'
import { refused } from '../providers/outcome.ts'
import type { ProviderDeclaration } from '../providers/provider.ts'

/**
 * Stands in for a provider that this build does not have, as after a step back to an older one: its accounts are out of
 * order, what waits for them goes on waiting, and everything else works.
 */
export function missingProvider(id: string): ProviderDeclaration {
  return {
    id,
    label: id,
    markets: [],
    docsUrl: '',
    settings: z.looseObject({}),
    secrets: z.object({}),
    fields: {},
    addresses: { live: '', sandbox: '' },
    capabilities: [],
    rate: { perSecond: 1, burst: 1, concurrency: 1 },
    consistencyWindowMs: null,
    timeoutMs: 1_000,
    limits: [],
    errors: [],
    connect: () => ({
      test: () =>
        Promise.resolve(refused('credentials', 'credentials', 'this version does not know the provider')),
    }),
  }
}
