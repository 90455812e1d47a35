import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Outcome } from '../outcome.ts'
import type { WhatsApp, WhatsAppEvent, WhatsAppNotification } from '../whatsapp.ts'
import { openEcho, openFixed } from './sockets.ts'
import { createStand, freePort, type Stand, scan, type TestedAbilities } from './stand.ts'

export interface WhatsAppCase {
  readonly provider: string
  readonly phone: string
  /** A number without WhatsApp. */
  readonly strangerPhone: string
  /** Bodies under a success status that prove no acceptance. */
  readonly falseSuccesses: readonly string[]
}

/** What every WhatsApp provider must keep. The tests stand in the order of a shop's first day: link, write, unlink. */
export function whatsappConformance(tested: WhatsAppCase): void {
  describe('as WhatsApp', () => {
    let stand: Stand
    const text = (body = 'Asante. Risiti R-1042', to = tested.phone) => ({ to, body })

    beforeAll(async () => {
      stand = await createStand(tested.provider)
    })
    afterAll(() => stand.close())

    const connected = (change = {}, timeoutMs?: number) => must(stand.connect(change, timeoutMs))
    const fault = (
      name:
        | 'none'
        | 'timeoutAfterAccepting'
        | 'timeoutBeforeAccepting'
        | 'serverError'
        | 'throttled'
        | 'noBalance'
        | 'wrongKey',
    ) => stand.host.setFaults({ providers: { [tested.provider]: name } })

    describe('linking', () => {
      it('offers a PNG to scan, and another one when it has expired', async () => {
        const { whatsapp } = connected()
        expect(expectOk(await whatsapp.pairing.state())).toEqual({ state: 'notAuthorized', phone: null })
        const first = expectOk(await whatsapp.pairing.qr())
        expect(first).toMatchObject({ livesMs: 20_000 })
        expect(Buffer.from(pngOf(first), 'base64').subarray(1, 4).toString()).toBe('PNG')
        await expect.poll(async () => pngOf(expectOk(await whatsapp.pairing.qr()))).not.toBe(pngOf(first))
      })

      it('keeps what is written before the link, and is linked by a scan', async () => {
        const { whatsapp } = connected()
        const early = text('Kabla ya kuunganishwa')
        expect(await whatsapp.sendText(early)).toMatchObject({ ok: true })
        await scan(stand.host, () => whatsapp.pairing.qr())
        await expect
          .poll(async () => read(await whatsapp.pairing.state()))
          .toEqual({ state: 'authorized', phone: '+255700000001' })
        expect(stand.host.snapshot().canScan).toBe(false)
        await expect.poll(() => textsOf(stand, tested.phone)).toContain(early.body)
        expect(expectOk(await whatsapp.pairing.qr())).toBe('alreadyLinked')
      })

      it('is prepared once, then left alone', async () => {
        const { whatsapp, calls } = connected()
        expect(await whatsapp.pairing.prepare()).toEqual({ ok: true, value: null })
        await expect.poll(async () => read(await whatsapp.pairing.state())?.state).toBe('authorized')
        const before = calls.length
        expect(await whatsapp.pairing.prepare()).toEqual({ ok: true, value: null })
        expect(calls.length - before).toBe(1)
      })
    })

    describe('writing', () => {
      it.each([
        ['Swahili', 'Asante sana, karibu tena! “Mama Asha” — TZS 12,500/='],
        ['emoji and lines', '🧾 R-1042\nJumla: 5×2 = 10 🙏🏾\n\t*Asante*'],
      ])('brings %s to the handset unchanged and follows it to read', async (_name, body) => {
        const { whatsapp } = connected()
        const reference = expectOk(await whatsapp.sendText(text(body))).providerReference
        await expect.poll(() => textsOf(stand, tested.phone)).toContain(body)
        const events = await drain(whatsapp, (seen) => seen.some(isStatus(reference, 'read')))
        expect(statesOf(events, reference)).toEqual(['sent', 'delivered', 'read'])
        expect(events).toContainEqual({
          kind: 'echo',
          providerReference: reference,
          to: tested.phone,
          body,
          fileName: null,
        })
      })

      it('says of a number without WhatsApp that it has none', async () => {
        const { whatsapp } = connected()
        const reference = expectOk(
          await whatsapp.sendText(text('Habari', tested.strangerPhone)),
        ).providerReference
        const events = await drain(whatsapp, (seen) => seen.some(isStatus(reference, 'failed')))
        expect(events.find(isStatus(reference, 'failed'))).toMatchObject({ reason: 'notOnWhatsApp' })
        expect(textsOf(stand, tested.strangerPhone)).toEqual([])
      })

      it('hands out the same notification until it is forgotten', async () => {
        const { whatsapp } = connected()
        await whatsapp.sendText(text('Mara mbili'))
        const first = expectOk(await whatsapp.next(60_000))
        const again = expectOk(await whatsapp.next(60_000))
        expect(first).not.toBeNull()
        expect(again).toEqual(first)
        expect(await whatsapp.forget(first?.receipt ?? '')).toEqual({ ok: true, value: null })
        expect(await whatsapp.forget(first?.receipt ?? '')).toEqual({ ok: true, value: null })
        expect(expectOk(await whatsapp.next(60_000))?.receipt).not.toBe(first?.receipt)
        await drain(whatsapp, (seen) =>
          seen.some((event) => event.kind === 'status' && event.state === 'read'),
        )
      })

      it('answers nothing after a wait without news', async () => {
        const { whatsapp } = connected()
        await drain(whatsapp, () => false)
        expect(await whatsapp.next(5_000)).toEqual({ ok: true, value: null })
      })

      it('takes a lost reply for an unknown outcome and finds the message afterwards', async () => {
        const { whatsapp } = connected({}, 400)
        const lost = text('Jibu limepotea R-2001')
        const since = Date.now()
        await fault('timeoutAfterAccepting')
        expect(await whatsapp.sendText(lost)).toMatchObject({ ok: false, error: { kind: 'unknownOutcome' } })
        await fault('none')
        const sent = stand.host.ledger().filter((entry) => entry.text === lost.body)
        expect(sent).toHaveLength(1)
        await expect
          .poll(async () => read(await whatsapp.find({ ...lost, since })), { timeout: 5_000 })
          .toEqual({ providerReference: sent[0]?.reference })
      })

      it('finds nothing of a message that was never taken', async () => {
        const { whatsapp } = connected({}, 400)
        const lost = text('Haikufika R-2002')
        const since = Date.now()
        await fault('timeoutBeforeAccepting')
        expect(await whatsapp.sendText(lost)).toMatchObject({ ok: false, error: { kind: 'unknownOutcome' } })
        await fault('none')
        await expect.poll(async () => read(await whatsapp.find({ ...lost, since }))).toBe('notFound')
        // The same words to the same number, but sent long before this attempt.
        const older = { ...text('Jibu limepotea R-2001'), since: since + 3_600_000 }
        await expect.poll(async () => read(await whatsapp.find(older))).toBe('notFound')
        expect(stand.host.ledger().filter((entry) => entry.text === lost.body)).toEqual([])
      })

      it('reads statuses twice, backwards and not at all', async () => {
        const { whatsapp } = connected()
        const send = async (callback: 'twice' | 'outOfOrder' | 'never') => {
          await stand.host.setFaults({ callback })
          const reference = expectOk(await whatsapp.sendText(text(`Taarifa ${callback}`))).providerReference
          await expect.poll(() => textsOf(stand, tested.phone)).toContain(`Taarifa ${callback}`)
          return reference
        }
        const twice = await send('twice')
        const seenTwice = await drain(whatsapp, (seen) => seen.filter(isStatus(twice, 'read')).length === 2)
        expect(statesOf(seenTwice, twice).toSorted()).toEqual([
          'delivered',
          'delivered',
          'read',
          'read',
          'sent',
          'sent',
        ])
        const backwards = await send('outOfOrder')
        const seenBackwards = await drain(whatsapp, (seen) => seen.some(isStatus(backwards, 'sent')))
        expect(statesOf(seenBackwards, backwards)).toEqual(['read', 'delivered', 'sent'])
        const never = await send('never')
        expect(statesOf(await drain(whatsapp, () => false), never)).toEqual([])
        await stand.heal()
      })

      it.each([
        ['serverError', 'unknownOutcome'],
        ['throttled', 'throttled'],
        ['noBalance', 'balance'],
        ['wrongKey', 'credentials'],
      ] as const)('words %s as %s', async (name, kind) => {
        const { whatsapp } = connected()
        await fault(name)
        const before = stand.host.ledger().length
        expect(await whatsapp.sendText(text())).toMatchObject({ ok: false, error: { kind } })
        expect(stand.host.ledger()).toHaveLength(before)
        await fault('none')
      })

      it('says offline when nothing can have left', async () => {
        const { whatsapp, calls } = connected({ baseUrl: `http://127.0.0.1:${await freePort()}` })
        expect(await whatsapp.sendText(text())).toMatchObject({ ok: false, error: { kind: 'offline' } })
        expect(await whatsapp.pairing.state()).toMatchObject({ ok: false, error: { kind: 'offline' } })
        expect(calls).toEqual([{ left: false }, { left: false }])
      })

      it.each([...tested.falseSuccesses, '', 'null', '[]', '<html>'])(
        'takes 200 with %j for unknown',
        async (body) => {
          const fixed = await openFixed(200, body)
          const outcome = await connected({ baseUrl: fixed.url }).whatsapp.sendText(text())
          await fixed.close()
          expect(outcome).toMatchObject({ ok: false, error: { kind: 'unknownOutcome' } })
        },
      )
    })

    describe('secrets', () => {
      it('proves address and key by a harmless call', async () => {
        await expect.poll(async () => (await stand.connect().test()).ok).toBe(true)
        const secrets = Object.fromEntries(
          Object.keys(stand.account().secrets).map((name) => [name, 'wrong-secret-1']),
        )
        expect(await stand.connect({ secrets }).test()).toMatchObject({
          ok: false,
          error: { kind: 'credentials' },
        })
      })

      it('lets no secret and no number into any detail', async () => {
        const secrets = Object.fromEntries(
          Object.keys(stand.account().secrets).map((name) => [name, `canary${name}0123`]),
        )
        for (const status of [200, 400, 401, 429, 466, 500]) {
          const echo = await openEcho(status)
          const { whatsapp, test } = connected({ secrets, baseUrl: echo.url })
          const outcomes = [
            await whatsapp.sendText(text()),
            await whatsapp.find({ ...text(), since: 0 }),
            await whatsapp.next(5_000),
            await whatsapp.pairing.qr(),
            await whatsapp.pairing.restart(),
            await test(),
          ]
          await echo.close()
          expect(outcomes.filter((outcome) => outcome.ok)).toEqual([])
          expect(JSON.stringify(outcomes)).not.toMatch(/canary|Y2FuYXJ5/)
          expect(JSON.stringify(outcomes)).not.toContain(tested.phone.slice(1))
        }
      })
    })

    it('is unlinked, and can be linked again', async () => {
      const { whatsapp } = connected()
      expect(await whatsapp.pairing.unlink()).toEqual({ ok: true, value: null })
      await expect
        .poll(async () => read(await whatsapp.pairing.state()))
        .toEqual({ state: 'notAuthorized', phone: null })
      expect(pngOf(expectOk(await whatsapp.pairing.qr())).length).toBeGreaterThan(100)
    })
  })
}

