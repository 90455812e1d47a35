import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openServer } from '../conformance/sockets.ts'
import { createStand, type Stand } from '../conformance/stand.ts'
import { pdf, whatsappDocumentConformance } from '../conformance/whatsapp-documents.ts'
import type { WhatsAppDocument } from '../whatsapp.ts'
import { readEvent } from './events.ts'
import { multipart } from './multipart.ts'
import { mediaUrlOf } from './sending.ts'

const provider = 'green-api'

whatsappDocumentConformance({
  provider,
  phone: '+254712345678',
  strangerPhone: '+254733000404',
  falseSuccesses: ['{"idMessage":""}', '{"urlFile":"https://files.invalid/1.pdf"}', '{"message":"ok"}'],
})

let stand: Stand
beforeAll(async () => {
  stand = await createStand(provider)
})
afterAll(() => stand.close())

const document: WhatsAppDocument = {
  to: '+255712345678',
  fileName: 'risiti-001042-1f2e3d4c.pdf',
  mediaType: 'application/pdf',
  bytes: pdf(64),
  caption: 'Asante. Risiti 001042',
}

describe('a form with a file', () => {
  /** Read by Node's parser, which knows nothing of ours. */
  const parse = (form: ReturnType<typeof multipart>) =>
    new Response(new Uint8Array(form.body), { headers: { 'content-type': form.contentType } }).formData()

  it('holds any bytes, any words and any name, and no more parts than it was given', async () => {
    const boundaries = fc.constantFrom('--', '\r\n--kaunta-', '\r\n--', '--\r\n')
    const nasty = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.string({
        unit: fc.constantFrom('\r', '\n', '"', '%', '\\', ';', '=', 'a', 'é', '📄'),
        maxLength: 30,
      }),
      boundaries,
    )
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 2_000 }),
      boundaries.map((text) => Uint8Array.from(Buffer.from(text))),
    )
    await fc.assert(
      fc.asyncProperty(nasty, nasty, bytes, nasty, async (caption, fileName, content, mediaType) => {
        const form = multipart(
          { chatId: '255712345678@c.us', fileName, caption },
          { field: 'file', fileName, mediaType, bytes: content },
        )
        const read = await parse(form)
        expect([...read.keys()]).toEqual(['chatId', 'fileName', 'caption', 'file'])
        expect([read.get('fileName'), read.get('caption')]).toEqual([fileName, caption])
        const file = read.get('file')
        if (file === null || typeof file === 'string') throw new Error('no file')
        expect(new Uint8Array(await file.arrayBuffer())).toEqual(new Uint8Array(content))
        // Whatever stands in the name, the head of a part keeps its lines.
        const head = Buffer.from(form.body).toString('latin1').split('\r\n\r\n')[0] ?? ''
        expect(head.split('\r\n')).toHaveLength(2)
      }),
    )
  })

  it.each(['risiti.pdf"\r\nx-injected: 1\r\n\r\n', 'a"; name="chatId', 'a\nb.pdf'])(
    'keeps the name %j inside its quotes',
    (fileName) => {
      const form = multipart({}, { field: 'file', fileName, mediaType: 'text/plain\r\nx: y', bytes: pdf(9) })
      const [head] = Buffer.from(form.body).toString('latin1').split('\r\n\r\n')
      expect(head?.split('\r\n')).toEqual([
        expect.stringMatching(/^--kaunta-[0-9a-f]{40}$/),
        expect.stringMatching(/^content-disposition: form-data; name="file"; filename="[^"\r\n]*"$/),
        'content-type: application/octet-stream',
      ])
    },
  )
})

