/** Some browsers read the file after the click is over, ms. */
const keptMs = 60_000

/** Hands a file to the browser to keep. */
export function saveFile(page: Document, name: string, content: Blob): void {
  const address = URL.createObjectURL(content)
  const link = page.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), keptMs)
}
