import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Outcome } from '../outcome.ts'
import type { WhatsApp, WhatsAppDocument, WhatsAppDocuments, WhatsAppEvent } from '../whatsapp.ts'
import { openFixed } from './sockets.ts'
import { createStand, freePort, type Stand, scan, type TestedAbilities } from './stand.ts'
import type { WhatsAppCase } from './whatsapp.ts'

/** Bytes of the largest body that the simulated world takes; it answers 413 to more, as web servers do. */
const worldLimit = 1024 * 1024

/** What a WhatsApp provider that takes files must keep. */
export function whatsappDocumentConformance(tested: WhatsAppCase): void {
  describe('as WhatsApp with files', () => {
    let stand: Stand
    const document = (mark: string, more: Partial<WhatsAppDocument> = {}): WhatsAppDocument => ({
      to: tested.phone,
      fileName: `risiti-001042-${mark}.pdf`,
      mediaType: 'application/pdf',
      bytes: pdf(2_000),
      caption: '*Duka la Asha*\nRisiti 001042 · Jumla: TZS 12,500',
      ...more,
    })
    const connected = (change = {}, timeoutMs?: number) => must(stand.connect(change, timeoutMs))
    const fault = (name: 'none' | 'timeoutAfterAccepting' | 'timeoutBeforeAccepting' | 'noBalance') =>
      stand.host.setFaults({ providers: { [tested.provider]: name } })
    const screen = () => textsOf(stand, tested.phone)

    beforeAll(async () => {
      stand = await createStand(tested.provider)
    })
    afterAll(() => stand.close())

    /** Sends one whose reply is lost, and answers when. */
    const lose = async (lost: WhatsAppDocument) => {
      const since = Date.now()
      await fault('timeoutAfterAccepting')
      expect(await connected({}, 400).documents.send(lost)).toMatchObject({
        ok: false,
        error: { kind: 'unknownOutcome' },
      })
      await fault('none')
      return since
    }
    const finds = async (sought: { to: string; fileName: string; since: number }, what: unknown) => {
      const found = async () => read(await connected().documents.find(sought))
      await expect.poll(found, { timeout: 5_000 }).toEqual(what)
    }

    it('finds a file whose reply was lost while nothing is linked, then brings it', async () => {
      const { whatsapp } = connected()
      const lost = document('b1')
      const since = await lose(lost)
      const [entry] = stand.host.ledger()
      await finds({ ...lost, since }, { providerReference: entry?.reference })
      await scan(stand.host, () => whatsapp.pairing.qr())
      const authorized = async () => {
        await expect
          .poll(async () => read(await whatsapp.pairing.state()))
          .toMatchObject({ state: 'authorized' })
      }
      await authorized()
      await expect.poll(() => screen().join()).toContain(lost.fileName)
      await whatsapp.pairing.prepare()
      await authorized()
    })

    it('brings a file with its caption to the handset and follows it to read', async () => {
      const { documents, whatsapp } = connected()
      const sent = document('a1')
      const reference = expectOk(await documents.send(sent)).providerReference
      await expect.poll(screen).toContain(`📄 ${sent.fileName}\n${sent.caption}`)
      const events = await drain(whatsapp, reference)
      expect(events).toContainEqual({
        kind: 'echo',
        providerReference: reference,
        to: tested.phone,
        body: sent.caption,
        fileName: sent.fileName,
      })
    })

    it('brings a file without a caption', async () => {
      const sent = document('a2', { caption: '' })
      expectOk(await connected().documents.send(sent))
      await expect.poll(screen).toContain(`📄 ${sent.fileName}`)
    })

    it('finds a file whose reply was lost after it went out', async () => {
      const lost = document('b2')
      const since = await lose(lost)
      await expect.poll(() => screen().join()).toContain(lost.fileName)
      await finds({ ...lost, since }, { providerReference: stand.host.ledger().at(-1)?.reference })
      // The same words under another file, the same file to another number, or long before: other messages.
      await finds({ ...lost, fileName: 'risiti-001042-zz.pdf', since }, 'notFound')
      await finds({ ...lost, to: tested.strangerPhone, since }, 'notFound')
      await finds({ ...lost, since: since + 3_600_000 }, 'notFound')
    })

    it('finds nothing of a file that was never taken', async () => {
      const { documents } = connected({}, 400)
      const lost = document('c1')
      const since = Date.now()
      const before = stand.host.ledger().length
      await fault('timeoutBeforeAccepting')
      expect(await documents.send(lost)).toMatchObject({ ok: false, error: { kind: 'unknownOutcome' } })
      await fault('none')
      await finds({ ...lost, since }, 'notFound')
      expect(stand.host.ledger()).toHaveLength(before)
    })

    it('takes no file for a text, nor a text for a file', async () => {
      const { documents, whatsapp } = connected()
      const since = Date.now()
      const sent = document('d1')
      expectOk(await documents.send(sent))
      const asText = { to: tested.phone, body: sent.caption, since }
      await expect.poll(() => screen().join()).toContain('-d1.pdf')
      await expect.poll(async () => read(await whatsapp.find(asText))).toBe('notFound')
    })

    it('says what the provider refuses: a file that is none, one too large, an empty plan', async () => {
      const { documents } = connected()
      const before = stand.host.ledger().length
      const refusals: [WhatsAppDocument, string][] = [
        [document('e1', { bytes: Buffer.from('<html>no PDF</html>') }), 'rejected'],
        [document('e2', { fileName: 'risiti' }), 'rejected'],
        [document('e3', { bytes: pdf(worldLimit + 1) }), 'rejected'],
        [document('e4', { bytes: new Uint8Array(documents.maxBytes + 1) }), 'rejected'],
        [document('e5', { caption: 'x'.repeat(documents.maxCaption + 1) }), 'rejected'],
      ]
      for (const [refusedOne, kind] of refusals) {
        expect(await documents.send(refusedOne)).toMatchObject({ ok: false, error: { kind } })
      }
      await fault('noBalance')
      expect(await documents.send(document('e6'))).toMatchObject({ error: { kind: 'balance' } })
      await fault('none')
      expect(stand.host.ledger()).toHaveLength(before)
    })

    it('says offline when nothing can have left', async () => {
      const { documents } = connected({ baseUrl: `http://127.0.0.1:${await freePort()}` })
      expect(await documents.send(document('f1'))).toMatchObject({ error: { kind: 'offline' } })
    })

    it.each([...tested.falseSuccesses, '', 'null', '[]', '<html>'])(
      'takes 200 with %j for unknown',
      async (body) => {
        const fixed = await openFixed(200, body)
        const outcome = await connected({ baseUrl: fixed.url }).documents.send(document('g1'))
        await fixed.close()
        expect(outcome).toMatchObject({ ok: false, error: { kind: 'unknownOutcome' } })
      },
    )
  })
}