describe('the wire, as the documents show it', () => {
  it.each([
    ['https://api.green-api.com', 'https://media.green-api.com'],
    ['https://api.greenapi.com', 'https://media.greenapi.com'],
    ['https://7105.api.greenapi.com', 'https://7105.media.greenapi.com'],
    ['https://api.green-api.com/v3', 'https://media.green-api.com/v3'],
    ['http://127.0.0.1:4000/green-api', 'http://127.0.0.1:4000/green-api/media'],
    ['https://api.example.com', 'https://api.example.com/media'],
  ])('files for %s go to %s', (baseUrl, mediaUrl) => {
    expect(mediaUrlOf({ baseUrl, settings: {} })).toBe(mediaUrl)
    expect(mediaUrlOf({ baseUrl, settings: { mediaUrl: 'https://media.example.org/' } })).toBe(
      'https://media.example.org',
    )
  })

  it('uploads to the address for files, the token after the method', async () => {
    const seen: { path: string; type: string; body: Uint8Array<ArrayBuffer> }[] = []
    const server = await openServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const type = request.headers['content-type'] ?? ''
        seen.push({
          path: `${request.method} ${request.url}`,
          type,
          body: new Uint8Array(Buffer.concat(chunks)),
        })
        response.end('{"idMessage":"3EB0C767D097B7C7C030","urlFile":"https://files.invalid/1.pdf"}')
      })
    })
    const { whatsapp } = stand.connect({
      settings: { idInstance: '1101000001', mediaUrl: `${server.url}/files` },
      secrets: { apiTokenInstance: 'tok3n' },
    })
    expect(await whatsapp?.documents?.send(document)).toEqual({
      ok: true,
      value: { providerReference: '3EB0C767D097B7C7C030' },
    })
    await server.close()
    const [only, ...more] = seen
    if (only === undefined) throw new Error('nothing came')
    expect(more).toEqual([])
    expect(only.path).toBe('POST /files/waInstance1101000001/sendFileByUpload/tok3n')
    expect(only.type).toMatch(/^multipart\/form-data; boundary=kaunta-[0-9a-f]{40}$/)
    const form = await new Response(only.body, { headers: { 'content-type': only.type } }).formData()
    const fields = [...form].map(([name, value]) =>
      typeof value === 'string' ? [name, value] : [name, value.name, value.type, value.size],
    )
    expect(fields).toEqual([
      ['chatId', '255712345678@c.us'],
      ['fileName', document.fileName],
      ['caption', document.caption],
      ['file', document.fileName, 'application/pdf', 64],
    ])
  })

  it('finds an upload in the line, where it stands as sendFileByUrl, and reads its echo', async () => {
    const server = await openServer((request, response) => {
      const queue = [
        {
          messageID: 'BAE1234567789',
          type: 'sendFileByUrl',
          body: {
            fileName: document.fileName,
            chatId: '255712345678@c.us',
            caption: 'caption',
            archive: false,
            urlFile: 'https://files.invalid/1101123456/5005fe15.pdf',
          },
        },
      ]
      response.end(JSON.stringify(request.url?.includes('showMessagesQueue') === true ? queue : []))
    })
    const { whatsapp } = stand.connect({ baseUrl: server.url })
    const found = await whatsapp?.documents?.find({ ...document, since: Date.now() })
    await server.close()
    expect(found).toEqual({ ok: true, value: { providerReference: 'BAE1234567789' } })
    const echo = readEvent({
      typeWebhook: 'outgoingAPIMessageReceived',
      idMessage: '7FADFD718C6EB315B5',
      senderData: { chatId: '255712345678@c.us', sender: '255700000001@c.us' },
      messageData: {
        typeMessage: 'documentMessage',
        fileMessageData: { downloadUrl: '', caption: '', fileName: document.fileName, jpegThumbnail: '' },
      },
    })
    expect(echo).toEqual({
      kind: 'echo',
      providerReference: '7FADFD718C6EB315B5',
      to: document.to,
      body: '',
      fileName: document.fileName,
    })
  })

  it.each([
    [499, { ok: true, value: 'notFound' }],
    [500, { ok: false, error: { kind: 'temporary' } }],
  ])('takes a queue that shows %i for what it proves: they show 500 at most', async (length, answer) => {
    const item = { messageID: 'Q', type: 'sendMessage', body: { chatId: '255712345678@c.us', message: 'x' } }
    const server = await openServer((request, response) => {
      const inQueue = request.url?.includes('showMessagesQueue') === true
      response.end(JSON.stringify(inQueue ? Array.from({ length }, () => item) : []))
    })
    const { whatsapp } = stand.connect({ baseUrl: server.url })
    const since = Date.now()
    const found = [
      await whatsapp?.documents?.find({ ...document, since }),
      await whatsapp?.find({ to: document.to, body: 'y', since }),
    ]
    await server.close()
    expect(found).toMatchObject([answer, answer])
  })

  it('tells nothing of token, number or bytes in a detail', async () => {
    const said = 'POST /waInstance1101000001/sendFileByUpload/canary0123 255712345678@c.us'
    for (const status of [400, 401, 413, 429, 466, 500, 502]) {
      const server = await openServer((_request, response) => {
        response.writeHead(status)
        response.end(said)
      })
      const { whatsapp } = stand.connect({ baseUrl: server.url, secrets: { apiTokenInstance: 'canary0123' } })
      const outcome = await whatsapp?.documents?.send(document)
      await server.close()
      expect(outcome?.ok).toBe(false)
      expect(JSON.stringify(outcome)).not.toMatch(/canary|255712345678/)
    }
  })
})

