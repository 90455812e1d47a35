import { and, eq } from 'drizzle-orm'
import { type Channel, channelNames } from '../../src-preload/contract/channels.ts'
import type { Message, MessageState, Segments, Template } from '../../src-preload/contract/messaging.ts'
import { type Language, languageSchema } from '../../src-preload/contract/paging.ts'
import type { ReceiptFile } from '../../src-preload/contract/printing.ts'
import type { ReasonCode } from '../../src-preload/contract/reasons.ts'
import { formatSaleNumber } from '../../src-preload/contract/sale-number.ts'
import type { Shop } from '../../src-preload/contract/settings.ts'
import type { AccountRow, Accounts } from '../accounts/service.ts'
import type { Customers } from '../customers/service.ts'
import type { Database, Transaction } from '../database/open.ts'
import type { Feed } from '../live/feed.ts'
import type { Outbox } from '../outbox/service.ts'
import type { Randomness } from '../ports.ts'
import { KauntaError } from '../problem.ts'
import type { Receipts } from '../receipts/service.ts'
import { attachmentOf, captionOf, type FileRequest, fileFor, filesOf } from './attachment.ts'
import { channels } from './channels.ts'
import { messageKind } from './effect.ts'
import { messageLane } from './lane.ts'
import { isNews } from './progress.ts'
import { countSegments } from './segments.ts'
import type { MessageRow, MessageStore } from './store.ts'
import { message, template } from './tables.ts'
import { checkTemplate, defaultTexts, render, valuesOf } from './template.ts'

export interface ReceiptRequest {
  readonly saleId: string
  readonly channel: Channel
  readonly language?: Language | undefined
  readonly text?: string | undefined
}

/** What a provider says of a message that it took. */
export interface StatusNews {
  readonly state: MessageState
  readonly reason: ReasonCode | null
  readonly detail: string | null
}

export interface Messaging {
  preview(request: ReceiptRequest): { body: string; missing: string[]; size: Segments }
  sendReceipt(request: FileRequest & ReceiptRequest): Promise<Message>
  /**
   * The file for `sendIn`, where one is wanted; records the sale, in a transaction of its own, when it is a draft.
   * @throws KauntaError FILE_BY_WHATSAPP_ONLY, FILE_NEEDS_SALE, FILE_NOT_OFFERED
   */
  fileFor(request: FileRequest): Promise<ReceiptFile | null>
  /** Within the caller's transaction; `text` left out: the receipt of `saleId`. */
  sendIn(tx: Transaction, id: string, request: FileRequest, file: ReceiptFile | null): void
  get(id: string): Message & { events: ReturnType<MessageStore['events']> }
  list: MessageStore['list']
  retry(id: string): Message
  templates(): Template[]
  saveTemplate(wanted: Template): Template
  /** News by the provider's reference; false when it is not of ours. */
  applyDeliveryReport(
    tx: Transaction,
    accountId: string,
    providerReference: string,
    news: StatusNews,
  ): boolean
  /** News that names a reference we never got, because the reply was lost: taken when exactly one message fits. */
  applyUnmatchedReport(
    tx: Transaction,
    accountId: string,
    to: string,
    providerReference: string,
    news: StatusNews,
    content?: { readonly body: string; readonly fileName: string | null },
  ): boolean
}

export interface MessagingDeps {
  readonly database: Database
  readonly random: Randomness
  readonly feed: Feed
  readonly store: MessageStore
  readonly accounts: Accounts
  readonly outbox: Outbox
  readonly receipts: Receipts
  readonly customers: Customers
  readonly shop: () => Shop
  /** Makes the PDF of a sale's receipt; records the sale when it is still a draft. */
  readonly receiptPdf: (saleId: string, language: Language) => Promise<ReceiptFile>
}

