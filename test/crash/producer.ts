import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { Chance } from './chance.ts'
import type { StartLine } from './product.ts'

export type IntentKind = 'sale' | 'sms' | 'whatsapp' | 'payment'

/** One thing that the shop's POS asked for. It asks again, with the same key, until it reads a yes or a no. */
export interface Intent {
  readonly key: string
  readonly kind: IntentKind
  readonly path: '/sales' | '/messages' | '/payments'
  readonly body: object
  /** The id read from a 2xx answer: from then on it must never be lost. */
  acknowledged: string | null
  /** Why Kaunta said no for good. */
  refused: string | null
}

export interface Producer {
  readonly intents: readonly Intent[]
  /** Repeated requests that were answered with another thing than the first time. */
  readonly contradictions: readonly string[]
  /** Answers of 500 and above, which no input deserves. */
  readonly breakdowns: readonly string[]
  /** Asks for things until `stop` or until this run's share is done. @param acknowledged called when a 2xx was read */
  work(line: StartLine, stop: AbortSignal, acknowledged: () => void): Promise<void>
}

const idSchema = z.object({ id: z.string().min(1) })
/** Sales asked for in one run of the product. Prompts pass three at a time and three a second: more would only wait. */
const salesPerRun = 4
const tillCount = 3

/** A till that never gives up: it remembers what it asked for over every crash of Kaunta. */
export function createProducer(channels: ReadonlySet<string>, chance: Chance): Producer {
  const intents: Intent[] = []
  const waiting: Intent[] = []
  const contradictions: string[] = []
  const breakdowns: string[] = []

  const add = (kind: IntentKind, path: Intent['path'], body: object): void => {
    const intent = { key: `${kind}-${intents.length}`, kind, path, body, acknowledged: null, refused: null }
    intents.push(intent)
    waiting.push(intent)
  }
  const addSale = (): void => {
    const price = 100 * (1 + Math.floor(chance.upTo(300)))
    const line = { name: `Unga ${intents.length}`, quantityMilli: 1000, unitPriceMinor: price }
    add('sale', '/sales', { lines: [line] })
  }
  /** What the cashier does with a sale once it has its number. */
  const addJobs = (saleId: string): void => {
    const serial = intents.length
    if (channels.has('mpesa-kenya') && chance.hits(0.7))
      add('payment', '/payments', { saleId, phone: phoneOf(serial) })
    if (channels.has('africas-talking')) addMessage('sms', saleId, serial)
    if (channels.has('green-api')) addMessage('whatsapp', saleId, serial)
  }
  const addMessage = (channel: 'sms' | 'whatsapp', saleId: string, serial: number): void => {
    // Regular customers get several messages, so that a lost reply cannot be matched by the number alone.
    const to = phoneOf(chance.hits(0.3) ? 0 : serial)
    const text = chance.hits(0.5) ? {} : { text: `Risiti ${channel} ${intents.length}` }
    add(channel, '/messages', { to, channel, saleId, ...text })
  }

  const settle = (intent: Intent, status: number, text: string): boolean => {
    if (status >= 200 && status < 300) {
      const { id } = idSchema.parse(JSON.parse(text))
      if (intent.acknowledged !== null && intent.acknowledged !== id)
        contradictions.push(`${intent.key}: ${text}`)
      if (intent.acknowledged === null && intent.kind === 'sale') addJobs(id)
      intent.acknowledged = id
      return true
    }
    if (status >= 500) breakdowns.push(`${intent.key}: ${status} ${text}`)
    else if (status !== 429) {
      if (intent.acknowledged === null) intent.refused = `${status} ${text}`
      else contradictions.push(`${intent.key}: ${status} ${text}`)
    }
    return false
  }

  const ask = async (intent: Intent, line: StartLine, stop: AbortSignal): Promise<boolean> => {
    const answer = await fetch(line.apiUrl + intent.path, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${line.apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': intent.key,
      },
      body: JSON.stringify(intent.body),
      signal: stop,
    })
    return settle(intent, answer.status, await answer.text())
  }

  const next = (budget: { sales: number }): Intent | undefined => {
    const known = intents[Math.floor(chance.upTo(intents.length))]
    if (known !== undefined && known.acknowledged !== null && chance.hits(0.1)) return known
    if (waiting.length === 0 && budget.sales > 0) {
      budget.sales -= 1
      addSale()
    }
    return waiting.shift()
  }

  const till = async (
    line: StartLine,
    stop: AbortSignal,
    budget: { sales: number },
    acknowledged: () => void,
  ) => {
    while (!stop.aborted) {
      const intent = next(budget)
      if (intent === undefined) return
      try {
        if (await ask(intent, line, stop)) acknowledged()
      } catch {
        // No answer was read: the product died, or is dying. The next run is asked again.
        await sleep(1)
      }
      if (intent.acknowledged === null && intent.refused === null) waiting.push(intent)
    }
  }

  return {
    intents,
    contradictions,
    breakdowns,
    async work(line, stop, acknowledged) {
      const budget = { sales: salesPerRun }
      await Promise.all(Array.from({ length: tillCount }, () => till(line, stop, budget, acknowledged)))
    },
  }
}

function phoneOf(serial: number): string {
  return `07${String(20_000_000 + (serial % 70_000_000)).padStart(8, '0')}`
}