/** The head of a PDF and filler. */
export function pdf(size: number): Uint8Array {
  const bytes = new Uint8Array(size).fill(0x20)
  bytes.set(Buffer.from('%PDF-1.7\n'))
  return bytes
}

function must(abilities: TestedAbilities): { whatsapp: WhatsApp; documents: WhatsAppDocuments } {
  const { whatsapp } = abilities
  if (whatsapp?.documents === undefined) throw new Error('no files')
  return { whatsapp, documents: whatsapp.documents }
}

function expectOk<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.error.kind}: ${outcome.error.detail}`)
  return outcome.value
}

/** For polling: undefined while it fails. */
function read<T>(outcome: Outcome<T>): T | undefined {
  return outcome.ok ? outcome.value : undefined
}

function textsOf(stand: Stand, phone: string): string[] {
  const handset = stand.host.snapshot().phones.find((one) => one.phone === phone)
  return handset?.items.map((item) => item.text) ?? []
}

/** Reads and forgets notifications until this message was read. */
async function drain(whatsapp: WhatsApp, reference: string): Promise<WhatsAppEvent[]> {
  const seen: WhatsAppEvent[] = []
  for (;;) {
    const next = expectOk(await whatsapp.next(60_000))
    if (next === null) throw new Error('no more notifications')
    seen.push(next.event)
    await whatsapp.forget(next.receipt)
    const { event } = next
    if (event.kind === 'status' && event.providerReference === reference && event.state === 'read')
      return seen
  }
}
