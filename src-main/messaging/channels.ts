import type { Channel } from '../../src-preload/contract/channels.ts'
import type { MessageState } from '../../src-preload/contract/messaging.ts'
import { smsText } from '../../src-preload/contract/sms-letters.ts'
import type { Customers } from '../customers/service.ts'
import { accepted, type Outcome } from '../providers/outcome.ts'
import type { Abilities } from '../providers/provider.ts'
import type { WhatsAppDocuments } from '../providers/whatsapp.ts'
import { countSegments } from './segments.ts'

/** What a provider answers of a message that it took. */
export interface Sent {
  readonly providerReference: string
  readonly cost: string | null
}

/** A file that goes with a message. */
export interface OutgoingFile {
  readonly fileName: string
  readonly mediaType: string
  readonly bytes: Uint8Array
}

export interface Outgoing {
  readonly id: string
  readonly address: string
  readonly body: string
}

/** Where a message goes. */
export interface Address {
  readonly address: string
  /** E.164 where it is a phone: by it the customer is known. */
  readonly phone: string | null
  /** As a person reads it. */
  readonly shown: string
}

/** What messaging knows of one way to a customer. Null: this account cannot. */
export interface ChannelKind {
  /** @throws KauntaError for what is no address of this channel */
  address(customers: Pick<Customers, 'readPhone'>, typed: string): Address
  /** Characters of the longest text that this provider takes. */
  limit(abilities: Abilities): number | null
  /** A text as it really goes out. */
  fold(text: string): string
  /** Parts that are billed. */
  count(body: string): number
  send(
    abilities: Abilities,
    message: Outgoing,
    file: OutgoingFile | null,
    signal: AbortSignal,
  ): Promise<Outcome<Sent>> | null
  /** The question after a lost answer. @param since epoch ms at which the call began */
  find(
    abilities: Abilities,
    message: Outgoing,
    fileName: string | null,
    since: number,
  ): Promise<Outcome<Sent | 'notFound'>> | null
  /** How an account sends files; null where the channel itself bears none. */
  readonly files: ((abilities: Abilities) => WhatsAppDocuments | undefined) | null
  /** What it proves that the provider took it. */
  readonly acceptedMeans: Extract<MessageState, 'queued' | 'sent'>
}

function byPhone(customers: Pick<Customers, 'readPhone'>, typed: string): Address {
  const { phone, national } = customers.readPhone(typed)
  return { address: phone, phone, shown: national }
}

const sms: ChannelKind = {
  address: byPhone,
  limit: (abilities) => abilities.sms?.maxCharacters ?? null,
  fold: (text) => smsText(text).text,
  count: (body) => countSegments(body).segments,
  send: (abilities, { id, address, body }, _file, signal) =>
    abilities.sms?.send({ to: address, body, reference: id }, signal) ?? null,
  find: (abilities, { id, address, body }, _fileName, since) =>
    abilities.sms?.find?.({ to: address, body, reference: id, since }) ?? null,
  files: null,
  acceptedMeans: 'sent',
}

const free = async <Other extends string>(
  outcome: Promise<Outcome<{ readonly providerReference: string } | Other>>,
): Promise<Outcome<Other | Sent>> => {
  const answer = await outcome
  if (!answer.ok) return answer
  const { value } = answer
  return accepted(typeof value === 'string' ? value : { ...value, cost: null })
}

const whatsapp: ChannelKind = {
  address: byPhone,
  limit: (abilities) => abilities.whatsapp?.maxCharacters ?? null,
  fold: (text) => text,
  count: () => 1,
  send({ whatsapp: link }, { address, body }, file, signal) {
    const call =
      file === null
        ? link?.sendText({ to: address, body }, signal)
        : link?.documents?.send({ ...file, to: address, caption: body }, signal)
    return call === undefined ? null : free<never>(call)
  },
  find({ whatsapp: link }, { address, body }, fileName, since) {
    const call =
      fileName === null
        ? link?.find({ to: address, body, since })
        : link?.documents?.find({ to: address, fileName, since })
    return call === undefined ? null : free<'notFound'>(call)
  },
  files: (abilities) => abilities.whatsapp?.documents,
  // Only a place in the provider's own queue; its status events tell the rest.
  acceptedMeans: 'queued',
}

/** Every way to a customer: one row each. */
export const channels: Readonly<Record<Channel, ChannelKind>> = { sms, whatsapp }
