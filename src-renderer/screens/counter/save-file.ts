import type { ReceiptFile } from '../../../src-preload/contract/printing.ts'

/** Some browsers read the file after the click is over, ms. */
const keptMs = 60_000

/** Hands a file to the browser to keep. */
export function saveFile(page: Document, { name, mediaType, base64 }: ReceiptFile): void {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0)
  const address = URL.createObjectURL(new Blob([bytes], { type: mediaType }))
  const link = page.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), keptMs)
}
