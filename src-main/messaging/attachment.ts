import type { Channel } from '../../src-preload/contract/channels.ts'
import type { MessageForm } from '../../src-preload/contract/messaging.ts'
import type { Language } from '../../src-preload/contract/paging.ts'
import type { ReceiptFile } from '../../src-preload/contract/printing.ts'
import type { AccountRow, Accounts } from '../accounts/service.ts'
import { KauntaError } from '../problem.ts'
import type { WhatsAppDocuments } from '../providers/whatsapp.ts'
import { channels } from './channels.ts'
import type { AttachmentRow } from './store.ts'

/** What is wanted of a message, as far as it decides whether a file goes along. */
export interface FileRequest {
  readonly to: string
  readonly channel: Channel
  readonly language?: Language | undefined
  readonly text?: string | undefined
  readonly saleId?: string | undefined
  readonly as?: MessageForm | undefined
}

export interface FileDeps {
  readonly accounts: Accounts
  /** Makes the PDF of a sale's receipt; records the sale when it is still a draft. */
  readonly receiptPdf: (saleId: string, language: Language) => Promise<ReceiptFile>
  /** The language of the message; throws what is wrong with its number and its words. */
  readonly check: (request: FileRequest & { readonly saleId: string }) => Language
}

/**
 * The file of a message that wants one, made before the transaction that queues it; null for a text. All that can be
 * refused is refused before the sale is recorded.
 * @throws KauntaError FILE_BY_WHATSAPP_ONLY, FILE_NEEDS_SALE, FILE_NOT_OFFERED, ACCOUNT_MISSING and what `check` throws
 */
export async function fileFor(deps: FileDeps, request: FileRequest): Promise<ReceiptFile | null> {
  const { saleId, channel } = request
  if (request.as !== 'pdf') return null
  if (channels[channel].files === null) throw new KauntaError('FILE_BY_WHATSAPP_ONLY', { field: 'as' })
  if (saleId === undefined) throw new KauntaError('FILE_NEEDS_SALE', { field: 'saleId' })
  filesOf(deps.accounts, deps.accounts.pick(channel), channel)
  return deps.receiptPdf(saleId, deps.check({ ...request, saleId }))
}

/** How this account sends files. @throws KauntaError FILE_NOT_OFFERED */
export function filesOf(accounts: Accounts, account: AccountRow, channel: Channel): WhatsAppDocuments {
  const files = channels[channel].files?.(accounts.readers(account.id))
  if (files === undefined) throw new KauntaError('FILE_NOT_OFFERED', { account: account.label })
  return files
}

/** risiti-000123.pdf → risiti-000123-9c1d2e3f.pdf: the end of a message's id is random, so no two are named alike. */
export function attachmentOf(messageId: string, { name, mediaType, base64 }: ReceiptFile): AttachmentRow {
  const dot = name.lastIndexOf('.')
  const [stem, extension] = dot < 1 ? [name, ''] : [name.slice(0, dot), name.slice(dot)]
  return {
    messageId,
    fileName: `${stem}-${messageId.slice(-8)}${extension}`,
    mediaType,
    bytes: Buffer.from(base64, 'base64'),
  }
}

const wordsEnd = '…'

/** @param limit in UTF-16 code units; what is cut ends with an ellipsis, and never inside a character */
export function captionOf(text: string, limit: number): string {
  if (text.length <= limit) return text
  let cut = ''
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (cut.length + segment.length > limit - wordsEnd.length) break
    cut += segment
  }
  return cut + wordsEnd
}
