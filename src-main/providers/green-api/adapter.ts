import { z } from 'zod'
import type { PairingState } from '../../../src-preload/contract/providers.ts'
import type { HttpRequest, HttpResult } from '../../http/client.ts'
import { accepted, type Outcome, refused } from '../outcome.ts'
import type { CallContext, Connection, FieldWords, HttpOperation, ProviderDeclaration } from '../provider.ts'
import { jsonOf, type Nature, type Reply, readReply, unclear, unmapped } from '../reply.ts'
import type { WhatsApp, WhatsAppNotification, WhatsAppQr, WhatsAppText } from '../whatsapp.ts'
import { errorRows } from './codes.ts'
import { chatOf, pairingStates, readEvent } from './events.ts'

const settings = z.object({ idInstance: z.string().regex(/^\d{4,12}$/) })
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
  apiTokenInstance: { label: { en: 'Token (apiTokenInstance)', sw: 'Tokeni (apiTokenInstance)' } },
}

function readRefusal(reply: Reply, nature: Nature): ReturnType<typeof refused> {
  const words = reply.text.toLowerCase()
  const found = errorRows.find(({ code }) => {
    const [status, ...said] = code.split(' ')
    return status === String(reply.status) && words.includes(said.join(' '))
  })
  const detail = `HTTP ${reply.status} ${reply.text}`
  if (found === undefined) return unmapped(nature, reply, reply.text)
  if (found.kind === 'unknownOutcome') return unclear(nature, detail)
  const wait = found.kind === 'throttled' ? 1_000 : found.reason === 'notPaired' ? 30_000 : undefined
  return refused(found.kind, found.reason, detail, wait)
}

/** One call: the token stands in the path, which therefore is never written anywhere. */
function request(
  context: CallContext,
  verb: HttpRequest['method'],
  name: string,
  tail = '',
  body?: unknown,
): HttpRequest {
  const instance = String(context.settings.idInstance ?? '')
  return {
    method: verb,
    url: `${context.baseUrl}/waInstance${instance}/${name}/${context.secrets.apiTokenInstance ?? ''}${tail}`,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  }
}

/** Reads a 200 by `schema`; anything else by the table. */
function read<T, R>(
  http: HttpResult,
  nature: Nature,
  schema: { readonly safeParse: (value: unknown) => z.ZodSafeParseResult<T> },
  answer: (value: T) => Outcome<R>,
): Outcome<R> {
  return readReply(http, nature, (reply) => {
    if (reply.status !== 200) return readRefusal(reply, nature)
    const parsed = schema.safeParse(jsonOf(reply.text))
    return parsed.success ? answer(parsed.data) : unclear(nature, 'HTTP 200 without what was asked for')
  })
}

const send: HttpOperation<WhatsAppText, { readonly providerReference: string }> = {
  name: 'sendMessage',
  request: ({ to, body }, context) =>
    request(context, 'POST', 'sendMessage', '', { chatId: chatOf(to), message: body, linkPreview: false }),
  outcome: (http) =>
    read(http, 'effect', z.object({ idMessage: z.string().min(1) }), ({ idMessage }) =>
      accepted({ providerReference: idMessage }),
    ),
}

type Found = Outcome<{ readonly providerReference: string } | 'notFound'>
type Sought = WhatsAppText & { readonly since: number }

const queueSchema = z.array(
  z.object({
    messageID: z.string().optional(),
    body: z
      .object({ chatId: z.string().catch(''), message: z.string().catch('') })
      .catch({ chatId: '', message: '' }),
  }),
)

const findInQueue: HttpOperation<Sought, { readonly providerReference: string } | 'notFound'> = {
  name: 'showMessagesQueue',
  request: (_sought, context) => request(context, 'GET', 'showMessagesQueue'),
  outcome: (http, sought): Found =>
    read(http, 'read', queueSchema, (queue) => {
      const hit = queue.find(({ body }) => body.chatId === chatOf(sought.to) && body.message === sought.body)
      return accepted(hit?.messageID === undefined ? 'notFound' : { providerReference: hit.messageID })
    }),
}

const journalSchema = z.array(
  z.object({
    idMessage: z.string().catch(''),
    timestamp: z.number().catch(0),
    chatId: z.string().catch(''),
    textMessage: z.string().catch(''),
    extendedTextMessage: z
      .object({ text: z.string().catch('') })
      .optional()
      .catch(undefined),
    sendByApi: z.boolean().catch(false),
  }),
)

/** The shop's clock and theirs may differ by this; the same text to the same number so shortly before is the same message. */
const clockSlackMs = 60_000
const dayMinutes = 24 * 60

const findInJournal: HttpOperation<Sought, { readonly providerReference: string } | 'notFound'> = {
  name: 'lastOutgoingMessages',
  request(sought, context) {
    const minutes = Math.ceil((context.now - sought.since + clockSlackMs) / 60_000) + 5
    return request(
      context,
      'GET',
      'lastOutgoingMessages',
      `?minutes=${Math.min(Math.max(minutes, 5), dayMinutes)}`,
    )
  },
  outcome: (http, sought): Found =>
    read(http, 'read', journalSchema, (journal) => {
      const hit = journal.find(
        (entry) =>
          entry.sendByApi &&
          entry.idMessage !== '' &&
          entry.chatId === chatOf(sought.to) &&
          (entry.textMessage === sought.body || entry.extendedTextMessage?.text === sought.body) &&
          entry.timestamp * 1_000 >= sought.since - clockSlackMs,
      )
      return accepted(hit === undefined ? 'notFound' : { providerReference: hit.idMessage })
    }),
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
    maxCharacters: 20_000,
    async sendText(text, signal) {
      if (text.body.length > 20_000) return refused('rejected', 'rejected', 'longer than 20,000 characters')
      return connection.call(send, text, signal)
    },
    async find(sought) {
      const queued = await connection.call(findInQueue, sought)
      if (!queued.ok || queued.value !== 'notFound') return queued
      return connection.call(findInJournal, sought)
    },
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

/** GREEN-API: WhatsApp through a linked device of an ordinary number, text only so far; facts of 2026-11. */
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
  settleWindowMs: 130_000,
  timeoutMs: 60_000,
  limits: [
    {
      en: 'Works like WhatsApp on a computer: WhatsApp may limit or block a number that sends much to strangers. Use a number that is not your only one.',
      sw: 'Hufanya kazi kama WhatsApp ya kompyuta: WhatsApp inaweza kuzuia namba inayotuma sana kwa wageni. Tumia namba ambayo si yako pekee.',
    },
    { en: 'Text only for now; no pictures or files.', sw: 'Maandishi tu kwa sasa; bila picha wala mafaili.' },
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
