import { eq } from 'drizzle-orm'
import { type Paper, paperSchema } from '../../src-preload/contract/printer-models.ts'
import { type ReceiptLayout, receiptLayoutSchema } from '../../src-preload/contract/receipt-layout.ts'
import type { Database } from '../database/open.ts'
import type { Feed } from '../live/feed.ts'
import { KauntaError } from '../problem.ts'
import type { Settings } from '../settings/service.ts'
import { defaultLayout } from './documents/default-layout.ts'
import type { OneBitImage } from './documents/document.ts'
import { receiptLogo } from './tables.ts'

export type Logo = Readonly<Record<Paper, OneBitImage>>

/** How the shop's receipts look: what the manager laid out, and the logo, dithered once and kept in memory. */
export interface ReceiptLook {
  layout(): ReceiptLayout
  save(layout: ReceiptLayout): ReceiptLayout
  logo(): Logo | null
  /** @param bytes a PNG or JPEG file. @throws KauntaError LOGO_UNREADABLE */
  setLogo(bytes: Uint8Array): Promise<void>
  removeLogo(): void
}

export function createReceiptLook(deps: {
  readonly database: Database
  readonly feed: Feed
  readonly settings: Pick<Settings, 'group'>
}): ReceiptLook {
  const { database, feed, settings } = deps
  const layout = settings.group('receiptLayout', receiptLayoutSchema, defaultLayout)
  let logo: { readonly images: Logo | null } | null = null

  const imageFor = (paper: Paper): OneBitImage | null => {
    const row = database.read.orm.select().from(receiptLogo).where(eq(receiptLogo.paper, paper)).get()
    return row === undefined
      ? null
      : { widthDots: row.widthDots, heightDots: row.heightDots, bits: new Uint8Array(row.bits) }
  }

  const readImages = (): Logo | null => {
    const [narrow, wide] = paperSchema.options.map(imageFor)
    return narrow == null || wide == null ? null : { '58': narrow, '80': wide }
  }

  const replaceLogo = (images: Logo | null): void =>
    database.transact((tx) => {
      tx.orm.delete(receiptLogo).run()
      for (const paper of paperSchema.options) {
        const image = images?.[paper]
        if (image === undefined) continue
        tx.orm
          .insert(receiptLogo)
          .values({ paper, ...image, bits: Buffer.from(image.bits), updatedAt: tx.now })
          .run()
      }
      tx.afterCommit(() => {
        logo = { images }
        feed.tell('settings')
      })
    })

  return {
    layout: layout.get,
    save: layout.change,
    logo() {
      logo ??= { images: readImages() }
      return logo.images
    },
    async setLogo(bytes) {
      // Decoders that a shop needs once are not loaded at each start.
      const { readLogo, UnreadablePicture } = await import('./encoding/picture.ts')
      try {
        replaceLogo(readLogo(bytes).forPaper)
      } catch (error) {
        if (error instanceof UnreadablePicture) throw new KauntaError('LOGO_UNREADABLE')
        throw error
      }
    },
    removeLogo: () => replaceLogo(null),
  }
}
