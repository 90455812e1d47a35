import { and, desc, eq, inArray, like, lt, sql } from 'drizzle-orm'
import { channelNames } from '../../src-preload/contract/channels.ts'
import type { EventType } from '../../src-preload/contract/events.ts'
import type { Message, MessageState } from '../../src-preload/contract/messaging.ts'
import { isReasonCode, type ReasonCode } from '../../src-preload/contract/reasons.ts'
import type { Database, Transaction } from '../database/open.ts'
import { type Moments, tellState } from '../events/moments.ts'
import type { Feed } from '../live/feed.ts'
import type { Outbox } from '../outbox/service.ts'
import { KauntaError } from '../problem.ts'
import { messageLane } from './lane.ts'
import { message, messageAttachment, messageEvent } from './tables.ts'

export type MessageRow = typeof message.$inferSelect
export type AttachmentRow = typeof messageAttachment.$inferSelect

export interface Told {
  readonly state: MessageState
  readonly source: 'counter' | 'outbox' | 'provider' | 'person'
  readonly reason: ReasonCode | null
  readonly detail: string | null
}

export interface StoreDeps {
  readonly database: Database
  readonly feed: Feed
  readonly outbox: Outbox
  readonly providerOf: (accountId: string) => string
}

export type MessageStore = ReturnType<typeof createMessageStore>

const momentOf = {
  queued: null,
  unknown: 'message.unknown',
  sent: 'message.sent',
  delivered: 'message.delivered',
  read: 'message.read',
  failed: 'message.failed',
  cancelled: 'message.cancelled',
} as const satisfies Moments<MessageState, EventType>

/** Rows of messages and their history: reading, writing, and telling the screens. */
export function createMessageStore({ database, feed, outbox, providerOf }: StoreDeps) {
  const { orm } = database.read

  // Read at every step of every message.
  const byId = orm
    .select()
    .from(message)
    .where(eq(message.id, sql.placeholder('id')))
    .prepare()
  const row = (id: string): MessageRow => {
    const found = byId.get({ id })
    if (found === undefined) throw new KauntaError('MESSAGE_NOT_FOUND')
    return found
  }

  /** Names and sizes, without reading a byte of the files. */
  const filesOf = (ids: readonly string[]): ReadonlyMap<string, NonNullable<Message['attachment']>> => {
    const { messageId, fileName, bytes } = messageAttachment
    const files = orm
      .select({ messageId, fileName, bytes: sql<number>`length(${bytes})` })
      .from(messageAttachment)
      .where(inArray(messageId, [...ids]))
      .all()
    return new Map(files.map((file) => [file.messageId, { fileName: file.fileName, bytes: file.bytes }]))
  }

  const present = (rows: readonly MessageRow[]): Message[] => {
    const effects = outbox.brief(rows.map((one) => one.effectId))
    const files = filesOf(rows.map((one) => one.id))
    return rows.map((one) => ({
      id: one.id,
      saleId: one.saleId,
      channel: one.channel,
      provider: providerOf(one.accountId),
      to: one.address,
      body: one.body,
      attachment: files.get(one.id) ?? null,
      language: one.language,
      state: one.state,
      sending: effects.get(one.effectId)?.state === 'leased',
      reason: isReasonCode(one.reason) ? one.reason : (effects.get(one.effectId)?.held ?? null),
      detail: one.detail,
      cost: one.cost,
      segments: one.segments,
      attempts: effects.get(one.effectId)?.attempts ?? 0,
      effectId: one.effectId,
      staffName: effects.get(one.effectId)?.staffName ?? null,
      createdAt: one.createdAt,
      updatedAt: one.updatedAt,
    }))
  }

  const get = (id: string): Message => {
    const [one] = present([row(id)])
    if (one === undefined) throw new KauntaError('MESSAGE_NOT_FOUND')
    return one
  }

  const changed = (tx: Transaction, id: string): void => feed.changed(tx, 'message', id)
  feed.shows({ message: (id) => ({ topic: 'message', message: get(id) }) })

  return {
    row,
    get,
    changed,
    /** The file of a message, bytes and all; null for a text. */
    attachment(messageId: string): AttachmentRow | null {
      return (
        orm.select().from(messageAttachment).where(eq(messageAttachment.messageId, messageId)).get() ?? null
      )
    },
    fileName: (messageId: string): string | null => filesOf([messageId]).get(messageId)?.fileName ?? null,
    attach(tx: Transaction, file: AttachmentRow): void {
      tx.orm.insert(messageAttachment).values(file).run()
    },
    /** A piece of news in the history, applied or not. */
    note(tx: Transaction, messageId: string, told: Told, applied: boolean): void {
      tx.orm
        .insert(messageEvent)
        .values({
          messageId,
          at: tx.now,
          state: told.state,
          source: told.source,
          applied,
          reason: told.reason,
          detail: told.detail,
        })
        .run()
    },
    update(
      tx: Transaction,
      id: string,
      set: Partial<Pick<MessageRow, 'state' | 'reason' | 'detail' | 'cost' | 'providerReference'>>,
    ): void {
      if (set.state !== undefined) {
        const { state: from, saleId, channel } = row(id)
        const data = { saleId, channel, reason: set.reason ?? null }
        tellState(tx, momentOf, { id, from, to: set.state }, data)
      }
      tx.orm
        .update(message)
        .set({ ...set, updatedAt: tx.now })
        .where(eq(message.id, id))
        .run()
      changed(tx, id)
    },
    events(id: string) {
      return orm
        .select()
        .from(messageEvent)
        .where(eq(messageEvent.messageId, id))
        .orderBy(messageEvent.id)
        .all()
        .map(({ at, state, source, reason, detail }) => ({
          at,
          state,
          source,
          detail,
          reason: isReasonCode(reason) ? reason : null,
        }))
    },
    byReference(accountId: string, providerReference: string): MessageRow | undefined {
      return orm
        .select()
        .from(message)
        .where(and(eq(message.accountId, accountId), eq(message.providerReference, providerReference)))
        .get()
    },
    /** Messages whose call is out, or ended without an answer: candidates for news that names no reference of ours. */
    unanswered(accountId: string, address: string): MessageRow[] {
      return outbox
        .inDoubt(channelNames.map((channel) => messageLane(channel, accountId)))
        .map((id) => row(id))
        .filter((one) => one.address === address && one.providerReference === null)
    },
    list(page: { limit: number; before?: string | undefined; saleId?: string | undefined; text?: string }) {
      const digits = (page.text ?? '').replace(/\D/g, '').replace(/^0+/, '')
      const rows = orm
        .select()
        .from(message)
        .where(
          and(
            page.saleId === undefined ? undefined : eq(message.saleId, page.saleId),
            page.text === undefined
              ? undefined
              : digits.length < 5
                ? eq(message.id, page.text)
                : like(message.address, `%${digits}%`),
            page.before === undefined ? undefined : lt(message.effectId, Number(page.before)),
          ),
        )
        .orderBy(desc(message.effectId))
        .limit(page.limit + 1)
        .all()
      const shown = rows.slice(0, page.limit)
      return {
        rows: present(shown),
        cursor: rows.length > page.limit ? String(shown.at(-1)?.effectId) : null,
      }
    },
  }
}
