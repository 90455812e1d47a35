import { createServer, request as forward } from 'node:http'
import { expect } from 'vitest'
import type { Currency } from '../../../src-preload/contract/money.ts'
import type { ReasonCode } from '../../../src-preload/contract/reasons.ts'
import type { ConnectedAccount } from '../call.ts'
import type {
  Accepted,
  Acknowledgement,
  MobileMoney,
  MoneyReading,
  PayOutRequest,
  PromptRequest,
  References,
  Report,
  ReverseRequest,
} from '../mobile-money.ts'
import type { Outcome } from '../outcome.ts'
import type { Abilities, RawCallback } from '../provider.ts'
import type { LedgerEntry, PromptAnswer } from '../simulation.ts'
import { type OpenServer, openShop } from './sockets.ts'
import { createStand, realRandom, type Stand } from './stand.ts'

/** What a network may lack; what is missing in an adapter must be named here, and in the declaration's `limits`. */
export type Ability =
  | 'queryPrompt'
  | 'ownReference'
  | 'reverse'
  | 'partialReversal'
  | 'queryReversal'
  | 'payOut'
  | 'queryPayOut'
  | 'queryCode'
  | 'balance'
  | 'customerPayments'

/** How a prompt without payment ends, as far as this network tells. */
export interface Ending {
  readonly state: 'failed' | 'cancelled' | 'expired' | 'unknown'
  readonly reason?: ReasonCode
}

export interface ReportCase {
  readonly trust: 'signed' | 'unsigned'
  /** Whether "paid" comes with the amount. */
  readonly carriesAmount: boolean
  /** False where prompts are reported, but reversals and payouts are not. */
  readonly ofTransfers?: false
  /** True where the network sends a report again until it is acknowledged. */
  readonly repeatsUnacknowledged: boolean
  /** A report that says paid, as the provider would write it. */
  paid(references: References, amountMinor: number): RawCallback
  /** A report with a result that no document knows. */
  invented(references: References): RawCallback
  /** What a stranger could send in place of this report; empty where nothing is signed. */
  forge(paid: RawCallback): readonly RawCallback[]
  /** What the documents ask for in answer to this report. */
  acknowledgement(report: RawCallback): Acknowledgement
}

export interface MobileMoneyCase {
  readonly provider: string
  /** Where one provider is tested in several configurations: what this one is. */
  readonly title?: string
  /** What differs from the practice account. */
  readonly change?: Partial<Pick<ConnectedAccount, 'settings' | 'secrets'>>
  readonly currency: Currency
  /** Two numbers of the account's country; the second one's wallet is emptied. */
  readonly phone: string
  readonly poorPhone: string
  /** Where the network cannot tell the reasons apart: which it gives. Absent: wrongPin, insufficientFunds, … */
  readonly endings?: Partial<Record<'wrongPin' | 'poor' | 'cancel' | 'ignore', Ending>>
  /** Whether the network refuses a second prompt while one stands on the phone. */
  readonly refusesBusyPhone: boolean
  /** Each thing the adapter cannot do, and words of the English sentence in `limits` that says so. */
  readonly lacks: Partial<Record<Ability, RegExp>>
  /** Null where prompts are not reported in this configuration. */
  readonly reports: ReportCase | null
}

export const publicBase = 'https://kaunta.practice.example'

/** What is known of a prompt or transfer after its call. */
export interface Raised {
  readonly id: string
  readonly references: References
  /** Only where the call was held until the customer was done. */
  readonly reading: MoneyReading | null
}

export interface Connected {
  readonly money: MobileMoney
  readonly calls: readonly { readonly left: boolean }[]
  readonly test: Abilities['test']
}

export type Bench = ReturnType<typeof createBench>

