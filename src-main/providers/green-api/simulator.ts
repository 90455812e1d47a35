import { extname } from 'node:path'
import { toBuffer } from 'qrcode'
import { z } from 'zod'
import type { CreateSimulator, SimulatorReply, SimulatorRequest, WordedFault } from '../simulation.ts'
import {
  codeOnOffer,
  createInstance,
  dropNotification,
  enqueue,
  headOfLine,
  type Instance,
  idInstance,
  journalOf,
  type QueuedFile,
  restart,
  unlink,
} from './simulator-instance.ts'
import { readUpload } from './simulator-upload.ts'

const provider = 'green-api'
const apiTokenInstance = 'practice0token0of0the0simulated0instance0000000001'

interface Call {
  readonly instance: Instance
  readonly request: SimulatorRequest
  /** What follows the token in the path: a receipt's number. */
  readonly tail: string
}

interface Method {
  readonly verb: string
  /** Calls a second (green-api.com/en/docs/api/ratelimiter). */
  readonly perSecond: number
  readonly run: (call: Call) => SimulatorReply | Promise<SimulatorReply>
}

/**
 * GREEN-API as its documents describe it: state and pairing, texts and files with their queue, journal and long poll.
 * Written from green-api.com/en/docs as of 2026-11 (fact sheet A), not from the adapter. A number +25470000090N
 * brings the instance into yellowCard (1), blocked (2) or sleepMode (3).
 */
export const createSimulator: CreateSimulator = (world) => {
  const instance = createInstance(world)
  const recent = new Map<string, number[]>()
  return {
    practiceAccount: { settings: { idInstance }, secrets: { apiTokenInstance } },
    hasEffect: (request) => sends.has(nameOf(request)),
    fault: (kind, request) => faultReplies[kind](sends.has(nameOf(request))),
    async handle(request) {
      const [, id, name = '', token, tail = ''] = callPath.exec(request.path) ?? []
      const method = methods.get(name)
      if (id === undefined || method?.verb !== request.method) return refusal(404, 'Not Found')
      if (id !== idInstance) return refusal(403, 'Forbidden')
      if (token !== apiTokenInstance) return refusal(401, 'Unauthorized')
      if ((tail !== '') !== (name === 'deleteNotification')) return refusal(404, 'Not Found')
      if (!withinRate(recent, name, method.perSecond, world.now(), 1_000 / world.timeScale)) {
        return refusal(429, 'Too Many Requests')
      }
      return method.run({ instance, request, tail })
    },
  }
}

const faultReplies: Readonly<Record<WordedFault, (send: boolean) => SimulatorReply | null>> = {
  serverError: (send) => (send ? { status: 502, body: '<html>Bad Gateway</html>' } : null),
  throttled: (send) => (send ? refusal(429, 'Too Many Requests') : null),
  wrongKey: () => refusal(401, 'Unauthorized'),
  noBalance: (send) =>
    send
      ? json(466, {
          invokeStatus: { method: 'sendmessage', used: 67, total: 0, status: 'QUOTE_ALLOWED' },
          correspondentsStatus: {
            method: 'correspondents',
            used: 3,
            total: 3,
            status: 'CORRESPONDENTS_QUOTE_EXCEEDED',
            description: 'Monthly quota has been exceeded',
          },
        })
      : null,
}

/**
 * The instance, the method, the token, a receipt's number. The host for files is the path /media here; the official client
 * uploads to the ordinary host, too.
 */
const callPath =
  /^(?:\/media(?=\/waInstance\d+\/sendFileByUpload\/))?\/waInstance(\d+)\/(\w+)\/([^/]+)(?:\/(\d+))?$/
const sends: ReadonlySet<string> = new Set(['sendMessage', 'sendFileByUpload'])

function nameOf(request: SimulatorRequest): string {
  return callPath.exec(request.path)?.[2] ?? ''
}

