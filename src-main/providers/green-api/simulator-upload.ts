import { extname } from 'node:path'
import type { SimulatorRequest } from '../simulation.ts'

export interface Upload {
  readonly chatId: string
  readonly fileName: string
  readonly caption: string
  readonly mimeType: string
  readonly bytes: Uint8Array
}

const known: ReadonlySet<string> = new Set(['file', 'chatId', 'fileName', 'caption', 'quotedMessageId'])
const longestCaption = 20_000

/**
 * The form of sendFileByUpload (green-api.com/en/docs/api/sending/SendFileByUpload), read by Node's own parser and not
 * by the adapter's idea of it. A body that is larger than the simulated world takes was answered with 413 before.
 * @returns what is wrong, in the words of their 400
 */
export async function readUpload(
  request: SimulatorRequest,
): Promise<{ readonly wrong: string } | { readonly upload: Upload }> {
  const contentType = request.headers['content-type'] ?? ''
  if (!/^multipart\/form-data; *boundary=[\w'()+,./:=?-]{1,70}$/.test(contentType)) {
    return { wrong: 'bad request data' }
  }
  const form = await formOf(contentType, request.body)
  if (form === null) return { wrong: 'Unexpected end of form' }
  const names = [...form.keys()]
  const odd = names.find((name, at) => !known.has(name) || names.indexOf(name) !== at)
  if (odd !== undefined) return invalid(odd)
  const file = fileOf(form)
  if (file === null || file.size === 0) return invalid('file')
  return check(
    {
      chatId: textOf(form, 'chatId'),
      fileName: form.has('fileName') ? textOf(form, 'fileName') : file.name,
      caption: textOf(form, 'caption'),
      mimeType: file.type,
      bytes: new Uint8Array(await file.arrayBuffer()),
    },
    file.name,
  )
}

/** The official client sends the part without a name of its own: then the field's is the file's. */
function fileOf(form: FormData): File | null {
  const part = form.get('file')
  if (typeof part !== 'string') return part
  const type = part.startsWith('%PDF-') ? 'application/pdf' : 'application/octet-stream'
  return new File([part], textOf(form, 'fileName'), { type })
}

/** The name of the part and the field `fileName` are the same file's. */
function check(upload: Upload, partName: string) {
  const { chatId, fileName, caption, bytes } = upload
  if (!/^\d{7,15}@c\.us$|^[\d-]+@g\.us$/.test(chatId)) return invalid('chatId')
  // The extension decides how it is shown.
  if (extname(fileName).length < 2 || extname(partName) !== extname(fileName)) return invalid('fileName')
  if (caption.length > longestCaption) return invalid('caption')
  if (extname(fileName) === '.pdf' && !isPdf(upload.mimeType, bytes)) return invalid('file')
  return { upload }
}

function isPdf(mimeType: string, bytes: Uint8Array): boolean {
  return mimeType === 'application/pdf' && Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-'
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

/** Null for a body that its boundary does not divide into whole parts. */
async function formOf(contentType: string, body: Buffer): Promise<FormData | null> {
  try {
    return await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData()
  } catch {
    return null
  }
}

function invalid(field: string): { readonly wrong: string } {
  return { wrong: `Validation failed. Details: '${field}' is not valid` }
}