export function createMessaging(deps: MessagingDeps): Messaging {
  const { database, store, accounts, outbox, receipts, customers } = deps
  const { orm } = database.read

  const textOf = (channel: Channel, language: Language): string =>
    orm
      .select({ text: template.text })
      .from(template)
      .where(
        and(eq(template.kind, 'receipt'), eq(template.channel, channel), eq(template.language, language)),
      )
      .get()?.text ?? defaultTexts[channel][language]

  const languageFor = (wanted: Language | undefined, phone: string | null): Language =>
    wanted ?? (phone === null ? null : customers.byPhone(phone)?.language) ?? deps.shop().language

  const compose = (request: ReceiptRequest, phone: string | null) => {
    const sale = receipts.get(request.saleId)
    const language = languageFor(request.language, phone ?? sale.customer.phone)
    const text = request.text ?? textOf(request.channel, language)
    checkTemplate(text)
    const { body, missing } = render(text, valuesOf(sale, deps.shop(), language))
    return { body: channels[request.channel].fold(body), missing, language }
  }

  /** @throws KauntaError TEMPLATE_VARIABLE_MISSING */
  const composeWhole = (request: ReceiptRequest, phone: string | null) => {
    const { body, missing, language } = compose(request, phone)
    if (missing[0] !== undefined)
      throw new KauntaError('TEMPLATE_VARIABLE_MISSING', { field: 'text', variable: missing[0] })
    return { body, language }
  }
  const fileDeps = {
    accounts,
    receiptPdf: deps.receiptPdf,
    check: (request: FileRequest & { readonly saleId: string }) =>
      composeWhole(request, channels[request.channel].address(customers, request.to).phone).language,
  }

  const check = (body: string, account: AccountRow, channel: Channel): void => {
    if (body.trim() === '') throw new KauntaError('TEXT_EMPTY', { field: 'text' })
    const limit = channels[channel].limit(accounts.readers(account.id))
    const length = [...body].length
    if (limit !== null && length > limit)
      throw new KauntaError('TEXT_TOO_LONG', { field: 'text', length, limit, provider: account.label })
  }

  interface Draft {
    readonly id: string
    readonly account: AccountRow
    readonly channel: Channel
    readonly address: string
    readonly body: string
    readonly language: Language
    readonly saleId: string | null
    readonly title: string
    readonly file: ReceiptFile | null
  }

  /** The message, its history and its effect: together or not at all. */
  const insert = (tx: Transaction, draft: Draft): void => {
    const { id, account, channel, address, language, saleId, file } = draft
    const body =
      file === null ? draft.body : captionOf(draft.body, filesOf(accounts, account, channel).maxCaption)
    const effectId = outbox.enqueue(tx, {
      lane: messageLane(channel, account.id),
      kind: messageKind,
      subjectId: id,
      title: draft.title,
      payload: { messageId: id },
      priority: 5,
    })
    tx.orm
      .insert(message)
      .values({
        id,
        saleId,
        accountId: account.id,
        effectId,
        channel,
        address,
        body,
        language,
        state: 'queued',
        segments: channels[channel].count(body),
        createdAt: tx.now,
        updatedAt: tx.now,
      })
      .run()
    if (file !== null) store.attach(tx, attachmentOf(id, file))
    store.note(tx, id, { state: 'queued', source: 'counter', reason: null, detail: null }, true)
    store.changed(tx, id)
  }

  const sendReceiptIn = (
    tx: Transaction,
    id: string,
    request: ReceiptRequest & { readonly to: string },
    file: ReceiptFile | null,
  ): void => {
    const { channel } = request
    const { address, phone, shown } = channels[channel].address(customers, request.to)
    const account = accounts.pick(channel)
    const sale = receipts.recordIn(tx, request.saleId)
    if (phone !== null && sale.customer.phone !== phone) receipts.setPhoneIn(tx, sale.id, phone)
    const { body, language } = composeWhole(request, phone)
    check(body, account, channel)
    if (phone !== null) customers.remember(tx, phone, { language: request.language ?? null })
    const title = `${shown} · ${formatSaleNumber(sale)}`
    insert(tx, { id, account, channel, address, body, language, saleId: sale.id, title, file })
  }

  const apply = (tx: Transaction, row: MessageRow, news: StatusNews): void => {
    const applied = isNews(row.state, news.state)
    store.note(tx, row.id, { ...news, source: 'provider' }, applied)
    if (applied) store.update(tx, row.id, { state: news.state, reason: news.reason, detail: news.detail })
  }

  return {
    list: (page) => store.list(page),
    get: (id) => ({ ...store.get(id), events: store.events(id) }),
    preview(request) {
      const { body, missing } = compose(request, null)
      return { body, missing: [...missing], size: countSegments(body) }
    },
    async sendReceipt(request) {
      const file = await fileFor(fileDeps, request)
      const id = deps.random.id()
      database.transact((tx) => sendReceiptIn(tx, id, request, file))
      return store.get(id)
    },
    fileFor: (request) => fileFor(fileDeps, request),
    sendIn(tx, id, { to, channel, language, text, saleId }, file) {
      if (saleId !== undefined) {
        sendReceiptIn(tx, id, { saleId, channel, language, text, to }, file)
        return
      }
      const { address, phone, shown } = channels[channel].address(customers, to)
      const account = accounts.pick(channel)
      const body = channels[channel].fold(text ?? '')
      check(body, account, channel)
      insert(tx, {
        id,
        account,
        channel,
        address,
        body,
        language: languageFor(language, phone),
        saleId: null,
        title: shown,
        file: null,
      })
    },
    retry(id) {
      outbox.retry(store.row(id).effectId)
      return store.get(id)
    },
    templates: () =>
      channelNames.flatMap((channel) =>
        languageSchema.options.map((language) => ({
          kind: 'receipt' as const,
          channel,
          language,
          text: textOf(channel, language),
        })),
      ),
    saveTemplate(wanted) {
      checkTemplate(wanted.text)
      database.transact((tx) => {
        tx.orm
          .insert(template)
          .values(wanted)
          .onConflictDoUpdate({
            target: [template.kind, template.channel, template.language],
            set: { text: wanted.text },
          })
          .run()
      })
      return wanted
    },
    applyDeliveryReport(tx, accountId, providerReference, news) {
      const row = store.byReference(accountId, providerReference)
      if (row === undefined) return false
      apply(tx, row, news)
      return true
    },
    applyUnmatchedReport(tx, accountId, to, providerReference, news, content) {
      // A file is told by its name: a provider may leave the words under it out.
      const fits = (row: MessageRow) => {
        if (content === undefined) return true
        const fileName = store.fileName(row.id)
        return fileName === content.fileName && (fileName !== null || row.body === content.body)
      }
      const fitting = store.unanswered(accountId, to).filter(fits)
      const [row] = fitting
      if (row === undefined || fitting.length !== 1) return false
      outbox.conclude(tx, row.effectId, 'done')
      store.update(tx, row.id, { providerReference })
      apply(tx, store.row(row.id), news)
      return true
    },
  }
}
