import { createHash, createHmac, randomBytes } from 'node:crypto'
import Engine from 'better-sqlite3'
import { v7 } from 'uuid'
import type { SimulatorHost } from '../../../src-main/simulator/host.ts'

/** One report of a network about one open payment. */
export interface LoadedCallback {
  /** Path and query of the address. */
  readonly path: string
  readonly body: string
  /** Under which Kaunta keeps it. */
  readonly digest: string
}

interface AccountRow {
  readonly id: string
  readonly provider: string
  readonly secret: string
}

const networks = [
  { provider: 'mixx-by-yas', currency: 'TZS', share: 4 },
  { provider: 'airtel-money', currency: 'TZS', share: 4 },
  { provider: 'mpesa-kenya', currency: 'KES', share: 2 },
] as const
type Network = (typeof networks)[number]
const amountMinor = 150_000
const agoMs = 2 * 86_400_000

/**
 * Adds `count` sales to the file, each with a prompt of two days ago whose end is not known, and answers the report that
 * each waits for: paid by Mixx, paid and signed by Airtel, cancelled by M-Pesa (Kenya). So the networks catch up after an
 * outage; of fresh prompts a shop has no more open than it has customers at the counter.
 */
export function addOpenPayments(
  file: string,
  host: SimulatorHost,
  count: number,
  prefix: string,
): LoadedCallback[] {
  const connection = new Engine(file)
  try {
    const accounts = connection
      .prepare<[], AccountRow>('SELECT id, provider, callback_secret AS secret FROM account')
      .all()
    const airtel = host.accounts().find((one) => one.provider === 'airtel-money')
    const key = String(airtel?.secrets.callbackKey)
    const turns = networks.flatMap((network) => Array.from<Network>({ length: network.share }).fill(network))
    const add = insertInto(connection, prefix)
    return connection.transaction(() =>
      Array.from({ length: count }, (_, index) => {
        const network = turns[index % turns.length] ?? networks[0]
        const account = accounts.find(({ provider }) => provider === network.provider)
        if (account === undefined) throw new Error(`the file has no account with ${network.provider}`)
        const { id, own, provider } = add(index, network, account.id)
        const path = `/callbacks/${account.id}/${account.secret}${network.provider === 'mpesa-kenya' ? `/${id}` : ''}`
        const body = bodyOf(network, own ?? provider ?? '', key)
        return { path, body, digest: createHash('sha256').update(`${path}\n${body}`).digest('hex') }
      }),
    )()
  } finally {
    connection.close()
  }
}

function insertInto(connection: Engine.Database, prefix: string) {
  const till = `bench-${prefix}`
  connection.prepare('INSERT INTO till (id, last_number) VALUES (?, 0)').run(till)
  const sale = connection.prepare(
    `INSERT INTO sale (id, till_id, number, state, source, currency, total_minor, created_at, updated_at)
     VALUES (?, ?, ?, 'recorded', 'api', ?, ?, ?, ?)`,
  )
  const payment = connection.prepare(
    `INSERT INTO payment (id, sale_id, account_id, provider, origin, phone, amount_minor, currency, state, own_reference,
       provider_reference, needs_decision, created_at, prompted_at, updated_at)
     VALUES (?, ?, ?, ?, 'prompt', ?, ?, ?, 'unknown', ?, ?, ?, ?, ?, ?)`,
  )
  return (index: number, network: Network, accountId: string) => {
    const at = Date.now() - agoMs
    const [saleId, id] = [v7(), v7()]
    const kenyan = network.provider === 'mpesa-kenya'
    const own = kenyan ? null : `KNT${id.replaceAll('-', '').slice(-27)}`
    const provider = kenyan ? `ws_CO_${randomBytes(9).toString('hex')}` : null
    const phone = `${kenyan ? '+25472' : '+25571'}${String(index).padStart(7, '0')}`
    sale.run(saleId, till, index + 1, network.currency, amountMinor, at, at)
    const names = [id, saleId, accountId, network.provider, phone, amountMinor, network.currency]
    payment.run(...names, own, provider, network.provider === 'mixx-by-yas' ? 1 : 0, at, at, at)
    return { id, own, provider }
  }
}

function bodyOf({ provider }: Network, reference: string, key: string): string {
  if (provider === 'mpesa-kenya') {
    const cancelled = { ResultCode: 1032, ResultDesc: 'Request cancelled by user' }
    const stkCallback = { MerchantRequestID: '29115-34620561-1', CheckoutRequestID: reference, ...cancelled }
    return JSON.stringify({ Body: { stkCallback } })
  }
  const code = randomBytes(8).toString('hex').toUpperCase()
  if (provider === 'mixx-by-yas') {
    return JSON.stringify({
      Status: true,
      Description: 'Success',
      MFSTransactionID: `BP${code}`,
      ReferenceID: reference,
      Amount: String(amountMinor / 100),
    })
  }
  const transaction = JSON.stringify({
    id: reference,
    message: 'Paid',
    status_code: 'TS',
    airtel_money_id: `MP${code}`,
  })
  const hash = createHmac('sha256', key).update(transaction).digest('base64')
  return `{"transaction":${transaction},"hash":${JSON.stringify(hash)}}`
}
