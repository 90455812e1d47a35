import { readableTypes, readingScopes } from '../../src-preload/contract/events.ts'
import type { Warning } from '../../src-preload/contract/handed-over.ts'
import { contract } from '../../src-preload/contract/index.ts'
import { problemWords } from '../../src-preload/contract/misfits.ts'
import type { Language } from '../../src-preload/contract/paging.ts'
import type { Customers } from '../customers/service.ts'
import type { Damage } from '../database/damage.ts'
import type { Database, Transaction } from '../database/open.ts'
import type { Journal } from '../events/journal.ts'
import { createReading, placeOf } from '../events/reading.ts'
import { type CallContext, implementRoom } from '../implement.ts'
import type { Messaging } from '../messaging/service.ts'
import type { Outbox } from '../outbox/service.ts'
import type { Payments } from '../payments/service.ts'
import type { Randomness } from '../ports.ts'
import type { Printing } from '../printing/service.ts'
import { KauntaError } from '../problem.ts'
import type { Receipts } from '../receipts/service.ts'
import { type Asked, findPrevious, once } from './idempotency.ts'

export interface IntegrationDeps {
  readonly database: Database
  readonly random: Randomness
  readonly customers: Customers
  readonly receipts: Receipts
  readonly messaging: Messaging
  readonly payments: Payments
  readonly printing: Printing
  readonly outbox: Outbox
  readonly journal: Journal
  readonly damage: Pick<Damage, 'note'>
}

/** What integrators may call; the contract says which scope each call needs. */
export function integrationProcedures(deps: IntegrationDeps) {
  const { database, receipts, messaging, payments, printing, outbox } = deps
  const os = implementRoom(contract.integration)
  const reading = createReading(deps.journal, deps.damage)
  const make = (asked: Asked, work: (tx: Transaction, id: string) => void): string => once(deps, asked, work)
  return os.router({
    createSale: os.createSale.handler(({ input: { headers, body }, context }) => {
      const apiKeyId = keyOf(context)
      const asked = { apiKeyId, key: headers['idempotency-key'], operation: 'createSale', body }
      const { phone, warnings } = judgePhone(deps.customers, body.customer?.phone, context.language)
      const by = { apiKeyId, phone }
      const id = make(asked, (tx, id) => void receipts.createRecorded(tx, id, body, by))
      return { ...receipts.get(id), ...(warnings.length === 0 ? {} : { warnings }) }
    }),
    getSale: os.getSale.handler(({ input }) => receipts.get(input.id)),
    setFiscal: os.setFiscal.handler(({ input: { params, body } }) =>
      database.transact((tx) => receipts.setFiscal(tx, params.id, body)),
    ),
    printReceipt: os.printReceipt.handler(({ input: { params, headers, body }, context }) => {
      const apiKeyId = keyOf(context)
      const asked = {
        apiKeyId,
        key: headers['idempotency-key'],
        operation: 'printReceipt',
        body: { ...body, ...params },
      }
      return printing.job(make(asked, (tx, id) => printing.printReceiptIn(tx, params.id, body.language, id)))
    }),
    getPrint: os.getPrint.handler(({ input }) => printing.job(input.id)),
    getReceiptFile: os.getReceiptFile.handler(({ input }) =>
      printing.receiptFile(input.id, input.format, input.language),
    ),
    sendMessage: os.sendMessage.handler(async ({ input: { headers, body }, context }) => {
      const apiKeyId = keyOf(context)
      const asked = { apiKeyId, key: headers['idempotency-key'], operation: 'sendMessage', body }
      const file = findPrevious(deps, asked) === null ? await messaging.fileFor(body) : null
      return messaging.get(make(asked, (tx, id) => messaging.sendIn(tx, id, body, file)))
    }),
    getMessage: os.getMessage.handler(({ input }) => messaging.get(input.id)),
    raisePayment: os.raisePayment.handler(({ input: { headers, body }, context }) => {
      const apiKeyId = keyOf(context)
      const asked = { apiKeyId, key: headers['idempotency-key'], operation: 'raisePayment', body }
      return payments.get(make(asked, (tx, id) => payments.raiseIn(tx, id, body)))
    }),
    getPayment: os.getPayment.handler(({ input }) => payments.get(input.id)),
    watchPayment: os.watchPayment.handler(({ input, signal }) => payments.watch(input.id, signal)),
    listEvents: os.listEvents.handler(({ input: { after, epoch, limit }, context }) =>
      reading.page(typesOf(context), { epoch: epoch ?? null, after: after ?? null }, limit),
    ),
    watchEvents: os.watchEvents.handler(({ lastEventId, signal, context }) =>
      reading.stream(typesOf(context), lastEventId === undefined ? null : placeOf(lastEventId), signal),
    ),
    listOutbox: os.listOutbox.handler(({ input }) => outbox.list(input)),
  })
}

/** A number that cannot be read keeps no sale back: the goods are gone, and the receipt has its number. */
function judgePhone(
  customers: Customers,
  typed: string | null | undefined,
  language: Language,
): { readonly phone: string | null; readonly warnings: Warning[] } {
  if (typed === null || typed === undefined) return { phone: null, warnings: [] }
  try {
    return { phone: customers.readPhone(typed).phone, warnings: [] }
  } catch (error) {
    if (!(error instanceof KauntaError)) throw error
    const { code, values } = error
    const message = problemWords(code, values, language)
    return { phone: null, warnings: [{ field: 'body.customer.phone', code, message }] }
  }
}

/** What the caller's key may read. @throws KauntaError API_KEY_SCOPE where it is nothing */
function typesOf({ caller }: CallContext): string[] {
  if (caller.kind !== 'apiKey') throw new KauntaError('API_KEY_WRONG')
  const types = readableTypes(caller.scopes)
  if (types.length === 0) throw new KauntaError('API_KEY_SCOPE', { scope: readingScopes.join(', ') })
  return types
}

/** @returns the id of the caller's key; that it may call was judged before */
function keyOf({ caller }: CallContext): string {
  if (caller.kind !== 'apiKey') throw new KauntaError('API_KEY_WRONG')
  return caller.id
}
