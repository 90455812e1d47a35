import { randomUUID } from 'node:crypto'
import { ORPCError } from '@orpc/client'
import type { Client } from '../e2e/control.ts'
import type { Chance } from '../fixtures/chance.ts'
import type { Command, Said } from './intent.ts'
import { type CrashNetwork, phoneOf } from './networks.ts'
import type { Profile } from './profiles.ts'

export interface CommandDeps {
  readonly channels: ReadonlySet<string>
  readonly networks: readonly CrashNetwork[]
  readonly profile: Profile
  readonly chance: Chance
  /** A customer pays the shop from the network's menu; null when the wallet is short. */
  payByHand(
    provider: string,
    payment: { readonly phone: string; readonly amountMinor: number; readonly account: string },
  ): { readonly code: string } | null
  add(command: Command): void
  /** How many things were wished for so far. */
  count(): number
}

const managerPin = '2468'
/** How often a notice is looked for, and a payment waited for, before the cashier does something else. */
const noticeTries = 3
const reversalTries = 200

/** What a shop asks of Kaunta, each thing leading to the next. @returns adds a sale with all that follows from it */
export function createCommands(deps: CommandDeps): () => void {
  const { chance, profile, add, networks, channels } = deps

  const addSale = (): void => {
    const serial = deps.count()
    const network = networks.length === 0 ? null : chance.pick(networks)
    const amountMinor = 100 * (20 + Math.floor(chance.upTo(300)))
    const currency = network === null ? {} : { currency: network.currency }
    const lines = [{ name: `Unga ${serial}`, quantityMilli: 1000, unitPriceMinor: amountMinor }]
    add({
      kind: 'sale',
      again: 'always',
      ask: (doors, key) => doors.post('/sales', key, { ...currency, lines }),
      follow: ({ id, number }) => addJobs({ id, number: number ?? 0, amountMinor }, network),
    })
  }

  interface MadeSale {
    readonly id: string
    readonly number: number
    readonly amountMinor: number
  }

  /** What the cashier does with a sale once it has its number. */
  const addJobs = (sale: MadeSale, network: CrashNetwork | null): void => {
    const serial = deps.count()
    if (chance.hits(profile.print)) addPrint(sale.id)
    if (network !== null) addMoney(sale, network, serial)
    if (!profile.messages) return
    if (channels.has('africas-talking')) addMessage('sms', sale.id, serial)
    if (channels.has('green-api')) addMessage('whatsapp', sale.id, serial)
  }

  const addMoney = (sale: MadeSale, network: CrashNetwork, serial: number): void => {
    const drawn = chance.fraction()
    if (drawn < profile.prompt) addPrompt(sale, phoneOf(network, serial))
    else if (drawn < profile.prompt + profile.byHand) addByHand(sale, network, phoneOf(network, serial))
    if (chance.hits(profile.payout)) addPayout(network, phoneOf(network, serial + 5_000_000))
  }

  /** Asked for once by each key: a second paper would be a copy, which only another key may bring. */
  const addPrint = (saleId: string): void =>
    add({
      kind: 'print',
      again: 'always',
      ask: (doors, key) => doors.post(`/sales/${saleId}/print`, key, {}),
    })

  const addPrompt = (sale: MadeSale, phone: string): void =>
    add({
      kind: 'payment',
      again: 'always',
      ask: (doors, key) => doors.post('/payments', key, { saleId: sale.id, phone }),
      follow: ({ id }) => maybeReverse(id),
    })

  const notices = createRegistration()
  const addByHand = (sale: MadeSale, network: CrashNetwork, phone: string): void => {
    const { provider } = network
    const account = String(sale.number).padStart(6, '0')
    const paid = deps.payByHand(provider, { phone, amountMinor: sale.amountMinor, account })
    if (paid === null) return
    let looked = network.tells && chance.hits(0.5) ? 0 : noticeTries
    add({
      kind: 'byHand',
      again: 'untilAnswered',
      ask: (doors) =>
        doors.counter(async (client, options) => {
          looked += 1
          const accountId = await accountOf(client, options, provider)
          if (network.tells) await notices.register(client, options, accountId)
          const matched = looked > noticeTries ? null : await match(client, options, paid.code, sale.id)
          if (matched !== null) return matched
          if (looked <= noticeTries) return { is: 'later', why: 'no notice yet' }
          const command = { saleId: sale.id, code: paid.code, accountId }
          const { id } = await client.payments.enterCode(command, options)
          return { is: 'yes', id, number: null }
        }),
      follow: ({ id }) => maybeReverse(id),
    })
  }

  const maybeReverse = (paymentId: string): void => {
    if (!chance.hits(profile.reversal)) return
    let tries = 0
    const id = chance.hits(0.5) ? randomUUID() : null
    add({
      kind: 'reversal',
      again: 'untilAnswered',
      ask: (doors) =>
        doors.counter(async (client, options) => {
          tries += 1
          const { state } = await client.payments.get({ id: paymentId }, options)
          const open = state !== 'completed' && state !== 'reversed'
          const ended = state === 'failed' || state === 'cancelled' || state === 'expired'
          if (ended || (open && tries > reversalTries)) return { is: 'no', why: `the payment is ${state}` }
          if (open) return { is: 'later', why: `the payment is ${state}` }
          return reverse(client, options, { id: id ?? randomUUID(), paymentId })
        }),
    })
  }

  const addPayout = (network: CrashNetwork, phone: string): void => {
    const amountMinor = 100 * (10 + Math.floor(chance.upTo(90)))
    const id = randomUUID()
    add({
      kind: 'payout',
      again: 'always',
      ask: (doors) =>
        doors.counter(async (client, options) => {
          const accountId = await accountOf(client, options, network.provider)
          const command = {
            id,
            accountId,
            phone,
            amountMinor,
            note: 'Malipo ya mzigo',
            managerPin,
            again: false,
          }
          const made = await client.transfers.payOut(command, options)
          return { is: 'yes', id: made.id, number: null }
        }),
    })
  }

  const addMessage = (channel: 'sms' | 'whatsapp', saleId: string, serial: number): void => {
    // Regular customers get several messages, so that a lost reply cannot be matched by the number alone.
    const to = messagePhone(chance.hits(0.3) ? 0 : serial)
    const text = chance.hits(0.5) ? {} : { text: `Risiti ${channel} ${deps.count()}` }
    const as = channel === 'whatsapp' && serial % 2 === 0 ? { as: 'pdf' } : {}
    add({
      kind: channel,
      again: 'always',
      ask: (doors, key) => doors.post('/messages', key, { to, channel, saleId, ...text, ...as }),
    })
  }

  return addSale
}

