import { z } from 'zod'
import type { HttpResult } from '../../http/client.ts'
import { idOf } from '../identifiers.ts'
import { accepted, type Outcome, refused } from '../outcome.ts'
import type { CallContext, Connection, HttpOperation } from '../provider.ts'
import type { WhatsApp, WhatsAppDocument, WhatsAppDocuments, WhatsAppText } from '../whatsapp.ts'
import { chatOf } from './events.ts'
import { multipart } from './multipart.ts'
import { read, request } from './wire.ts'

interface Reference {
  readonly providerReference: string
}

const longestText = 20_000
/** One of their pages says 20,000 characters for a caption, another 1,024. */
const longestCaption = 1_000
/** doc: api/sending/SendFileByUpload. */
const largestFile = 100 * 1024 * 1024

function readSent(http: HttpResult): Outcome<Reference> {
  const schema = z.object({ idMessage: z.unknown().transform(idOf).pipe(z.string()) })
  return read(http, 'effect', schema, ({ idMessage }) => accepted({ providerReference: idMessage }))
}

const sendText: HttpOperation<WhatsAppText, Reference> = {
  name: 'sendMessage',
  request: ({ to, body }, context) =>
    request(context, 'POST', 'sendMessage', '', { chatId: chatOf(to), message: body, linkPreview: false }),
  outcome: readSent,
}

/**
 * Files go to a host of their own: the account's `mediaUrl`, else the one that belongs to the address
 * (api.green-api.com → media.green-api.com, 7105.api.greenapi.com → 7105.media.greenapi.com). Behind any other address
 * stands a gateway, or the simulated world, which takes files below /media.
 */
export function mediaUrlOf({ baseUrl, settings }: Pick<CallContext, 'baseUrl' | 'settings'>): string {
  const own = String(settings.mediaUrl ?? '').replace(/\/+$/, '')
  if (own !== '') return own
  const media = baseUrl.replace(/^(https?:\/\/(?:\d+\.)?)api(\.green-?api\.)/i, '$1media$2')
  return media === baseUrl ? `${baseUrl}/media` : media
}

const sendDocument: HttpOperation<WhatsAppDocument, Reference> = {
  name: 'sendFileByUpload',
  request({ to, fileName, mediaType, bytes, caption }, context) {
    const form = multipart(
      { chatId: chatOf(to), fileName, caption },
      { field: 'file', fileName, mediaType, bytes },
    )
    return {
      ...request({ ...context, baseUrl: mediaUrlOf(context) }, 'POST', 'sendFileByUpload'),
      headers: { 'content-type': form.contentType },
      body: form.body,
    }
  },
  outcome: readSent,
}

type Sought = { readonly to: string; readonly since: number } & (
  | { readonly body: string }
  | { readonly fileName: string }
)

const queueSchema = z.array(
  z.object({
    messageID: z.string().optional(),
    body: z
      .object({ chatId: z.string().catch(''), message: z.string().catch(''), fileName: z.string().catch('') })
      .catch({ chatId: '', message: '', fileName: '' }),
  }),
)

/** WhatsApp's newer ids (`@lid`) hide whose chat it is: the same text to one of them may be the one that is looked for. */
function namesNumber(chatId: string): boolean {
  return /^\d+@[cg]\.us$/.test(chatId)
}

const unmatched = refused(
  'temporary',
  'temporary',
  'the same message, to a chat that does not tell its number',
)

/** They show no more of a queue than this (doc: api/queues/ShowMessagesQueue). */
const shownOfQueue = 500

const findInQueue: HttpOperation<Sought, Reference | 'notFound'> = {
  name: 'showMessagesQueue',
  request: (_sought, context) => request(context, 'GET', 'showMessagesQueue'),
  outcome: (http, sought) =>
    read(http, 'read', queueSchema, (queue): Outcome<Reference | 'notFound'> => {
      const same = queue.filter(({ body }) =>
        'fileName' in sought ? body.fileName === sought.fileName : alike(body.message, sought.body),
      )
      const hit = same.find(({ body }) => body.chatId === chatOf(sought.to))
      if (hit?.messageID !== undefined) return accepted({ providerReference: hit.messageID })
      // What stands behind the part that is shown is in no journal either: not to be seen is no proof then.
      if (same.some(({ body }) => !namesNumber(body.chatId) || body.chatId === chatOf(sought.to)))
        return unmatched
      return queue.length < shownOfQueue
        ? accepted('notFound')
        : refused('temporary', 'temporary', 'the queue is longer than what it shows')
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
    fileName: z.string().catch(''),
    sendByApi: z.unknown().optional(),
  }),
)
type JournalEntry = z.infer<typeof journalSchema>[number]

function isSought(entry: JournalEntry, sought: Sought): boolean {
  if ('fileName' in sought) return entry.fileName === sought.fileName
  return alike(entry.textMessage, sought.body) || alike(entry.extendedTextMessage?.text ?? '', sought.body)
}

/** The same words: what WhatsApp does to blanks, ends of lines and composed letters makes no other message. */
function alike(one: string, other: string): boolean {
  const plain = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim()
  return plain(one) === plain(other)
}

/** An entry whose words cannot be read may be any message. */
function isMute({ textMessage, extendedTextMessage, fileName }: JournalEntry): boolean {
  return textMessage === '' && (extendedTextMessage?.text ?? '') === '' && fileName === ''
}

/** The shop's clock and theirs may differ by this; the same text to the same number so shortly before is the same message. */
const clockSlackMs = 60_000
const dayMinutes = 24 * 60

const findInJournal: HttpOperation<Sought, Reference | 'notFound'> = {
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
  outcome: (http, sought) =>
    read(http, 'read', journalSchema, (journal): Outcome<Reference | 'notFound'> => {
      const since = (sought.since - clockSlackMs) / 1_000
      const possible = journal.filter(
        (entry) => entry.sendByApi !== false && (entry.timestamp === 0 || entry.timestamp >= since),
      )
      const same = possible.filter((entry) => isSought(entry, sought))
      const hit = same.find(
        (entry) =>
          entry.sendByApi === true &&
          entry.timestamp > 0 &&
          entry.idMessage !== '' &&
          entry.chatId === chatOf(sought.to),
      )
      if (hit !== undefined) return accepted({ providerReference: hit.idMessage })
      const mayBe = [...same, ...possible.filter(isMute)].some(
        (entry) => !namesNumber(entry.chatId) || entry.chatId === chatOf(sought.to),
      )
      return mayBe ? unmatched : accepted('notFound')
    }),
}

/** Texts and files, and how one whose reply was lost is found again: in their queue, then in their journal. */
export function sending(connection: Connection): Pick<WhatsApp, 'maxCharacters' | 'sendText' | 'find'> & {
  readonly documents: WhatsAppDocuments
} {
  const find = async (sought: Sought) => {
    const queued = await connection.call(findInQueue, sought)
    if (!queued.ok || queued.value !== 'notFound') return queued
    return connection.call(findInJournal, sought)
  }
  return {
    maxCharacters: longestText,
    async sendText(text, signal) {
      if (text.body.length > longestText)
        return refused('rejected', 'rejected', 'longer than 20,000 characters')
      return connection.call(sendText, text, signal)
    },
    find,
    documents: {
      maxBytes: largestFile,
      maxCaption: longestCaption,
      async send(document, signal) {
        if (document.bytes.length > largestFile) return refused('rejected', 'rejected', 'larger than 100 MB')
        if (document.caption.length > longestCaption)
          return refused('rejected', 'rejected', 'caption longer than 1,000 characters')
        return connection.call(sendDocument, document, signal)
      },
      find,
    },
  }
}