/** True while no more than `perSecond` calls of this name came within the window of `windowMs`. */
function withinRate(
  recent: Map<string, number[]>,
  name: string,
  perSecond: number,
  now: number,
  windowMs: number,
): boolean {
  // A client that keeps one second between calls must not be refused for a few milliseconds of jitter.
  const kept = (recent.get(name) ?? []).filter((at) => at > now - windowMs * 0.9)
  const within = kept.length < perSecond
  recent.set(name, within ? [...kept, now] : kept)
  return within
}

const sendSchema = z.object({
  chatId: z.string().regex(/^\d{7,15}@c\.us$|^[\d-]+@g\.us$/),
  message: z.string().min(1).max(20_000),
  linkPreview: z.boolean().optional(),
  quotedMessageId: z.string().optional(),
})

function sendMessage({ instance, request }: Call): SimulatorReply {
  const body = readBody(request, sendSchema)
  if ('refused' in body) return body.refused
  if (instance.state === 'starting') return refusal(400, 'instance in starting process try later')
  const { chatId, message } = body.fields
  return json(200, { idMessage: take(instance, chatId, message, null) })
}

async function sendFileByUpload({ instance, request }: Call): Promise<SimulatorReply> {
  const form = await readUpload(request)
  if ('wrong' in form) return refusal(400, form.wrong)
  if (instance.state === 'starting') return refusal(400, 'instance in starting process try later')
  const { chatId, caption, fileName, mimeType } = form.upload
  const urlFile = `https://files.invalid/${idInstance}/${instance.world.token(12)}${extname(fileName)}`
  const idMessage = take(instance, chatId, caption, { fileName, mimeType, urlFile })
  return json(200, { idMessage, urlFile })
}

/** From here on it counts as sent, linked or not. */
function take(instance: Instance, chatId: string, message: string, file: QueuedFile | null): string {
  const idMessage = enqueue(instance, { chatId, message, file })
  instance.world.record({
    provider,
    kind: 'whatsapp',
    phone: `+${chatId.split('@')[0] ?? ''}`,
    text: message === '' ? (file?.fileName ?? '') : message,
    amountMinor: 0,
    reference: idMessage,
  })
  return idMessage
}

async function qr({ instance }: Call): Promise<SimulatorReply> {
  if (instance.phone !== null)
    return json(200, { type: 'alreadyLogged', message: 'instance account already authorized' })
  const code = codeOnOffer(instance)
  if (code === null) return json(200, { type: 'error', message: 'instance in starting process try later' })
  const png = await toBuffer(code, { type: 'png', margin: 4, scale: 6 })
  return json(200, { type: 'qrCode', message: png.toString('base64') })
}

async function receiveNotification({ instance, request }: Call): Promise<SimulatorReply> {
  const asked = request.query.get('receiveTimeout') ?? '5'
  const seconds = Number(asked)
  if (!/^\d+$/.test(asked) || seconds < 5 || seconds > 60) {
    return refusal(400, "Validation failed. Details: 'receiveTimeout' must be between 5 and 60")
  }
  const head = await headOfLine(instance, seconds * 1_000)
  return json(200, head === null ? null : { receiptId: head.receiptId, body: head.body })
}

const yesNo = z.enum(['yes', 'no'])
const settingsSchema = z
  .strictObject({
    webhookUrl: z.string(),
    webhookUrlToken: z.string(),
    delaySendMessagesMilliseconds: z.number().int().min(500).max(86_400_000),
    incomingWebhook: yesNo,
    outgoingWebhook: yesNo,
    outgoingMessageWebhook: yesNo,
    outgoingAPIMessageWebhook: yesNo,
    stateWebhook: yesNo,
    // Documented, and of no effect here.
    markIncomingMessagesReaded: yesNo,
    markIncomingMessagesReadedOnReply: yesNo,
    keepOnlineStatus: yesNo,
    incomingCallWebhook: yesNo,
    pollMessageWebhook: yesNo,
    editedMessageWebhook: yesNo,
    deletedMessageWebhook: yesNo,
  })
  .partial()
  .refine((settings) => Object.keys(settings).length > 0)

function setSettings({ instance, request }: Call): SimulatorReply {
  const body = readBody(request, settingsSchema)
  if ('refused' in body) return body.refused
  const given = Object.entries(body.fields).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  )
  restart(instance, { ...instance.settings, ...Object.fromEntries(given) })
  return json(200, { saveSettings: true })
}

