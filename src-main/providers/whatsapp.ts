import type { PairingState } from '../../src-preload/contract/providers.ts'
import type { ReasonCode } from '../../src-preload/contract/reasons.ts'
import type { Outcome } from './outcome.ts'

export interface WhatsAppText {
  /** E.164. */
  readonly to: string
  readonly body: string
}

export interface WhatsAppDocument {
  /** E.164. */
  readonly to: string
  /** With its extension. Unlike every other file sent to this number: by it a lost one is found again. */
  readonly fileName: string
  readonly mediaType: string
  readonly bytes: Uint8Array
  /** Stands under the file. */
  readonly caption: string
}

/** Files by WhatsApp. */
export interface WhatsAppDocuments {
  /** Bytes of the largest file. */
  readonly maxBytes: number
  /** UTF-16 code units of the longest caption. */
  readonly maxCaption: number
  send(
    document: WhatsAppDocument,
    signal?: AbortSignal,
  ): Promise<Outcome<{ readonly providerReference: string }>>
  /** Finds a file whose outcome is unknown; `since` is epoch ms of the attempt. */
  find(
    document: Pick<WhatsAppDocument, 'to' | 'fileName'> & { readonly since: number },
  ): Promise<Outcome<{ readonly providerReference: string } | 'notFound'>>
}

export type WhatsAppEvent =
  | {
      readonly kind: 'status'
      readonly providerReference: string
      readonly state: 'queued' | 'sent' | 'delivered' | 'read' | 'failed'
      readonly reason: ReasonCode | null
      readonly detail: string | null
    }
  | { readonly kind: 'state'; readonly state: PairingState }
  /** Our own message, echoed: proves a send whose reply was lost. */
  | {
      readonly kind: 'echo'
      readonly providerReference: string
      readonly to: string
      /** The text, or what stands under a file. */
      readonly body: string
      /** Null for a text. */
      readonly fileName: string | null
    }
  /** Kept raw; shown later by conversations. */
  | {
      readonly kind: 'inbound'
      readonly from: string
      readonly text: string
      readonly providerReference: string
    }
  | { readonly kind: 'other'; readonly name: string }

/** An event with the handle by which the provider forgets it. */
export interface WhatsAppNotification {
  readonly receipt: string
  readonly event: WhatsAppEvent
  /** As received, kept as evidence. */
  readonly raw: string
}

export interface WhatsAppQr {
  /** PNG in base64, without a data: prefix. */
  readonly png: string
  /** Milliseconds for which one image works. */
  readonly livesMs: number
}

export interface WhatsApp {
  readonly maxCharacters: number
  sendText(text: WhatsAppText, signal?: AbortSignal): Promise<Outcome<{ readonly providerReference: string }>>
  /** Finds a text whose outcome is unknown; `since` is epoch ms of the attempt. */
  find(
    text: WhatsAppText & { readonly since: number },
  ): Promise<Outcome<{ readonly providerReference: string } | 'notFound'>>
  /** Absent where only text can be sent. */
  readonly documents?: WhatsAppDocuments
  /** Waits up to `waitMs` for the next notification; null when none came. The same one comes again until forgotten. */
  next(waitMs: number, signal?: AbortSignal): Promise<Outcome<WhatsAppNotification | null>>
  forget(receipt: string): Promise<Outcome<null>>
  readonly pairing: {
    state(): Promise<Outcome<{ readonly state: PairingState; readonly phone: string | null }>>
    qr(): Promise<Outcome<WhatsAppQr | 'alreadyLinked'>>
    unlink(): Promise<Outcome<null>>
    /** Sets what Kaunta needs of the instance (statuses on, long poll on). */
    prepare(): Promise<Outcome<null>>
    /** Brings an instance stuck in `starting` back. */
    restart(): Promise<Outcome<null>>
  }
}