/** One simulated world, a shop that listens and acknowledges, and the customer's mood. */
export function createBench(tested: MobileMoneyCase) {
  const opened: { stand?: Stand; shop?: Awaited<ReturnType<typeof openShop>> } = {}
  const mood: { answer: PromptAnswer; acknowledges: boolean } = {
    answer: { kind: 'pin', pin: '1234' },
    acknowledges: true,
  }
  const standing = () => {
    if (opened.stand === undefined || opened.shop === undefined) throw new Error('the bench is not open')
    return { stand: opened.stand, shop: opened.shop }
  }

  const account = (): ConnectedAccount => {
    const own = standing().stand.account()
    return {
      ...own,
      settings: { ...own.settings, ...tested.change?.settings },
      secrets: { ...own.secrets, ...tested.change?.secrets },
    }
  }
  const connect = (change: Partial<ConnectedAccount> = {}, timeoutMs?: number): Connected => {
    const abilities = standing().stand.connect({ ...account(), ...change }, timeoutMs)
    if (abilities.mobileMoney === undefined) throw new Error('no mobile money')
    return { money: abilities.mobileMoney, calls: abilities.calls, test: abilities.test }
  }

  const reports = (money: MobileMoney, raised: Pick<Raised, 'id' | 'references'>): Report[] =>
    standing().shop.callbacks.flatMap((raw) => {
      const report = money.readReport(raw)
      return report !== null && concerns(report, raw, raised) ? [report] : []
    })

  return {
    tested,
    connect,
    account,
    reports,
    /** True for what this network can do, by its case; `lacks` itself is checked against the adapter. */
    can: (ability: Ability) => tested.lacks[ability] === undefined,
    get stand() {
      return standing().stand
    },
    get shop() {
      return standing().shop
    },
    async open() {
      const reader: { money?: MobileMoney } = {}
      opened.shop = await openShop((raw) => {
        if (!mood.acknowledges) return { status: 500, contentType: 'text/plain', body: 'not now' }
        return reader.money?.acknowledge(raw) ?? { status: 503, contentType: 'text/plain', body: '' }
      })
      opened.stand = await createStand(tested.provider, {
        autoAnswer: () => mood.answer,
        callbackBase: `${opened.shop.url}/reports`,
      })
      opened.stand.host.mapAddress(publicBase, opened.shop.url)
      opened.stand.host.setBalance(tested.phone, 100_000_000)
      opened.stand.host.setBalance(tested.poorPhone, 2_000)
      reader.money = connect().money
    },
    async heal() {
      mood.answer = { kind: 'pin', pin: '1234' }
      mood.acknowledges = true
      await standing().stand.heal()
    },
    async close() {
      await opened.stand?.close()
      await opened.shop?.close()
    },
    customer(answer: PromptAnswer) {
      mood.answer = answer
    },
    acknowledges(does: boolean) {
      mood.acknowledges = does
    },
    fault: (
      name:
        | 'timeoutAfterAccepting'
        | 'timeoutBeforeAccepting'
        | 'serverError'
        | 'throttled'
        | 'noBalance'
        | 'wrongKey',
    ) => standing().stand.host.setFaults({ providers: { [tested.provider]: name } }),
    request(change: Partial<PromptRequest> = {}): PromptRequest {
      const reference = change.reference ?? realRandom.id()
      return {
        reference,
        phone: tested.phone,
        amountMinor: 123_400,
        currency: tested.currency,
        account: 'R-1042',
        description: 'Risiti',
        callbackUrl: callbackUrl(reference),
        ...change,
      }
    },
    async raise(money: MobileMoney, change: Partial<PromptRequest> = {}): Promise<Raised> {
      const command = this.request(change)
      const outcome = await money.raisePrompt(command)
      // A held call that ends without an answer is asked about like one that was accepted.
      if (!outcome.ok && outcome.error.kind === 'unknownOutcome' && money.promptAnswer === 'held') {
        const own = money.ownReference(command.reference)
        return { id: command.reference, references: { own, provider: null }, reading: null }
      }
      return raisedOf(money, command.reference, outcome)
    },
    /** Follows a prompt to its end: by the held reply, by asking, or by what is reported. */
    settle: (money: MobileMoney, raised: Raised) =>
      follow(raised, money.queryPrompt?.bind(money), () => reports(money, raised)),
    /** Follows a transfer to its end. */
    settleTransfer: (
      money: MobileMoney,
      raised: Raised,
      query: ((references: References) => Promise<Outcome<MoneyReading>>) | undefined,
    ) => follow(raised, query, () => reports(money, raised)),
    /** A payment that is settled and whose receipt code is known. */
    async paid(money: MobileMoney, change: Partial<PromptRequest> = {}) {
      mood.answer = { kind: 'pin', pin: '1234' }
      const raised = await this.raise(money, change)
      const seen: { code: string | null } = { code: null }
      await expect
        .poll(
          async () => {
            const asked = await money.queryPrompt?.(raised.references)
            const told = reports(money, raised).flatMap((report) =>
              report.about === 'money' ? [report.reading] : [],
            )
            const all = [raised.reading, asked?.ok === true ? asked.value : null, ...told]
            for (const reading of all) if (reading?.state === 'completed') seen.code ??= reading.receiptCode
            return seen.code
          },
          { timeout: 10_000 },
        )
        .not.toBeNull()
      return { ...raised, code: seen.code ?? '' }
    },
    refund(paid: Raised & { readonly code: string }, change: Partial<ReverseRequest> = {}): ReverseRequest {
      const reference = change.reference ?? realRandom.id()
      return {
        reference,
        receiptCode: paid.code,
        payment: paid.references,
        phone: tested.phone,
        amountMinor: 123_400,
        currency: tested.currency,
        note: 'Bidhaa imerudishwa',
        callbackUrl: callbackUrl(reference),
        ...change,
      }
    },
    payOut(change: Partial<PayOutRequest> = {}): PayOutRequest {
      const reference = change.reference ?? realRandom.id()
      return {
        reference,
        phone: tested.phone,
        amountMinor: 50_000,
        currency: tested.currency,
        name: 'Asha Juma',
        note: 'Marejesho',
        callbackUrl: callbackUrl(reference),
        ...change,
      }
    },
    ledger: (kind: LedgerEntry['kind']) =>
      standing()
        .stand.host.ledger()
        .filter((entry) => entry.kind === kind && entry.provider === tested.provider),
    wallet: (phone: string) =>
      standing()
        .stand.host.snapshot()
        .phones.find((known) => known.phone === phone)?.balanceMinor ?? Number.NaN,
    secrets: (make: (name: string) => string) =>
      Object.fromEntries(Object.keys(account().secrets).map((name) => [name, make(name)])),
  }
}

