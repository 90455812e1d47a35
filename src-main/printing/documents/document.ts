export type Align = 'left' | 'centre' | 'right'

/** normal: one column a character · tall: twice as high · large: twice as high and twice as wide. */
export type TextSize = 'normal' | 'tall' | 'large'

/** One thing on the paper, top to bottom. Text may hold anything a person typed; the encoder makes it safe. */
export type Block =
  | {
      readonly kind: 'text'
      readonly text: string
      readonly align?: Align
      readonly bold?: boolean
      readonly size?: TextSize
    }
  /** Left text wraps beside the right text, which ends in the last column. */
  | {
      readonly kind: 'row'
      readonly left: string
      readonly right: string
      readonly bold?: boolean
      readonly size?: 'normal' | 'tall'
    }
  | { readonly kind: 'rule' }
  /** Printable ASCII, at most 300 characters. */
  | { readonly kind: 'qr'; readonly text: string }
  /** CODE128: letters, digits, `-`, `.`, `/`, `:`, at most 24 characters; printed as text where the paper is too narrow. */
  | { readonly kind: 'barcode'; readonly text: string }
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
