import { z } from 'zod'
import type { PairingState } from '../../../src-preload/contract/providers.ts'
import { accepted, type Outcome, refused } from '../outcome.ts'
import type { Connection, FieldWords, HttpOperation, ProviderDeclaration } from '../provider.ts'
import { jsonOf, readReply, unclear } from '../reply.ts'
import type { WhatsApp, WhatsAppNotification, WhatsAppQr } from '../whatsapp.ts'
import { errorRows } from './codes.ts'
import { pairingStates, readEvent } from './events.ts'
import { sending } from './sending.ts'
import { read, readRefusal, request } from './wire.ts'

const settings = z.object({
  idInstance: z.string().regex(/^\d{4,12}$/),
  mediaUrl: z.url({ protocol: /^https?$/ }).optional(),
})
const secrets = z.object({ apiTokenInstance: z.string().min(8) })

const fields: Readonly<Record<string, FieldWords>> = {
  idInstance: {
    label: { en: 'Instance number (idInstance)', sw: 'Namba ya instance (idInstance)' },
    help: {
      en: 'From the GREEN-API console, beside the instance. Paste its apiUrl as the address too, if it shows one.',
      sw: 'Kutoka kwenye ukurasa wa GREEN-API, kando ya instance. Weka pia apiUrl yake kama anwani, ikiwa ipo.',
    },
    example: '1101000001',
  },
  mediaUrl: {
    label: { en: 'Address for files (mediaUrl)', sw: 'Anwani ya mafaili (mediaUrl)' },
    help: {
      en: 'Only if the console shows one that differs from the usual; PDF receipts go there.',
      sw: 'Tu ikiwa ukurasa wa GREEN-API unaonyesha tofauti na ya kawaida; risiti za PDF hupitia hapo.',
    },
    example: 'https://media.green-api.com',
    takesSecrets: true,
  },
  apiTokenInstance: { label: { en: 'Token (apiTokenInstance)', sw: 'Tokeni (apiTokenInstance)' } },
}

const notificationSchema = z.object({ receiptId: z.number().int(), body: z.unknown() }).nullable()

/** `receiveNotification` holds the line for `seconds`; they allow 5 to 60. */
const receive: HttpOperation<number, WhatsAppNotification | null> = {
  name: 'receiveNotification',
  request: (seconds, context) => ({
    ...request(context, 'GET', 'receiveNotification', `?receiveTimeout=${seconds}`),
    timeoutMs: (seconds + 10) * 1_000,
  }),
  outcome: (http) =>
    readReply(http, 'read', (reply) => {
      if (reply.status !== 200) return readRefusal(reply, 'read')
      if (reply.text.trim() === '') return accepted(null)
      const parsed = notificationSchema.safeParse(jsonOf(reply.text))
      if (!parsed.success) return unclear('read', 'HTTP 200 without a notification')
      if (parsed.data === null) return accepted(null)
      const { receiptId, body } = parsed.data
      return accepted({ receipt: String(receiptId), event: readEvent(body), raw: JSON.stringify(body) })
    }),
}

const forget: HttpOperation<string, null> = {
  name: 'deleteNotification',
  request: (receipt, context) =>
    request(context, 'DELETE', 'deleteNotification', `/${encodeURIComponent(receipt)}`),
  // `false` says that it is not there any more, which is what was wanted.
  outcome: (http) => read(http, 'read', z.object({ result: z.boolean() }), () => accepted(null)),
}

const stateOf: HttpOperation<null, PairingState> = {
  name: 'getStateInstance',
  request: (_input, context) => request(context, 'GET', 'getStateInstance'),
  outcome: (http) =>
    read(http, 'read', z.object({ stateInstance: z.string() }), ({ stateInstance }) =>
      accepted(pairingStates.get(stateInstance) ?? 'unknown'),
    ),
}

const phoneOf: HttpOperation<null, string | null> = {
  name: 'getWaSettings',
  request: (_input, context) => request(context, 'GET', 'getWaSettings'),
  outcome: (http) =>
    read(
      http,
      'read',
      z.object({ phone: z.union([z.string(), z.number()]).transform(String).catch('') }),
      ({ phone }) => accepted(/^[1-9]\d{7,14}$/.test(phone) ? `+${phone}` : null),
    ),
}

/** An image lives 20 s (doc: api/account/QR). */
const qrLivesMs = 20_000

type Code = Outcome<WhatsAppQr | 'alreadyLinked'>

const qr: HttpOperation<null, WhatsAppQr | 'alreadyLinked'> = {
  name: 'qr',
  request: (_input, context) => request(context, 'GET', 'qr'),
  outcome: (http) =>
    read(
      http,
      'read',
      z.object({ type: z.string(), message: z.string().catch('') }),
      ({ type, message }): Code => {
        if (type === 'alreadyLogged') return accepted('alreadyLinked')
        if (type === 'qrCode' && /^[A-Za-z0-9+/]+=*$/.test(message))
          return accepted({ png: message, livesMs: qrLivesMs })
        return refused('temporary', 'temporary', `qr ${type} ${message}`)
      },
    ),
}

