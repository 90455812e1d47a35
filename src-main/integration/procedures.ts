import { contract } from '../../src-preload/contract/index.ts'
import type { Scope } from '../../src-preload/contract/settings.ts'
import type { Database, Transaction } from '../database/open.ts'
import { type CallContext, implementRoom } from '../implement.ts'
import type { Messaging } from '../messaging/service.ts'
import type { Outbox } from '../outbox/service.ts'
import type { Payments } from '../payments/service.ts'
import type { Randomness } from '../ports.ts'
import type { Printing } from '../printing/service.ts'
import { KauntaError } from '../problem.ts'
import type { Receipts } from '../receipts/service.ts'
import { type Asked, madeBy, once } from './once.ts'

export interface IntegrationDeps {
  readonly database: Database
  readonly random: Randomness
  readonly receipts: Receipts
  readonly messaging: Messaging
  readonly payments: Payments
  readonly printing: Printing
  readonly outbox: Outbox
  /** What an integrator wants is not the doing of whoever is at the counter. */
  readonly asNobody: <T>(work: () => T) => T
}

/** What integrators may call; each call needs a key with its scope. */
export function integrationProcedures(deps: IntegrationDeps) {
  const { database, receipts, messaging, payments, printing, outbox } = deps
  const os = implementRoom(contract.integration)
  const make = (asked: Asked, work: (tx: Transaction, id: string) => void): string =>
    deps.asNobody(() => once(deps, asked, work))
  return os.router({
    createSale: os.createSale.handler(({ input: { headers, body }, context }) => {
      const apiKeyId = allowed(context, 'sales')
      const asked = { apiKeyId, key: headers['idempotency-key'], operation: 'createSale', body }
      return receipts.get(make(asked, (tx, id) => receipts.createRecorded(tx, id, body)))
    }),
    getSale: os.getSale.handler(({ input, context }) => {
      allowed(context, 'sales')
      return receipts.get(input.id)
    }),
    setFiscal: os.setFiscal.handler(({ input: { params, body }, context }) => {
      allowed(context, 'sales')
      return deps.asNobody(() => database.transact((tx) => receipts.setFiscal(tx, params.id, body)))
    }),
    printReceipt: os.printReceipt.handler(({ input: { params, headers, body }, context }) => {
      const apiKeyId = allowed(context, 'sales')
      const asked = {
        apiKeyId,
        key: headers['idempotency-key'],
        operation: 'printReceipt',
        body: { ...body, ...params },
      }
      return printing.job(make(asked, (tx, id) => printing.printReceiptIn(tx, params.id, body.language, id)))
    }),
    getPrint: os.getPrint.handler(({ input, context }) => {
      allowed(context, 'sales')
      return printing.job(input.id)
    }),
    getReceiptFile: os.getReceiptFile.handler(({ input, context }) => {
      allowed(context, 'sales')
      return printing.receiptFile(input.id, input.format, input.language)
    }),
    sendMessage: os.sendMessage.handler(async ({ input: { headers, body }, context }) => {
      const apiKeyId = allowed(context, 'messages')
      const asked = { apiKeyId, key: headers['idempotency-key'], operation: 'sendMessage', body }
      const file = madeBy(deps, asked) === null ? await deps.asNobody(() => messaging.fileFor(body)) : null
      return messaging.get(make(asked, (tx, id) => messaging.sendIn(tx, id, body, file)))
    }),
    getMessage: os.getMessage.handler(({ input, context }) => {
      allowed(context, 'messages')
      return messaging.get(input.id)
    }),
    raisePayment: os.raisePayment.handler(({ input: { headers, body }, context }) => {
      const apiKeyId = allowed(context, 'payments')
      const asked = { apiKeyId, key: headers['idempotency-key'], operation: 'raisePayment', body }
      return payments.get(make(asked, (tx, id) => payments.raiseIn(tx, id, body)))
    }),
    getPayment: os.getPayment.handler(({ input, context }) => {
      allowed(context, 'payments')
      return payments.get(input.id)
    }),
    watchPayment: os.watchPayment.handler(({ input, context, signal }) => {
      allowed(context, 'payments')
      return payments.watch(input.id, signal)
    }),
    listOutbox: os.listOutbox.handler(({ input, context }) => {
      allowed(context, 'outbox')
      return outbox.list(input)
    }),
  })
}

/** @returns the id of the caller's key */
function allowed({ caller }: CallContext, scope: Scope): string {
  if (caller.kind !== 'apiKey') throw new KauntaError('API_KEY_WRONG')
  if (!caller.scopes.includes(scope)) throw new KauntaError('API_KEY_SCOPE', { scope })
  return caller.id
}