describe('the simulator is strict about files', () => {
  interface Change {
    readonly path?: string
    readonly type?: string
    readonly fields?: Readonly<Record<string, string>>
    readonly file?: { readonly name: string; readonly type: string; readonly bytes: Uint8Array } | null
    readonly twice?: string
  }

  async function upload({ path = '/media', type, fields = {}, file, twice }: Change) {
    const { baseUrl, settings, secrets } = stand.account()
    const form = new FormData()
    const all = { chatId: '255712345678@c.us', fileName: 'r.pdf', caption: 'Risiti', ...fields }
    for (const [name, value] of Object.entries(all)) if (value !== '-') form.append(name, value)
    const part = file === undefined ? { name: 'r.pdf', type: 'application/pdf', bytes: pdf(32) } : file
    if (part !== null)
      form.append('file', new Blob([new Uint8Array(part.bytes)], { type: part.type }), part.name)
    if (twice !== undefined) form.append(twice, '255712345678@c.us')
    const body = new Response(form)
    return fetch(
      `${baseUrl}${path}/waInstance${settings.idInstance}/sendFileByUpload/${secrets.apiTokenInstance}`,
      {
        method: 'POST',
        headers: { 'content-type': type ?? body.headers.get('content-type') ?? '' },
        body: await body.arrayBuffer(),
      },
    )
  }

  it('takes a right one, as any client writes it', async () => {
    const reply = await upload({})
    expect(reply.status).toBe(200)
    expect(await reply.json()).toEqual({
      idMessage: expect.stringMatching(/^3EB0/),
      urlFile: expect.stringMatching(/^https:.*\.pdf$/),
    })
    expect((await upload({ fields: { fileName: '-', caption: '-' } })).status).toBe(200)
  })

  const file = { name: 'r.pdf', type: 'application/pdf', bytes: pdf(32) }
  it.each<[string, Change, number, string]>([
    ['JSON', { type: 'application/json' }, 400, 'bad request data'],
    ['no boundary', { type: 'multipart/form-data' }, 400, 'bad request data'],
    ['another boundary', { type: 'multipart/form-data; boundary=another' }, 400, 'end of form'],
    ['a chat with a plus', { fields: { chatId: '+255712345678@c.us' } }, 400, "'chatId'"],
    ['no chat', { fields: { chatId: '-' } }, 400, "'chatId'"],
    ['two chats', { twice: 'chatId' }, 400, "'chatId'"],
    ['an unknown field', { fields: { text: 'x' } }, 400, "'text'"],
    ['no file', { file: null }, 400, "'file'"],
    ['an empty file', { file: { ...file, bytes: pdf(9).subarray(0, 0) } }, 400, "'file'"],
    ['a PDF that is none', { file: { ...file, bytes: Buffer.from('<html>') } }, 400, "'file'"],
    ['a PDF of another type', { file: { ...file, type: 'text/plain' } }, 400, "'file'"],
    ['a name without extension', { fields: { fileName: 'risiti' } }, 400, "'fileName'"],
    ['two extensions', { fields: { fileName: 'risiti.jpg' } }, 400, "'fileName'"],
    ['a caption of 20,001', { fields: { caption: 'x'.repeat(20_001) } }, 400, "'caption'"],
  ])('refuses %s', async (_name, change, status, said) => {
    const before = stand.host.ledger().length
    const reply = await upload(change)
    expect([reply.status, await reply.text()]).toEqual([status, expect.stringContaining(said)])
    expect(stand.host.ledger()).toHaveLength(before)
  })

  it('refuses a wrong token, and texts at the address for files', async () => {
    const { baseUrl, settings, secrets } = stand.account()
    const post = (path: string) =>
      fetch(`${baseUrl}/media/waInstance${settings.idInstance}${path}`, { method: 'POST' })
    expect((await post('/sendFileByUpload/another')).status).toBe(401)
    expect((await post(`/sendMessage/${secrets.apiTokenInstance}`)).status).toBe(404)
  })
})

// oxlint-disable-next-line vitest/no-disabled-tests -- counted until somebody sees it on a live account
it.skip('unconfirmed: the journal names a document as it was sent (shown for notifications only)', () =>
  undefined)
// oxlint-disable-next-line vitest/no-disabled-tests -- counted until somebody sees it on a live account
it.skip('unconfirmed: a caption is shown under a document (one page: on images and video only)', () =>
  undefined)
// oxlint-disable-next-line vitest/no-disabled-tests -- counted until somebody sees it on a live account
it.skip('unconfirmed: HTTP status and words for a file above 100 MB', () => undefined)
