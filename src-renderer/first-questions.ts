import type { KauntaClient } from './connection.ts'

/** Sales looked through for the newest that was finished here: others lie open still, or were paid at the POS. */
export const recentSales = 5

/** Rows of one sale's time line, as one query each asks for them. */
export const timeLineLimit = 50

/** What the time line of the sale on the counter shows. */
async function askHistory(client: KauntaClient, current: ReturnType<KauntaClient['sales']['current']>) {
  const { id: saleId } = await current
  const input = { saleId, limit: timeLineLimit }
  const [messages, payments, jobs] = await Promise.all([
    client.messages.list(input),
    client.payments.list(input),
    client.printing.list({ saleId }),
  ])
  return { saleId, messages, payments, jobs }
}

/** Asks for everything that the counter draws at first, all at once, before there is anything that could draw it. */
export function askFirst(client: KauntaClient) {
  const current = client.sales.current()
  return {
    current,
    shop: client.settings.get(),
    status: client.live.status(),
    desk: client.staff.desk(),
    printers: client.printers.list(),
    printerStatuses: client.printers.statuses(),
    accounts: client.accounts.list(),
    providers: client.providers.list(),
    networks: client.payments.networks(),
    handedOver: client.sales.handedOver(),
    recent: client.sales.list({ limit: recentSales }),
    history: askHistory(client, current),
  }
}

/** The answers, each when it comes. */
export type FirstAnswers = ReturnType<typeof askFirst>
