import { and, asc, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Sentence } from '../../src-preload/contract/paging.ts'
import type {
  Account,
  accountInputSchema,
  Capability,
  ProviderInfo,
} from '../../src-preload/contract/providers.ts'
import { reasons } from '../../src-preload/contract/reasons.ts'
import type { Damage } from '../database/damage.ts'
import type { Database, Transaction } from '../database/open.ts'
import type { HttpClient } from '../http/client.ts'
import { nearAddress } from '../http/near.ts'
import type { Feed } from '../live/feed.ts'
import { misfitOf } from '../misfit.ts'
import type { Clock, Randomness, Vault } from '../ports.ts'
import { KauntaError } from '../problem.ts'
import { connectProvider } from '../providers/call.ts'
import { checkAccount } from '../providers/form.ts'
import type { Abilities, ProviderDeclaration, SettingValue } from '../providers/provider.ts'
import { checkAddress, checkTypedAgain, movesTo, sentTo, type World } from './address.ts'
import { callbackSecret, renewCallback } from './callback-address.ts'
import { missingProvider } from './missing-provider.ts'
import { channelNames, toInfo } from './provider-info.ts'
import { createAccountSecrets } from './secrets.ts'
import { account } from './tables.ts'

/** Writes down in the change's transaction who made it; the program's own changes are nobody's. */
export type Written = (tx: Transaction) => void

export type AccountInput = z.infer<typeof accountInputSchema>

/** An account as other rooms use it. */
export interface AccountRow {
  readonly id: string
  readonly provider: string
  readonly label: string
  readonly settings: Readonly<Record<string, SettingValue>>
  readonly callbackSecret: string
  /** The secret before it; works until `previousUntil`, epoch ms. */
  readonly previousSecret: string | null
  readonly previousUntil: number | null
  readonly declaration: ProviderDeclaration
  /** Its history stays, and nothing of it can be called again. */
  readonly removed: boolean
}

/** What practice mode, or a test, sets an account up with. */
export interface SeedAccount {
  readonly provider: string
  readonly baseUrl: string
  readonly settings: Readonly<Record<string, SettingValue>>
  readonly secrets: Readonly<Record<string, string>>
}

export interface Accounts {
  providers(): ProviderInfo[]
  list(): Promise<Account[]>
  /** @throws KauntaError PROVIDER_UNKNOWN, ACCOUNT_NOT_FOUND, INPUT_INVALID, KEYCHAIN_UNREACHABLE */
  save(input: AccountInput, written?: Written): Promise<Account>
  remove(id: string, written?: Written): Promise<void>
  /** `detail`: the provider's own words where it refused, for support. */
  test(id: string): Promise<{ ok: boolean; sentence: Sentence; detail: string | null }>
  /** The account was seen to work: what waits for it goes out. */
  works(id: string): void
  /** The enabled account that serves `capability`. @throws KauntaError ACCOUNT_MISSING */
  pick(capability: Capability, id?: string): AccountRow
  withCapability(capability: Capability): AccountRow[]
  /** The provider's full name; its id where this build does not have it. */
  labelOf(provider: string): string
  /** False for an account that a damaged file names and does not hold. */
  knows(id: string): boolean
  /** The id of an account's provider; ? where the file does not hold the account. */
  providerOf(id: string): string
  /** By id, removed ones included. @throws KauntaError ACCOUNT_NOT_FOUND */
  get(id: string): AccountRow
  /** @throws KauntaError ACCOUNT_INCOMPLETE, KEYCHAIN_UNREACHABLE */
  abilities(id: string): Promise<Abilities>
  /** The pure parts of an account's abilities (limits, readers of callbacks): nothing here can call the provider. */
  readers(id: string): Abilities
  /** Milliseconds, from the declaration or the composition's override; null when nothing can be asked. */
  consistencyWindowMs(id: string): number | null
  /** The path by which the provider reports to us; null without an account. */
  callbackPath(provider: string): string | null
  /**
   * Makes a new callback address; the one before it works for a day more, for the time it takes to tell the network.
   * @returns the new path, and until when (epoch ms) the old one works
   * @throws KauntaError ACCOUNT_NOT_FOUND
   */
  renewCallback(id: string): { readonly path: string; readonly oldUntil: number }
  /** Practice: makes these accounts, or points the known ones at this run's addresses. */
  seed(accounts: readonly SeedAccount[]): Promise<void>
}

