import { describe, expect, it, onTestFinished } from 'vitest'
import type { WriterHost } from '../../src-main/database/open.ts'
import { troubleOf } from '../../src-main/database/trouble.ts'
import { accepted, refused } from '../../src-main/providers/outcome.ts'
import type { WhatsApp, WhatsAppNotification } from '../../src-main/providers/whatsapp.ts'
import { createVirtualPrinter } from '../../src-main/simulator/paper-tape.ts'
import { freshDatabase } from '../fixtures/database.ts'
import { failingDisk } from '../fixtures/faulty-engine.ts'
import { type ManualClock, manualClock } from '../fixtures/manual-clock.ts'
import { stage } from '../fixtures/outbox.ts'
import { printerInput } from '../fixtures/printer.ts'
import { openShop, scriptedAccount, scriptedProvider } from '../fixtures/shop.ts'
import { tempFolder } from '../fixtures/temp-folder.ts'
import { openTill, paidReport } from '../fixtures/till.ts'

/** `npm test` tries a few disks, the long profile many. */
const seeds = Array.from(
  { length: Number(process.env.KAUNTA_FAULTS ?? 3) },
  (_none, index) => 20_261_130 + index,
)

/** A refusal that may be gone a moment later. */
function passes(error: unknown, also: string | null): boolean {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : null
  const refusals: unknown[] = ['DISK_FULL', 'DATABASE_BUSY', 'DISK_FAULT', also]
  return troubleOf(error) !== null || refusals.includes(code)
}

/** As a person does: told that it was not kept, one tries again. */
async function insist<T>(
  clock: ManualClock,
  call: () => T | Promise<T>,
  also: string | null = null,
): Promise<T> {
  for (let tries = 0; tries < 400; tries += 1) {
    try {
      return await call()
    } catch (error) {
      if (!passes(error, also)) throw error
      await clock.advance(200)
    }
  }
  throw new Error('refused for ever')
}

