import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Damage } from '../database/damage.ts'
import type { Database, Transaction } from '../database/open.ts'
import type { Feed } from '../live/feed.ts'
import { setting } from './tables.ts'

/** Writes down in the change's transaction who made it; the program's own changes are nobody's. */
export type Written = (tx: Transaction) => void

/** Some fields of a group; those left out stay as they are. */
export type Fields<Group> = { readonly [Name in keyof Group]?: Group[Name] | undefined }

/** Settings of one room, kept together under its own key. */
export interface SettingGroup<Group> {
  /** As they are now; a field that the file does not hold, or holds damaged, is its default. */
  get(): Group
  /** Changes these fields and no other, so that two screens do not undo each other's. Nothing is written where all are so already. */
  change(fields: Fields<Group>, written?: Written): Group
}

export interface GroupsDeps {
  readonly database: Database
  readonly damage: Pick<Damage, 'fields'>
  readonly feed: Pick<Feed, 'changed'>
}

const storedSchema = z.record(z.string(), z.unknown()).catch({})

/** Makes groups: one for each key. */
export function createSettingGroups({ database, damage, feed }: GroupsDeps) {
  const known = new Set<string>()
  const saved = (key: string): string | null =>
    database.read.orm.select().from(setting).where(eq(setting.key, key)).get()?.value ?? null

  /** What the file holds, damaged or not. */
  const stored = (key: string) => storedSchema.parse(parsed(saved(key)))

  /** What a newer program keeps beside them is kept. */
  function write(tx: Transaction, key: string, fields: object): void {
    const value = JSON.stringify({ ...stored(key), ...fields })
    tx.orm
      .insert(setting)
      .values({ key, value, updatedAt: tx.now })
      .onConflictDoUpdate({ target: setting.key, set: { value, updatedAt: tx.now } })
      .run()
    tx.emit('setting.changed', key, { fields: Object.keys(fields) })
    feed.changed(tx, 'settings')
  }

  /** @throws Error where another room has this key */
  return function group<Shape extends z.ZodRawShape>(
    key: string,
    schema: z.ZodObject<Shape>,
    defaults: z.output<z.ZodObject<Shape>>,
  ): SettingGroup<z.output<z.ZodObject<Shape>>> {
    if (known.has(key)) throw new Error(`two rooms have settings called ${key}`)
    known.add(key)
    let cached: z.output<z.ZodObject<Shape>> | null = null
    const get = () => {
      cached ??= damage.fields(key, schema, defaults, saved(key))
      return cached
    }
    return {
      get,
      change(fields, written) {
        // With what is damaged: to save a field mends it, also where it is saved as its default.
        const now = new Map<string, unknown>(Object.entries({ ...defaults, ...stored(key) }))
        const differ = Object.entries(fields).filter(
          ([name, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(now.get(name)),
        )
        if (differ.length === 0) return get()
        database.transact((tx) => {
          written?.(tx)
          write(tx, key, Object.fromEntries(differ))
          tx.afterCommit(() => {
            cached = null
          })
        })
        return get()
      },
    }
  }
}

function parsed(json: string | null): unknown {
  try {
    return JSON.parse(json ?? '{}')
  } catch {
    return {}
  }
}