export interface AccountsDeps {
  readonly database: Database
  readonly vault: Vault
  readonly http: HttpClient
  readonly clock: Clock
  readonly random: Randomness
  readonly feed: Feed
  readonly damage: Damage
  readonly declarations: readonly ProviderDeclaration[]
  readonly world: World
  /** Where a provider's stand-in listens that the practice world has; null: there is none. */
  readonly practiceAddress: (provider: string) => string | null
  /** Divides the providers' consistency windows and time-outs; 1 except where the world is simulated. */
  readonly timeScale: number
  /** Told of every call: did it leave this machine? */
  readonly onCall: (left: boolean) => void
  /** A provider's clock is ahead of ours by so many ms. */
  readonly onClockDifference: (ms: number) => void
  /** An account was saved: its lanes may try again. */
  readonly onSaved: (id: string) => void
  /** A test found that the account works: its lanes may try again. */
  readonly onGoodTest: (id: string) => void
  /** Why the account's lane is held, or null. */
  readonly holdOf: (account: {
    readonly id: string
    readonly capabilities: readonly Capability[]
  }) => string | null
}

const settingsSchema = z.record(z.string(), z.union([z.string(), z.number()]))

export function createAccounts(deps: AccountsDeps): Accounts {
  const { database, vault, random, feed } = deps
  const { orm } = database.read
  feed.shows({ accounts: () => ({ topic: 'accounts' }) })
  const byId = new Map(deps.declarations.map((declaration) => [declaration.id, declaration]))
  let connected = new Map<string, Promise<Abilities>>()
  /** Asked for at every step of every payment: read from the file and built once, and anew after a change. */
  const rows = new Map<string, AccountRow>()
  const pure = new Map<string, Abilities>()
  const forget = (id: string): void => {
    connected.delete(id)
    rows.delete(id)
    pure.delete(id)
  }

  const declarationOf = (provider: string): ProviderDeclaration =>
    byId.get(provider) ?? missingProvider(provider)
  const rowOf = (id: string) => {
    const row = orm.select().from(account).where(eq(account.id, id)).get()
    if (row === undefined) throw new KauntaError('ACCOUNT_NOT_FOUND')
    return row
  }
  /** An account whose settings cannot be read is incomplete, and stops no other. */
  const settingsOf = (row: typeof account.$inferSelect): Record<string, SettingValue> => {
    const [read] = deps.damage.each([row], ({ settings }) => settingsSchema.parse(JSON.parse(settings)))
    return read ?? {}
  }
  const inputPlace = (input: AccountInput) => ({
    ...input,
    sentTo: sentTo(declarationOf(input.provider), input.settings),
  })
  const placeOf = (row: typeof account.$inferSelect) => ({
    ...row,
    sentTo: sentTo(declarationOf(row.provider), settingsOf(row)),
  })
  const toRow = (row: typeof account.$inferSelect): AccountRow => ({
    id: row.id,
    provider: row.provider,
    label: row.label,
    settings: settingsOf(row),
    callbackSecret: row.callbackSecret,
    previousSecret: row.previousSecret,
    previousUntil: row.previousUntil,
    declaration: declarationOf(row.provider),
    removed: row.removed,
  })
  const known = (id: string): AccountRow => {
    const row = rows.get(id) ?? toRow(rowOf(id))
    rows.set(id, row)
    return row
  }
  const live = () =>
    orm
      .select()
      .from(account)
      .where(eq(account.removed, false))
      .orderBy(asc(account.createdAt), asc(account.id))
      .all()
  const keychain = createAccountSecrets(vault)

  async function describe(row: typeof account.$inferSelect): Promise<Account> {
    const declaration = declarationOf(row.provider)
    const secrets = await keychain.read(row.id, declaration).catch((): Record<string, string> => ({}))
    return {
      id: row.id,
      provider: row.provider,
      label: row.label,
      environment: row.environment,
      baseUrl: row.baseUrl,
      settings: settingsOf(row),
      secretsSet: Object.keys(secrets),
      enabled: row.enabled,
      outOfOrder: !byId.has(row.provider),
      hold: deps.holdOf({ id: row.id, capabilities: declaration.capabilities }),
    }
  }

  async function connect(id: string): Promise<Abilities> {
    const row = rowOf(id)
    // Not only when it was saved: the row may come from a copy, or from before this was asked.
    checkAddress(placeOf(row), deps.world)
    const declaration = declarationOf(row.provider)
    const settings = settingsOf(row)
    const secrets = await keychain.read(id, declaration)
    const [gap] = checkAccount(declaration, settings, secrets)
    if (gap !== undefined)
      throw new KauntaError('ACCOUNT_INCOMPLETE', { account: row.label, field: gap.field })
    const address = row.environment === 'sandbox' ? declaration.addresses.sandbox : declaration.addresses.live
    return connectProvider(
      declaration,
      { baseUrl: (row.baseUrl ?? address).replace(/\/$/, ''), settings, secrets },
      {
        http: deps.http,
        clock: deps.clock,
        timeoutMs: declaration.timeoutMs / deps.timeScale,
        timeScale: deps.timeScale,
        onResult: ({ left }) => deps.onCall(left),
        onClockDifference: (ms) => deps.onClockDifference(ms),
      },
    )
  }

  const abilities: Accounts['abilities'] = (id) => {
    const known = connected.get(id)
    if (known !== undefined) return known
    const made = connect(id)
    connected.set(id, made)
    // A keychain that was locked a moment ago may be open at the next call.
    made.catch(() => connected.delete(id))
    return made
  }

  /** What is stored goes nowhere new. @throws KauntaError ACCOUNT_NOT_FOUND, ACCOUNT_SECRETS_AGAIN */
  async function checkMove(row: typeof account.$inferSelect, input: AccountInput): Promise<void> {
    if (row.provider !== input.provider) throw new KauntaError('ACCOUNT_NOT_FOUND')
    if (movesTo(placeOf(row), inputPlace(input)))
      checkTypedAgain(await keychain.read(row.id, declarationOf(row.provider)), input)
  }

  async function write(input: AccountInput, id: string, written?: Written): Promise<void> {
    const declaration = byId.get(input.provider)
    if (declaration === undefined) throw new KauntaError('PROVIDER_UNKNOWN', { provider: input.provider })
    const parsed = declaration.settings.safeParse(input.settings)
    if (!parsed.success) {
      throw new KauntaError('INPUT_INVALID', misfitOf(parsed.error.issues[0]))
    }
    await keychain.write(id, declaration, input.secrets)
    const columns = {
      provider: input.provider,
      label: input.label,
      environment: input.environment,
      baseUrl: input.baseUrl,
      settings: JSON.stringify(settingsSchema.parse(parsed.data)),
      enabled: input.enabled,
    }
    database.transact((tx) => {
      written?.(tx)
      tx.orm
        .insert(account)
        .values({ id, ...columns, callbackSecret: callbackSecret(random), createdAt: tx.now })
        .onConflictDoUpdate({ target: account.id, set: columns })
        .run()
    })
    forget(id)
    deps.onSaved(id)
    feed.tell('accounts')
  }

  const works = (id: string): void => {
    deps.onGoodTest(id)
    feed.tell('accounts')
  }

  const knows = (id: string): boolean =>
    rows.has(id) || orm.select({ id: account.id }).from(account).where(eq(account.id, id)).get() !== undefined

  return {
    providers: () => deps.declarations.map(toInfo),
    list: () => Promise.all(live().map(describe)),
    async save(wanted, written) {
      const id = wanted.id ?? random.id()
      // Practising, "the provider's own address" is that of its stand-in.
      const input = { ...wanted, baseUrl: wanted.baseUrl ?? deps.practiceAddress(wanted.provider) }
      checkAddress(inputPlace(input), deps.world)
      if (input.id !== undefined) await checkMove(rowOf(id), input)
      await write(input, id, written)
      return describe(rowOf(id))
    },
    async remove(id, written) {
      const declaration = declarationOf(rowOf(id).provider)
      database.transact((tx) => {
        written?.(tx)
        tx.orm.update(account).set({ removed: true, enabled: false }).where(eq(account.id, id)).run()
      })
      await keychain.remove(id, declaration)
      forget(id)
      feed.tell('accounts')
    },
    async test(id) {
      const outcome = await (await abilities(id)).test()
      if (outcome.ok) {
        works(id)
        return { ok: true, sentence: outcome.value, detail: null }
      }
      const { label } = declarationOf(rowOf(id).provider)
      const { error } = outcome
      if (error.kind === 'offline') {
        const unreachable =
          error.detail === nearAddress
            ? new KauntaError('ACCOUNT_ADDRESS_REFUSED')
            : new KauntaError('PROVIDER_UNREACHABLE', { provider: label })
        return { ok: false, sentence: unreachable.sentence(), detail: null }
      }
      const { en, sw } = reasons[error.reason]
      return { ok: false, sentence: { en: `${label}: ${en}`, sw: `${label}: ${sw}` }, detail: error.detail }
    },
    works,
    pick(capability, id) {
      const row = live().find(
        (candidate) =>
          candidate.enabled &&
          (id === undefined || candidate.id === id) &&
          declarationOf(candidate.provider).capabilities.includes(capability),
      )
      if (row === undefined) throw new KauntaError('ACCOUNT_MISSING', { channel: channelNames[capability] })
      return toRow(row)
    },
    withCapability: (capability) =>
      live()
        .filter((row) => row.enabled && declarationOf(row.provider).capabilities.includes(capability))
        .map(toRow),
    labelOf: (provider) => declarationOf(provider).label,
    knows,
    providerOf: (id) => (knows(id) ? known(id).provider : '?'),
    get: known,
    abilities,
    readers(id) {
      const made = pure.get(id)
      if (made !== undefined) return made
      const row = known(id)
      const readers = row.declaration.connect({
        settings: row.settings,
        secrets: {},
        call: () => Promise.reject(new Error('a reader cannot call')),
      })
      pure.set(id, readers)
      return readers
    },
    consistencyWindowMs(id) {
      const { consistencyWindowMs } = known(id).declaration
      return consistencyWindowMs === null ? null : Math.ceil(consistencyWindowMs / deps.timeScale)
    },
    callbackPath(provider) {
      const row = live().find((candidate) => candidate.provider === provider)
      return row === undefined ? null : `/callbacks/${row.id}/${row.callbackSecret}`
    },
    renewCallback(id) {
      rowOf(id)
      const made = database.transact((tx) => renewCallback(tx, random, id))
      forget(id)
      feed.tell('accounts')
      return made
    },
    async seed(seeds) {
      for (const seed of seeds) {
        const known = orm
          .select()
          .from(account)
          .where(
            and(
              eq(account.provider, seed.provider),
              eq(account.environment, 'practice'),
              eq(account.removed, false),
            ),
          )
          .get()
        await write(
          {
            provider: seed.provider,
            label: known?.label ?? declarationOf(seed.provider).label,
            environment: 'practice',
            baseUrl: seed.baseUrl,
            settings: { ...seed.settings },
            secrets: { ...seed.secrets },
            enabled: known?.enabled ?? true,
          },
          known?.id ?? random.id(),
        )
      }
      connected = new Map()
    },
  }
}
