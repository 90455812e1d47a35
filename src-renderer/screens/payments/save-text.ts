/** Hands a text to the browser as a file to keep. */
export function saveText(page: Document, fileName: string, type: string, text: string): void {
  // The mark at the front tells spreadsheets that the letters are UTF-8.
  const address = URL.createObjectURL(new Blob(['\uFEFF', text], { type: `${type};charset=utf-8` }))
  const link = page.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  URL.revokeObjectURL(address)
}
