import { eq } from 'drizzle-orm'
import { type Paper, paperSchema } from '../../src-preload/contract/printer-models.ts'
import { type ReceiptLayout, receiptLayoutSchema } from '../../src-preload/contract/receipt-layout.ts'
import type { Damage } from '../database/damage.ts'
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

const layoutKey = 'receiptLayout'

export function createReceiptLook(deps: {
  readonly database: Database
  readonly feed: Feed
  readonly damage: Damage
  readonly settings: Pick<Settings, 'value' | 'saveValue'>
}): ReceiptLook {
  const { database, feed, settings } = deps
  let layout: ReceiptLayout | null = null
  let logo: { readonly images: Logo | null } | null = null

  const readLayout = (): ReceiptLayout =>
    deps.damage.fields(layoutKey, receiptLayoutSchema, defaultLayout, settings.value(layoutKey))

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
    layout() {
      layout ??= readLayout()
      return layout
    },
    save(next) {
      settings.saveValue(layoutKey, JSON.stringify(next), () => {
        layout = next
      })
      return next
    },
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