export function callbackUrl(id: string): string {
  return `${publicBase}/hook/${id}`
}

/** @throws when the call was refused: the test wanted it accepted. */
export function raisedOf(money: MobileMoney, id: string, outcome: Outcome<Accepted>): Raised {
  if (!outcome.ok) throw new Error(`refused: ${outcome.error.kind} ${outcome.error.detail}`)
  return {
    id,
    references: { own: money.ownReference(id), provider: outcome.value.providerReference },
    reading: outcome.value.reading ?? null,
  }
}

/** True when a report names this payment, or came to the address that was given for it alone. */
function concerns(
  report: Report,
  raw: RawCallback,
  { id, references }: Pick<Raised, 'id' | 'references'>,
): boolean {
  if (report.about === 'customerPayment' || report.about === 'question') return false
  const { own, provider } = report.references
  return (
    (own !== null && own === references.own) ||
    (provider !== null && provider === references.provider) ||
    raw.path.endsWith(`/${id}`)
  )
}

const stillOpen = new Set<MoneyReading['state']>(['processing', 'notFound'])

async function follow(
  raised: Raised,
  query: ((references: References) => Promise<Outcome<MoneyReading>>) | undefined,
  reports: () => readonly Report[],
): Promise<MoneyReading> {
  const last: { reading: MoneyReading } = { reading: raised.reading ?? { state: 'processing' } }
  await expect
    .poll(
      async () => {
        if (!stillOpen.has(last.reading.state)) return true
        const asked = await query?.(raised.references)
        if (asked?.ok === true) last.reading = asked.value
        for (const report of query === undefined ? reports() : []) {
          if (report.about === 'money') last.reading = report.reading
        }
        return !stillOpen.has(last.reading.state)
      },
      { timeout: 10_000 },
    )
    .toBe(true)
  return last.reading
}

/** Stands between an adapter and its simulator and counts what goes to which path. */
export async function openCounter(target: string): Promise<OpenServer & { readonly paths: string[] }> {
  const paths: string[] = []
  const { hostname, port, pathname } = new URL(target)
  const server = createServer((incoming, response) => {
    const path = incoming.url ?? '/'
    paths.push(path.split('?')[0] ?? '')
    const outgoing = forward(
      { hostname, port, path: `${pathname}${path}`, method: incoming.method, headers: incoming.headers },
      (reply) => {
        response.writeHead(reply.statusCode ?? 502, reply.headers)
        reply.pipe(response)
      },
    )
    outgoing.on('error', () => response.destroy())
    incoming.pipe(outgoing)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    paths,
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

/** For abilities that the case says are there. */
export function must<T>(ability: T | undefined): T {
  if (ability === undefined) throw new Error('declared, but absent')
  return ability
}
