import { createRouterClient } from '@orpc/server'
import { describe, expect, it } from 'vitest'
import { contract } from '../../src-preload/contract/index.ts'
import { rightsSchema } from '../../src-preload/contract/rights.ts'
import { refusalOf } from '../../test/fixtures/payment-walk.ts'
import { proceduresIn } from '../../test/fixtures/procedures.ts'
import { managerPin, openTill } from '../../test/fixtures/till.ts'
import { guardCall } from './errors.ts'

/** Whom each procedure needs, by hand: a new one, or a changed right, is written here too by whoever thought about it. */
const golden = `
sales.current cashier passive
sales.saveDraft cashier acts
sales.setCustomer cashier acts
sales.record cashier acts
sales.finish cashier acts
sales.get cashier passive
sales.today cashier passive
sales.handedOver cashier passive
sales.list cashier passive
customers.readPhone cashier acts
customers.search cashier passive
customers.save cashier acts
messages.preview cashier passive
messages.sendReceipt cashier acts
messages.get cashier passive
messages.list cashier passive
messages.retry cashier acts
templates.list cashier passive
templates.save manager acts
payments.networks cashier passive
payments.raise cashier acts
payments.get cashier passive
payments.list cashier passive
payments.totals cashier passive
payments.checkNow cashier acts
payments.enterCode cashier acts
payments.decide cashier acts
payments.writeOffExcess cashier acts
payments.attention cashier passive
payments.watch cashier passive
notices.list cashier passive
notices.forSale cashier passive
notices.candidates cashier passive
notices.match cashier acts
notices.setAside cashier acts
notices.register manager acts
unreadReports.give cashier acts
unreadReports.setAside cashier acts
transfers.reverse cashier acts
transfers.payOut cashier acts
transfers.get cashier passive
transfers.list cashier passive
transfers.checkNow cashier acts
transfers.decide cashier acts
balances.list cashier passive
balances.refresh cashier acts
reconciliations.list cashier passive
reconciliations.get cashier passive
reconciliations.run manager acts
reconciliations.importStatement manager acts
reconciliations.resolveDifference manager acts
reconciliations.export manager acts
cashUps.open cashier passive
cashUps.close cashier acts
cashUps.list cashier passive
cashUps.get cashier passive
cashUps.print cashier acts
staff.desk open passive
staff.signIn open acts
staff.lock open acts
staff.list manager passive
staff.save manager acts
printing.printReceipt cashier acts
printing.reprintLast cashier acts
printing.openDrawer manager acts
printing.list cashier passive
printing.decide cashier acts
printing.receiptFile cashier acts
printers.list cashier passive
printers.save manager acts
printers.remove manager acts
printers.models cashier passive
printers.subnets cashier passive
printers.find manager acts
printers.check cashier passive
printers.statuses cashier passive
printers.printTestPage cashier acts
receiptLayout.get cashier passive
receiptLayout.save manager acts
receiptLayout.preview cashier passive
receiptLayout.setLogo manager acts
receiptLayout.removeLogo manager acts
outbox.summary cashier passive
outbox.list cashier passive
outbox.get cashier passive
outbox.retry cashier acts
outbox.cancel cashier acts
outbox.decide cashier acts
providers.list cashier passive
accounts.list cashier passive
accounts.save manager acts
accounts.remove manager acts
accounts.renewCallback manager acts
accounts.test cashier acts
pairing.watch cashier passive
pairing.unlink manager acts
settings.get open passive
settings.save manager acts
apiKeys.list manager passive
apiKeys.create manager acts
apiKeys.revoke manager acts
search.everything cashier acts
live.status open passive
live.watch open passive
practice.watch practice passive
practice.showPhone practice acts
practice.answerPrompt practice acts
practice.payByHand practice acts
practice.setBalance practice acts
practice.scanCode practice acts
practice.setFaults practice acts
practice.tearPaper practice acts
integration.createSale integration:sales acts
integration.getSale integration:sales passive
integration.setFiscal integration:sales acts
integration.printReceipt integration:sales acts
integration.getPrint integration:sales passive
integration.getReceiptFile integration:sales passive
integration.sendMessage integration:messages acts
integration.getMessage integration:messages passive
integration.raisePayment integration:payments acts
integration.getPayment integration:payments passive
integration.watchPayment integration:payments passive
integration.listEvents integration:any passive
integration.watchEvents integration:any passive
integration.listOutbox integration:outbox passive
`
const rows = golden.trim().split('\n')
const needing = (role: string) =>
  rows.flatMap((row) => {
    const [name = '', needs = ''] = row.split(' ')
    return needs.split(':')[0] === role ? [name] : []
  })

/** The same lines, read from the contract itself. */
const rights = proceduresIn(contract).map(({ name, procedure }) => {
  const needs = rightsSchema.parse(procedure['~orpc'].meta)
  const scope = needs.role === 'integration' ? `:${needs.scope ?? 'any'}` : ''
  return `${name} ${needs.role}${scope} ${needs.passive ? 'passive' : 'acts'}`
})

/** Calls by name and without input: whoever may not is refused before the input is read. */
async function call(client: unknown, name: string): Promise<unknown> {
  let found: unknown = client
  for (const part of name.split('.')) found = Reflect.get(Object(found), part)
  if (typeof found !== 'function') throw new Error(`no call ${name}`)
  const answer: unknown = Reflect.apply(found, undefined, [])
  return answer
}

it('each procedure says whom it needs, and it is what was thought of', () => {
  expect(rights.toSorted()).toEqual(rows.toSorted())
})

/** What each of these calls is refused with. */
async function refusals(client: unknown, names: readonly string[]): Promise<Set<string | null>> {
  const usual = ['NOT_SIGNED_IN', 'MANAGER_ONLY', 'API_KEY_WRONG', 'API_KEY_SCOPE']
  const found = new Set<string | null>()
  for (const name of names) {
    const refusal = await refusalOf(call(client, name))
    found.add(refusal !== null && usual.includes(refusal) ? refusal : `${name}: ${refusal}`)
  }
  return found
}

describe('the whole program', () => {
  it('refuses every call but the open ones while nobody is at the counter', async () => {
    const { client } = await openTill()
    await client.staff.lock()
    const names = [...needing('cashier'), ...needing('manager')]
    expect(names.length).toBeGreaterThan(50)
    expect(await refusals(client, names)).toEqual(new Set(['NOT_SIGNED_IN']))
    expect((await client.staff.desk()).staff).toBeNull()
    expect((await client.live.status()).mode).toBe('live')
  })

  it('refuses a cashier what is a manager’s', async () => {
    const till = await openTill()
    await till.cashier()
    expect(await refusals(till.client, needing('manager'))).toEqual(new Set(['MANAGER_ONLY']))
    expect((await till.client.sales.current()).state).toBe('draft')
    await till.client.staff.signIn({ pin: managerPin })
    expect((await till.client.staff.list()).map(({ name }) => name)).toContain('Juma')
  })

  it('refuses a screen what is an integrator’s, and a key what its scope or its door does not hold', async () => {
    const { client, companion } = await openTill()
    expect(await refusals(client, needing('integration'))).toEqual(new Set(['API_KEY_WRONG']))
    const key = createRouterClient(companion.router, {
      context: companion.context({ kind: 'apiKey', id: 'pos', scopes: [] }),
      interceptors: [guardCall],
    })
    expect(await refusals(key, needing('integration'))).toEqual(new Set(['API_KEY_SCOPE']))
    const screens = ['cashier', 'manager', 'open', 'practice'].flatMap(needing)
    expect(await refusals(key, screens)).toEqual(new Set(['API_KEY_WRONG']))
  })
})