function lastOutgoing({ instance, request }: Call): SimulatorReply {
  const minutes = Number(request.query.get('minutes') ?? '1440')
  if (!Number.isInteger(minutes) || minutes < 1) return refusal(400, "Validation failed. Details: 'minutes'")
  return json(200, journalOf(instance, minutes))
}

function showQueue({ instance }: Call): SimulatorReply {
  return json(
    200,
    instance.queue.slice(0, 500).map(({ id, chatId, message, file }) =>
      file === null
        ? { messageID: id, type: 'sendMessage', body: { chatId, message } }
        : {
            messageID: id,
            type: 'sendFileByUrl',
            body: {
              fileName: file.fileName,
              chatId,
              caption: message,
              archive: false,
              urlFile: file.urlFile,
            },
          },
    ),
  )
}

function waSettings({ instance }: Call): SimulatorReply {
  const { state, phone } = instance
  return json(200, { avatar: '', phone: phone?.slice(1) ?? '', stateInstance: state, deviceId: '' })
}

const methods: ReadonlyMap<string, Method> = new Map([
  ['sendMessage', { verb: 'POST', perSecond: 50, run: sendMessage }],
  ['sendFileByUpload', { verb: 'POST', perSecond: 50, run: sendFileByUpload }],
  ['receiveNotification', { verb: 'GET', perSecond: 100, run: receiveNotification }],
  [
    'deleteNotification',
    {
      verb: 'DELETE',
      perSecond: 100,
      run: ({ instance, tail }) => json(200, { result: dropNotification(instance, Number(tail)) }),
    },
  ],
  ['qr', { verb: 'GET', perSecond: 3, run: qr }],
  [
    'getStateInstance',
    { verb: 'GET', perSecond: 1, run: ({ instance }) => json(200, { stateInstance: instance.state }) },
  ],
  ['getWaSettings', { verb: 'GET', perSecond: 1, run: waSettings }],
  [
    'getSettings',
    {
      verb: 'GET',
      perSecond: 1,
      run: ({ instance }) =>
        json(200, { ...instance.settings, wid: `${instance.phone?.slice(1) ?? ''}@c.us` }),
    },
  ],
  ['setSettings', { verb: 'POST', perSecond: 1, run: setSettings }],
  [
    'logout',
    {
      verb: 'GET',
      perSecond: 1,
      run: ({ instance }) => {
        unlink(instance)
        return json(200, { isLogout: true })
      },
    },
  ],
  [
    'reboot',
    {
      verb: 'GET',
      perSecond: 1,
      run: ({ instance }) => {
        restart(instance, null)
        return json(200, { isReboot: true })
      },
    },
  ],
  ['showMessagesQueue', { verb: 'GET', perSecond: 1, run: showQueue }],
  [
    'clearMessagesQueue',
    {
      verb: 'GET',
      perSecond: 1,
      run: ({ instance }) => {
        instance.queue = []
        return json(200, { isCleared: true })
      },
    },
  ],
  ['lastOutgoingMessages', { verb: 'GET', perSecond: 1, run: lastOutgoing }],
] satisfies [string, Method][])

function readBody<T>(
  request: SimulatorRequest,
  schema: { readonly safeParse: (value: unknown) => z.ZodSafeParseResult<T> },
): { readonly refused: SimulatorReply } | { readonly fields: T } {
  if (!(request.headers['content-type'] ?? '').startsWith('application/json')) {
    return { refused: refusal(400, 'bad request data') }
  }
  const text = new TextDecoder('utf-8').decode(request.body)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { refused: refusal(400, `Unexpected token ${text.slice(0, 1)} in JSON at position 0`) }
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return { fields: parsed.data }
  const field = String(parsed.error.issues[0]?.path[0] ?? 'body')
  return { refused: refusal(400, `Validation failed. Details: '${field}' is not valid`) }
}

function refusal(status: number, message: string): SimulatorReply {
  return json(status, { message })
}

function json(status: number, body: unknown): SimulatorReply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
  }
}
