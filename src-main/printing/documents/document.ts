import type { PrinterProfile } from '../../../src-preload/contract/printer-models.ts'

export type Align = 'left' | 'centre' | 'right'

/**
 * normal: one column a character · tall: twice as high · large: twice as high and twice as wide, but for text with a word
 * that would not fit into a line so: that is tall.
 */
export type TextSize = 'normal' | 'tall' | 'large'

export type BarcodeSymbology = 'code128' | 'ean13' | 'ean8' | 'upca'

/** A picture as a receipt printer draws it. */
export interface OneBitImage {
  /** A multiple of 8. */
  readonly widthDots: number
  readonly heightDots: number
  /** Rows from the top, eight dots a byte, the left one highest; 1 is black. */
  readonly bits: Uint8Array
}

/** One thing on the paper, top to bottom. Text may hold anything a person typed; the encoder makes it safe. */
export type Block =
  | {
      readonly kind: 'text'
      readonly text: string
      readonly align?: Align
      readonly bold?: boolean
      readonly size?: TextSize
      /** Printed in this code table instead of the printer's own: for the page that finds out which one is right. */
      readonly codeTable?: PrinterProfile['codeTable']
    }
  /**
   * Left text, and right text that ends in the last column. Neither is broken to stand beside the other: where they do
   * not fit into one line, the right text gets its own.
   */
  | {
      readonly kind: 'row'
      readonly left: string
      readonly right: string
      /** Stands before the left text, or on a line above the row where all three do not fit into one. */
      readonly label?: string
      /** A letter behind the right text, in a column of its own; empty keeps that column free, so that amounts line up. */
      readonly mark?: string
      readonly bold?: boolean
      readonly size?: 'normal' | 'tall'
    }
  | { readonly kind: 'rule'; readonly double?: boolean }
  /** Printable ASCII, at most 300 characters. */
  | { readonly kind: 'qr'; readonly text: string }
  /**
   * code128: letters, digits, `-`, `.`, `/`, `:`, at most 24 characters. ean13, ean8, upca: digits, of which the last is
   * the right check digit. Printed as text where the paper is too narrow or the printer draws none.
   */
  | { readonly kind: 'barcode'; readonly text: string; readonly symbology?: BarcodeSymbology }
  /** In the middle of the paper; left out where it is wider than the paper. */
  | { readonly kind: 'image'; readonly image: OneBitImage; readonly alternative: string }
  | { readonly kind: 'feed'; readonly lines: number }
  | { readonly kind: 'cut' }
  /** Opens the cash drawer. */
  | { readonly kind: 'drawer' }

/** What is to be on the paper, whatever the printer and its width. */
export interface ReceiptDocument {
  readonly blocks: readonly Block[]
}

/** Opens the drawer and prints nothing. */
export function drawerDocument(): ReceiptDocument {
  return { blocks: [{ kind: 'drawer' }] }
}