describe.each(seeds)('a disk that fails by chance (seed %i)', (seed) => {
  it('loses and doubles nothing of the outbox, and all of it drains', async () => {
    const disk = failingDisk(seed, 0.2)
    const clock = manualClock()
    const faults: unknown[] = []
    const host: WriterHost = {
      after: (ms, run) => void clock.after(ms, run),
      onFault: (_what, error) => faults.push(error),
      onTrouble: () => false,
      onWritten: () => {},
    }
    const database = freshDatabase(clock.now, disk.engine, host)
    const fate = (subject: string) => Number(subject) % 5
    const world = stage(
      database,
      {
        settleMs: 5_000,
        execute: (subject) =>
          Promise.resolve(
            fate(subject) === 0 ? refused('unknownOutcome', 'unknownOutcome', 'lost') : accepted(subject),
          ),
        resolve: (subject) => Promise.resolve({ kind: 'happened', data: subject }),
      },
      clock,
    )
    world.outbox.start()
    const ids: number[] = []
    for (let count = 1; count <= 120; count += 1) {
      ids.push(await insist(clock, () => world.request(String(count), { lane: `sms:${count % 4}` })))
      if (count % 10 === 0) await clock.advance(50)
    }
    await clock.advance(20_000)
    disk.mend()
    await clock.advance(60_000)
    expect(ids.map((id) => world.state(id)).filter((state) => state !== 'done')).toEqual([])
    const sent = world.calls.filter((call) => !call.startsWith('?'))
    expect(sent.toSorted((a, b) => Number(a) - Number(b))).toEqual(ids.map((_id, index) => String(index + 1)))
    expect([world.faults, faults]).toEqual([[], []])
    expect(
      Math.min(disk.met.SQLITE_BUSY, disk.met.SQLITE_FULL, disk.met.SQLITE_IOERR_WRITE, disk.met.slow),
    ).toBeGreaterThan(0)
    expect(
      Number(database.connection.prepare("SELECT count(*) FROM effect WHERE state = 'leased'").pluck().get()),
    ).toBe(0)
  })

  it('takes each payment once: what the network holds is what the sales say', async () => {
    const disk = failingDisk(seed, 0.06)
    disk.mend()
    const till = await openTill({ engine: disk.engine })
    disk.breakAgain()
    const { clock, client, world } = till
    for (let count = 0; count < 12; count += 1) {
      const { id: saleId } = await insist(clock, () => till.sale(10_000 + 100 * count))
      const network = count % 2 === 0 ? 'daraja' : 'airtel'
      const { id } = await insist(clock, () => till.raise(saleId, network))
      for (let wait = 0; wait < 30 && world.truths().length <= count; wait += 1) {
        world.reply('accepted')
        await clock.advance(500)
      }
      const truth = world.truths()[count]
      if (truth === undefined) {
        // The disk kept it back before anything went out: the customer was never asked.
        expect((await client.payments.get({ id })).state).toBe('failed')
        break
      }
      world.answer(truth, 'paid')
      // A network repeats what was not taken.
      for (let tries = 0; tries < 50; tries += 1) {
        const status = await insist(clock, () => till.report(truth.callbackPath, paidReport(truth)))
        if (status === 200) break
      }
      await clock.advance(2_000)
      // What came while the disk refused is read again a little later.
      await insist(clock, () => client.sales.finish({ id: saleId }), 'PROMPT_ALIVE')
    }
    disk.mend()
    await clock.advance(120_000)
    const { rows } = await client.sales.list({ limit: 50 })
    const taken = rows.flatMap((sale) => sale.tenders.filter(({ kind }) => kind === 'mobileMoney'))
    const atNetwork = world.truths().filter(({ answer }) => answer === 'paid')
    const amounts = (list: readonly { readonly amountMinor: number }[]) =>
      list.map(({ amountMinor }) => amountMinor).toSorted((a, b) => a - b)
    expect(amounts(taken)).toEqual(amounts(atNetwork))
    expect(atNetwork.length).toBeGreaterThan(5)
    expect((await client.live.status()).warnings).toEqual([])
  })

  it('prints each receipt once', async () => {
    const disk = failingDisk(seed, 0.04)
    disk.mend()
    const clock = manualClock()
    const shop = await openShop(tempFolder(), clock, scriptedProvider({}), undefined, { engine: disk.engine })
    onTestFinished(() => shop.companion.close())
    const printer = await createVirtualPrinter({ clock, columns: 48 })
    onTestFinished(() => printer.close())
    await shop.client.printers.save({ printer: printerInput(printer, { receipts: true }) })
    disk.breakAgain()
    for (let count = 1; count <= 8; count += 1) {
      const { id } = await insist(clock, () => shop.client.sales.current())
      const lines = [{ name: `Sukari ${count}`, quantityMilli: 1000, unitPriceMinor: 320_000 }]
      await insist(clock, () => shop.client.sales.saveDraft({ id, lines }))
      await insist(clock, () => shop.client.sales.finish({ id, print: {} }))
      await clock.advance(300)
    }
    disk.mend()
    await expect
      .poll(async () => {
        await clock.advance(1_000)
        return (await shop.client.printing.list({})).map(({ state }) => state)
      })
      .toEqual(Array.from({ length: 8 }, () => 'printed'))
    const lines = JSON.stringify(printer.snapshot().paper)
    for (let count = 1; count <= 8; count += 1) expect(lines.split(`Sukari ${count}`)).toHaveLength(2)
  })

  it('goes on reading WhatsApp, and forgets at the provider only what it kept', async () => {
    const disk = failingDisk(seed, 0.3)
    disk.mend()
    const clock = manualClock()
    const waiting: WhatsAppNotification[] = []
    const off = () => Promise.resolve(refused('offline', 'offline', ''))
    let sent = 0
    const whatsapp: WhatsApp = {
      maxCharacters: 20_000,
      sendText() {
        sent += 1
        return Promise.resolve(accepted({ providerReference: `wa-${sent}` }))
      },
      find: () => Promise.resolve(accepted('notFound')),
      next: (_ms, signal) =>
        new Promise((resolve) => {
          const give = () => resolve(accepted(waiting[0] ?? null))
          const stop = clock.after(100, give)
          signal?.addEventListener('abort', () => {
            stop()
            resolve(refused('offline', 'offline', ''))
          })
        }),
      forget: () => Promise.resolve(accepted(waiting.shift() === undefined ? null : null)),
      pairing: { state: off, qr: off, unlink: off, prepare: off, restart: off },
    }
    const shop = await openShop(tempFolder(), clock, scriptedProvider({ whatsapp }), undefined, {
      engine: disk.engine,
    })
    onTestFinished(() => shop.companion.close())
    await shop.client.accounts.save(scriptedAccount)
    const { id: saleId } = await shop.client.sales.current()
    const lines = [{ name: 'x', quantityMilli: 1000, unitPriceMinor: 100 }]
    await shop.client.sales.saveDraft({ id: saleId, lines })
    disk.breakAgain()
    const ids: string[] = []
    for (let count = 1; count <= 8; count += 1) {
      const phone = `07123456${10 + count}`
      const { id } = await insist(clock, () =>
        shop.client.messages.sendReceipt({ saleId, channel: 'whatsapp', to: phone }),
      )
      ids.push(id)
      await clock.advance(5_000)
    }
    disk.mend()
    await clock.advance(60_000)
    disk.breakAgain()
    for (let count = 1; count <= 8; count += 1) {
      const raw = `r${count}`
      waiting.push({
        receipt: raw,
        raw,
        event: {
          kind: 'status',
          providerReference: `wa-${count}`,
          state: 'read',
          reason: null,
          detail: null,
        },
      })
    }
    await clock.advance(30_000)
    disk.mend()
    await clock.advance(60_000)
    expect([sent, waiting.length]).toEqual([8, 0])
    for (const id of ids) expect((await shop.client.messages.get({ id })).state).toBe('read')
  })
})