/** What Kaunta needs of an instance; all of it is off when one is made. An empty webhookUrl means long poll. */
const wantedSettings: Readonly<Record<string, string | number>> = {
  webhookUrl: '',
  incomingWebhook: 'yes',
  outgoingWebhook: 'yes',
  outgoingAPIMessageWebhook: 'yes',
  stateWebhook: 'yes',
  delaySendMessagesMilliseconds: 3_000,
}

const getSettings: HttpOperation<null, boolean> = {
  name: 'getSettings',
  request: (_input, context) => request(context, 'GET', 'getSettings'),
  outcome: (http) =>
    read(http, 'read', z.record(z.string(), z.unknown()), (current) =>
      accepted(Object.entries(wantedSettings).every(([name, value]) => current[name] === value)),
    ),
}

/** A call that may be made again without harm and answers one flag. */
function command(name: string, flag: string, body?: unknown): HttpOperation<null, null> {
  return {
    name,
    request: (_input, context) => request(context, body === undefined ? 'GET' : 'POST', name, '', body),
    outcome: (http) =>
      read(http, 'read', z.record(z.string(), z.unknown()), (reply) =>
        reply[flag] === true ? accepted(null) : refused('rejected', 'rejected', `${name} was not done`),
      ),
  }
}

const setSettings = command('setSettings', 'saveSettings', wantedSettings)
const logout = command('logout', 'isLogout')
const reboot = command('reboot', 'isReboot')

async function pairingState(connection: Connection): ReturnType<WhatsApp['pairing']['state']> {
  const state = await connection.call(stateOf, null)
  if (!state.ok) return state
  if (state.value !== 'authorized') return accepted({ state: state.value, phone: null })
  const phone = await connection.call(phoneOf, null)
  return accepted({ state: state.value, phone: phone.ok ? phone.value : null })
}

function whatsapp(connection: Connection): WhatsApp {
  return {
    ...sending(connection),
    next: (waitMs, signal) =>
      connection.call(receive, Math.min(60, Math.max(5, Math.round(waitMs / 1_000))), signal),
    forget: (receipt) => connection.call(forget, receipt),
    pairing: {
      state: () => pairingState(connection),
      qr: () => connection.call(qr, null),
      unlink: () => connection.call(logout, null),
      async prepare() {
        // Setting them restarts the instance, so it is done only where something differs.
        const ready = await connection.call(getSettings, null)
        if (!ready.ok) return ready
        return ready.value ? accepted(null) : connection.call(setSettings, null)
      },
      restart: () => connection.call(reboot, null),
    },
  }
}

/** GREEN-API: WhatsApp through a linked device of an ordinary number, texts and files; facts of 2026-11. */
export const greenApi: ProviderDeclaration = {
  id: 'green-api',
  label: 'WhatsApp (GREEN-API)',
  markets: ['TZ', 'KE'],
  docsUrl: 'https://green-api.com/en/docs/',
  settings,
  secrets,
  fields,
  addresses: { live: 'https://api.green-api.com', sandbox: 'https://api.green-api.com' },
  capabilities: ['whatsapp'],
  rate: { perSecond: 5, burst: 5, concurrency: 1 },
  // Its journals lag up to two minutes: "not found" earlier than that proves nothing.
  consistencyWindowMs: 130_000,
  timeoutMs: 60_000,
  limits: [
    {
      en: 'Works like WhatsApp on a computer: WhatsApp may limit or block a number that sends much to strangers. Use a number that is not your only one.',
      sw: 'Hufanya kazi kama WhatsApp ya kompyuta: WhatsApp inaweza kuzuia namba inayotuma sana kwa wageni. Tumia namba ambayo si yako pekee.',
    },
    {
      en: 'Sends texts and receipts as PDF; no pictures. The words under a file may not be shown on every phone.',
      sw: 'Hutuma maandishi na risiti za PDF; si picha. Maneno chini ya faili huenda yasionekane kwenye kila simu.',
    },
  ],
  errors: errorRows,
  connect: (connection) => ({
    whatsapp: whatsapp(connection),
    async test() {
      const state = await pairingState(connection)
      if (!state.ok) return state
      const { state: name, phone } = state.value
      if (name === 'authorized') {
        return accepted({
          en: `Linked to ${phone ?? 'a number'}.`,
          sw: `Imeunganishwa na ${phone ?? 'namba'}.`,
        })
      }
      return accepted({
        en: `The token is right, but WhatsApp is not ready (${name}). Press F9 to link it.`,
        sw: `Tokeni ni sahihi, lakini WhatsApp haiko tayari (${name}). Bonyeza F9 kuunganisha.`,
      })
    },
  }),
}
