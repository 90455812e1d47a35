import { createHash } from 'node:crypto'
import { and, desc, eq, isNull } from 'drizzle-orm'
import { z } from 'zod'
import { type Scope, scopeSchema } from '../../src-preload/contract/rights.ts'
import { type ApiKey, type Shop, shopSchema } from '../../src-preload/contract/settings.ts'
import type { Damage } from '../database/damage.ts'
import type { Database } from '../database/open.ts'
import type { Feed } from '../live/feed.ts'
import type { Clock, Randomness } from '../ports.ts'
import { KauntaError } from '../problem.ts'
import { createSettingGroups, type Fields, type Written } from './groups.ts'
import { createLastUsed } from './last-used.ts'
import { apiKey } from './tables.ts'

export interface Settings {
  /** @throws Error where another room has this key */
  readonly group: ReturnType<typeof createSettingGroups>
  shop(): Shop
  changeShop(fields: Fields<Shop>, written?: Written): Shop
  apiKeys(): ApiKey[]
  /** The key is answered once; only its hash stays. */
  createApiKey(label: string, scopes: readonly Scope[], written?: Written): ApiKey & { key: string }
  /** Lets a key in that its holder has already; known before, nothing changes. */
  importApiKey(key: string, label: string, scopes: readonly Scope[]): void
  /** @throws KauntaError API_KEY_NOT_FOUND */
  revokeApiKey(id: string, written?: Written): void
  /** Aborts when this key is revoked. */
  revoked(id: string): AbortSignal
  /** @throws KauntaError API_KEY_WRONG */
  authenticate(key: string): { readonly id: string; readonly scopes: readonly Scope[] }
}

export interface SettingsDeps {
  readonly database: Database
  readonly random: Randomness
  readonly feed: Feed
  readonly clock: Clock
  /** The shop as it is before anybody set it up. */
  readonly defaults: Shop
  readonly damage: Damage
}

export function createSettings({ database, damage, random, feed, clock, defaults }: SettingsDeps): Settings {
  const { orm } = database.read
  const used = createLastUsed(database, clock)
  const lives = new Map<string, AbortController>()
  const keyLife = (id: string): AbortController => {
    const life = lives.get(id) ?? new AbortController()
    lives.set(id, life)
    return life
  }

  feed.shows({ settings: () => ({ topic: 'settings' }) })
  const group = createSettingGroups({ database, damage, feed })
  const shop = group('shop', shopSchema, defaults)

  const insertKey = (key: string, label: string, scopes: readonly Scope[], written?: Written): ApiKey => {
    const row = {
      id: random.id(),
      label,
      scopes: JSON.stringify(scopes),
      hint: key.slice(0, 12),
      hash: hashOf(key),
      lastUsedAt: null,
      revokedAt: null,
    }
    return database.transact((tx) => {
      const stored = { ...row, createdAt: tx.now }
      written?.(tx)
      tx.orm.insert(apiKey).values(stored).onConflictDoNothing({ target: apiKey.hash }).run()
      return toApiKey(stored)
    })
  }

  return {
    group,
    shop: shop.get,
    changeShop: shop.change,
    apiKeys: () =>
      damage.each(
        orm.select().from(apiKey).where(isNull(apiKey.revokedAt)).orderBy(desc(apiKey.createdAt)).all(),
        toApiKey,
      ),
    createApiKey(label, scopes, written) {
      const key = `kaunta_${random.secret(32)}`
      return { ...insertKey(key, label, scopes, written), key }
    },
    importApiKey(key, label, scopes) {
      insertKey(key, label, scopes)
    },
    revoked: (id) => keyLife(id).signal,
    revokeApiKey(id, written) {
      database.transact((tx) => {
        written?.(tx)
        const { changes } = tx.orm
          .update(apiKey)
          .set({ revokedAt: tx.now })
          .where(and(eq(apiKey.id, id), isNull(apiKey.revokedAt)))
          .run()
        if (changes === 0) throw new KauntaError('API_KEY_NOT_FOUND')
        tx.afterCommit(() => keyLife(id).abort(new KauntaError('API_KEY_WRONG')))
      })
    },
    authenticate(key) {
      // Looked up by hash: the comparison that an attacker could time is of hashes he cannot choose.
      const row = orm
        .select()
        .from(apiKey)
        .where(and(eq(apiKey.hash, hashOf(key)), isNull(apiKey.revokedAt)))
        .get()
      if (row === undefined) throw new KauntaError('API_KEY_WRONG')
      used.note(row.id, row.lastUsedAt)
      return { id: row.id, scopes: z.array(scopeSchema).parse(JSON.parse(row.scopes)) }
    },
  }
}

function toApiKey(row: typeof apiKey.$inferSelect): ApiKey {
  return {
    id: row.id,
    label: row.label,
    scopes: z.array(scopeSchema).parse(JSON.parse(row.scopes)),
    hint: row.hint,
    createdAt: row.createdAt,
    lastUsedAt: row.lastUsedAt,
  }
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}