function must(abilities: TestedAbilities) {
  if (abilities.whatsapp === undefined) throw new Error('no WhatsApp')
  return { whatsapp: abilities.whatsapp, calls: abilities.calls, test: abilities.test }
}

function expectOk<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.error.kind}: ${outcome.error.detail}`)
  return outcome.value
}

/** For polling: undefined while it fails. */
function read<T>(outcome: Outcome<T>): T | undefined {
  return outcome.ok ? outcome.value : undefined
}

function pngOf(code: { readonly png: string } | 'alreadyLinked'): string {
  return code === 'alreadyLinked' ? '' : code.png
}

function textsOf(stand: Stand, phone: string): string[] {
  const handset = stand.host.snapshot().phones.find((known) => known.phone === phone)
  return (handset?.items ?? []).filter((item) => item.app === 'whatsapp').map((item) => item.text)
}

function isStatus(reference: string, state: string) {
  return (event: WhatsAppEvent) =>
    event.kind === 'status' && event.providerReference === reference && event.state === state
}

function statesOf(events: readonly WhatsAppEvent[], reference: string): string[] {
  return events.flatMap((event) =>
    event.kind === 'status' && event.providerReference === reference ? [event.state] : [],
  )
}

/** Reads and forgets until `enough`, or until nothing comes for one wait. */
async function drain(
  whatsapp: WhatsApp,
  enough: (seen: readonly WhatsAppEvent[]) => boolean,
): Promise<WhatsAppEvent[]> {
  const seen: WhatsAppEvent[] = []
  while (!enough(seen)) {
    const notification: WhatsAppNotification | null = expectOk(await whatsapp.next(60_000))
    if (notification === null) return seen
    seen.push(notification.event)
    await whatsapp.forget(notification.receipt)
  }
  return seen
}
