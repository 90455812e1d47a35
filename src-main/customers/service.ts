import { desc, eq, like, or, sql } from 'drizzle-orm'
import type { Customer } from '../../src-preload/contract/customers.ts'
import type { Language } from '../../src-preload/contract/paging.ts'
import type { PhoneInfo } from '../../src-preload/contract/phone.ts'
import type { Database, Transaction } from '../database/open.ts'
import type { Randomness } from '../ports.ts'
import { readPhone } from './phone.ts'
import { customer } from './tables.ts'

export interface Customers {
  /** @throws KauntaError PHONE_MISSING, PHONE_INVALID */
  readPhone(typed: string): PhoneInfo
  search(text: string, limit?: number): Customer[]
  byPhone(phone: string): Customer | null
  /** Remembers that this number was served; a name or language is only ever filled in or changed, not lost. */
  remember(
    tx: Transaction,
    phone: string,
    known: { readonly name?: string | null; readonly language?: Language | null },
  ): Customer
  save(typed: string, name: string, language: Language | undefined): Customer
}

export interface CustomersDeps {
  readonly database: Database
  readonly random: Randomness
  readonly country: () => 'TZ' | 'KE'
}

export function createCustomers({ database, random, country }: CustomersDeps): Customers {
  const { orm } = database.read

  const byPhone = (phone: string): Customer | null =>
    orm.select().from(customer).where(eq(customer.phone, phone)).get() ?? null

  const remember: Customers['remember'] = (tx, phone, known) => {
    const name = known.name === '' ? null : (known.name ?? null)
    const language = known.language ?? null
    return tx.orm
      .insert(customer)
      .values({ id: random.id(), phone, name, language, lastSeenAt: tx.now })
      .onConflictDoUpdate({
        target: customer.phone,
        set: {
          name: sql`coalesce(excluded.name, ${customer.name})`,
          language: sql`coalesce(excluded.language, ${customer.language})`,
          lastSeenAt: tx.now,
        },
      })
      .returning()
      .get()
  }

  return {
    readPhone: (typed) => readPhone(typed, country()),
    byPhone,
    remember,
    search(text, limit = 8) {
      const words = text.trim()
      const digits = words.replace(/\D/g, '').replace(/^0+/, '')
      const matches =
        words === ''
          ? undefined
          : or(
              like(customer.name, `%${words}%`),
              digits.length < 3 ? undefined : like(customer.phone, `%${digits}%`),
            )
      return orm.select().from(customer).where(matches).orderBy(desc(customer.lastSeenAt)).limit(limit).all()
    },
    save(typed, name, language) {
      const { phone } = readPhone(typed, country())
      return database.transact((tx) => remember(tx, phone, { name, language: language ?? null }))
    },
  }
}
