import { setTimeout as sleep } from 'node:timers/promises'
import type { PracticeAccount, SimulatorHost } from '../../src-main/simulator/host.ts'

/** What Kaunta's own pairing sets: all reports on, read by long poll. */
const reportsOn = {
  webhookUrl: '',
  incomingWebhook: 'yes',
  outgoingWebhook: 'yes',
  outgoingAPIMessageWebhook: 'yes',
  stateWebhook: 'yes',
  delaySendMessagesMilliseconds: 3_000,
}
const patience = 200

/**
 * Links the simulated GREEN-API instance before the first sale, as the shop did on the day it was set up.
 * @throws Error when the instance does not become authorized
 */
export async function linkWhatsApp(host: SimulatorHost, account: PracticeAccount): Promise<void> {
  const id = String(account.settings.idInstance)
  const token = String(account.secrets.apiTokenInstance)
  const call = (name: string, init: RequestInit = {}) =>
    fetch(`${account.baseUrl}/waInstance${id}/${name}/${token}`, init).then((answer) => answer.text())
  await call('setSettings', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(reportsOn),
  })
  for (let attempt = 0; attempt < patience; attempt += 1) {
    const state = await call('getStateInstance')
    if (state.includes('"authorized"')) return
    if (state.includes('notAuthorized')) {
      await call('qr')
      host.scanCode()
    }
    await sleep(20)
  }
  throw new Error('the simulated WhatsApp instance could not be linked')
}