type Options = { readonly signal: AbortSignal }

async function accountOf(client: Client, options: Options, provider: string): Promise<string> {
  const known = await client.payments.networks(undefined, options)
  const found = known.find((network) => network.provider === provider)
  if (found === undefined) throw new Error(`the shop has no account with ${provider}`)
  return found.accountId
}

/** Tells each network once where customers' own payments are to be reported; those whose portal does that refuse. */
function createRegistration() {
  const done = new Set<string>()
  return {
    async register(client: Client, options: Options, accountId: string): Promise<void> {
      if (done.has(accountId)) return
      await client.notices.register({ accountId }, options).catch((error: unknown) => {
        if (!(error instanceof ORPCError)) throw error
      })
      done.add(accountId)
    },
  }
}

/** Gives the network's notice of this code to the sale; null while there is none that waits. */
async function match(client: Client, options: Options, code: string, saleId: string): Promise<Said | null> {
  const { rows } = await client.notices.list({ state: 'waiting', limit: 200 }, options)
  const notice = rows.find((one) => one.code === code)
  if (notice === undefined) return null
  const { id } = await client.notices.match({ id: notice.id, saleId }, options)
  return { is: 'yes', id, number: null }
}

/**
 * Asks for a reversal again and again, as somebody does who saw no answer: by the name it had, or anew from another
 * screen. Kaunta itself must refuse the second.
 */
async function reverse(
  client: Client,
  options: Options,
  { id, paymentId }: { readonly id: string; readonly paymentId: string },
): Promise<Said> {
  try {
    const command = { id, paymentId, note: 'Bidhaa imerudishwa', managerPin }
    const made = await client.transfers.reverse(command, options)
    return { is: 'yes', id: made.id, number: null }
  } catch (error) {
    const { rows } = await client.transfers.list({ paymentId, limit: 5 }, options)
    const [made] = rows
    if (made !== undefined) return { is: 'yes', id: made.id, number: null }
    throw error
  }
}

function messagePhone(serial: number): string {
  return `07${String(20_000_000 + (serial % 70_000_000)).padStart(8, '0')}`
}
