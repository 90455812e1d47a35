import { z } from 'zod'
import type { PairingState } from '../../../src-preload/contract/providers.ts'
import type { ReasonCode } from '../../../src-preload/contract/reasons.ts'
import { redact } from '../../http/redaction.ts'
import type { WhatsAppEvent } from '../whatsapp.ts'

/** `stateInstance` (doc: api/account/GetStateInstance). One that is not here is not ready. */
export const pairingStates: ReadonlyMap<string, PairingState> = new Map([
  ['notAuthorized', 'notAuthorized'],
  ['authorized', 'authorized'],
  ['blocked', 'blocked'],
  ['starting', 'starting'],
  ['yellowCard', 'yellowCard'],
  ['sleepMode', 'sleep'],
] satisfies [string, PairingState][])

interface StatusRow {
  readonly state: Extract<WhatsAppEvent, { readonly kind: 'status' }>['state']
  readonly reason: ReasonCode | null
}

/** Statuses of an outgoing message (doc: api/receiving/notifications-format). One that is not here tells nothing. */
export const messageStatuses: ReadonlyMap<string, StatusRow> = new Map([
  ['pending', { state: 'queued', reason: null }],
  // Accepted, held back by WhatsApp, still in the queue.
  ['yellowCard', { state: 'queued', reason: 'quota' }],
  ['sent', { state: 'sent', reason: null }],
  ['delivered', { state: 'delivered', reason: null }],
  ['read', { state: 'read', reason: null }],
  ['noAccount', { state: 'failed', reason: 'notOnWhatsApp' }],
  ['notInGroup', { state: 'failed', reason: 'rejected' }],
  ['failed', { state: 'failed', reason: 'notDelivered' }],
] satisfies [string, StatusRow][])

/** +255712345678 → 255712345678@c.us */
export function chatOf(phone: string): string {
  return `${phone.slice(1)}@c.us`
}

/** E.164 of a person's chat; null for groups and for the newer ids that hide the number. */
function phoneOf(chatId: string): string | null {
  return /^[1-9]\d{7,14}@c\.us$/.test(chatId) ? `+${chatId.slice(0, -'@c.us'.length)}` : null
}

const statusSchema = z.object({
  typeWebhook: z.literal('outgoingMessageStatus'),
  idMessage: z.string().min(1),
  status: z.string(),
  description: z.string().optional().catch(undefined),
})

const stateSchema = z.object({ typeWebhook: z.literal('stateInstanceChanged'), stateInstance: z.string() })

const messageSchema = z.object({
  typeWebhook: z.enum(['incomingMessageReceived', 'outgoingAPIMessageReceived']),
  idMessage: z.string().min(1),
  senderData: z.object({ chatId: z.string() }),
  messageData: z.object({
    typeMessage: z.string(),
    textMessageData: z.object({ textMessage: z.string() }).optional().catch(undefined),
    extendedTextMessageData: z.object({ text: z.string() }).optional().catch(undefined),
    fileMessageData: z
      .object({ fileName: z.string().min(1), caption: z.string().catch('') })
      .optional()
      .catch(undefined),
  }),
})

/** Never throws and never answers nothing: an item that is not understood must still be forgotten, or it blocks all. */
export function readEvent(body: unknown): WhatsAppEvent {
  return readStatus(body) ?? readState(body) ?? readMessage(body) ?? { kind: 'other', name: nameOf(body) }
}

function readStatus(body: unknown): WhatsAppEvent | null {
  const parsed = statusSchema.safeParse(body)
  if (!parsed.success) return null
  const { idMessage, status, description } = parsed.data
  const known = messageStatuses.get(status)
  if (known === undefined) return { kind: 'other', name: redact(`outgoingMessageStatus ${status}`) }
  return {
    kind: 'status',
    providerReference: idMessage,
    state: known.state,
    reason: known.reason,
    detail: description === undefined ? null : redact(description),
  }
}

function readState(body: unknown): WhatsAppEvent | null {
  const parsed = stateSchema.safeParse(body)
  return parsed.success
    ? { kind: 'state', state: pairingStates.get(parsed.data.stateInstance) ?? 'unknown' }
    : null
}

function readMessage(body: unknown): WhatsAppEvent | null {
  const parsed = messageSchema.safeParse(body)
  if (!parsed.success) return null
  const { typeWebhook, idMessage, senderData, messageData } = parsed.data
  const phone = phoneOf(senderData.chatId)
  if (phone === null) return null
  const text = messageData.textMessageData?.textMessage ?? messageData.extendedTextMessageData?.text
  if (typeWebhook === 'outgoingAPIMessageReceived') {
    const echo = { kind: 'echo', providerReference: idMessage, to: phone } as const
    if (text !== undefined) return { ...echo, body: text, fileName: null }
    const file = messageData.fileMessageData
    return file === undefined ? null : { ...echo, body: file.caption, fileName: file.fileName }
  }
  return {
    kind: 'inbound',
    from: phone,
    text: text ?? `[${messageData.typeMessage}]`,
    providerReference: idMessage,
  }
}

function nameOf(body: unknown): string {
  const parsed = z.object({ typeWebhook: z.string(), quotaData: z.unknown().optional() }).safeParse(body)
  if (!parsed.success) return 'unreadable'
  // The vendor's own sample carries another type together with quotaData.
  return parsed.data.quotaData === undefined ? redact(parsed.data.typeWebhook) : 'quotaExceeded'
}
