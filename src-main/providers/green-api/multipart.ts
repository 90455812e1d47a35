import { createHash } from 'node:crypto'

export interface FilePart {
  readonly field: string
  readonly fileName: string
  readonly mediaType: string
  readonly bytes: Uint8Array
}

/** Names as browsers write them into a header (HTML, multipart/form-data encoding): nothing can end the line or the quotes. */
const escapes: Readonly<Record<string, string>> = { '\r': '%0D', '\n': '%0A', '"': '%22' }

function quoted(name: string): string {
  return `"${name.replace(/[\r\n"]/g, (character) => escapes[character] ?? '')}"`
}

/**
 * A body of multipart/form-data (RFC 7578): the fields as text in UTF-8, then the file. Node's own FormData can only be
 * read asynchronously and draws its boundary; a request of an adapter is made at once and always the same from the same
 * input. The boundary is a digest of all that stands between, so no content can hold it.
 */
export function multipart(
  fields: Readonly<Record<string, string>>,
  file: FilePart,
): { readonly contentType: string; readonly body: Uint8Array } {
  const digest = createHash('sha256').update(JSON.stringify(fields)).update(file.fileName).update(file.bytes)
  const boundary = `kaunta-${digest.digest('hex').slice(0, 40)}`
  const texts = Object.entries(fields).map(
    ([name, value]) =>
      `--${boundary}\r\ncontent-disposition: form-data; name=${quoted(name)}\r\n\r\n${value}\r\n`,
  )
  // A media type with anything but its own characters would be a header of somebody's choosing.
  const mediaType = /^[\w.+-]+\/[\w.+-]+$/.test(file.mediaType) ? file.mediaType : 'application/octet-stream'
  const head = [
    `--${boundary}\r\n`,
    `content-disposition: form-data; name=${quoted(file.field)}; filename=${quoted(file.fileName)}\r\n`,
    `content-type: ${mediaType}\r\n\r\n`,
  ]
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.concat([
      Buffer.from([...texts, ...head].join('')),
      file.bytes,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
  }
}
